"""Tickets of Zendesk: the JSON export of an account, or pages of the incremental export, with comments.

Written from the public reference of the Tickets, Ticket Comments and Incremental Exports interfaces.
"""

from __future__ import annotations

import re

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import (
    Object,
    found_at,
    moment_of,
    number_of,
    object_of,
    objects_of,
    satisfied_of,
    text_at,
    text_of,
    texts_of,
)

_STAFF, _CUSTOMER = frozenset(("agent", "admin", "owner")), "end-user"


def _known(data: Object) -> bool:
    comments = objects_of(data.get("comments"))
    return (
        "zendesk.com/" in text_of(data.get("url"))
        or {"requester_id", "submitter_id"} <= data.keys()
        or ("requester_id" in data and bool(comments) and {"author_id", "public"} <= comments[0].keys())
    )


def _conversation(data: Object, people: People) -> Conversation | str:
    if text_of(data.get("status")) == "deleted":
        return "it was deleted in the help desk"
    requester, assignee = _person(data, "requester", people), _person(data, "assignee", people)
    messages = tuple(_messages(data, people))
    if not messages:
        return "it holds no message that a customer could read"
    authors = [_author(comment, people) for comment in objects_of(data.get("comments"))]
    return Conversation(
        id=text_at(data, "id"),
        subject=text_at(data, "subject") or text_at(data, "raw_subject"),
        messages=messages,
        requester=text_at(requester, "email") or text_at(data, "requester_id") or text_at(requester, "id"),
        created=moment_of(data.get("created_at")),
        tags=texts_of(data.get("tags")),
        names=tuple(name_of(person) for person in (requester, assignee, *authors)),
        product=text_at(data, "brand.name"),
        plan=text_at(data, "organization.organization_fields.plan"),
        url=re.sub(r"/api/v2/tickets/(\d+)\.json$", r"/agent/tickets/\1", text_at(data, "url")),
        reopened=number_of(found_at(data, "metric_set.reopens")),
        first_reply=number_of(found_at(data, "metric_set.reply_time_in_minutes.calendar")),
        satisfied=satisfied_of(found_at(data, "satisfaction_rating.score")),
    )


def _person(data: Object, key: str, people: People) -> Object:
    return object_of(data.get(key)) or people.find(data.get(f"{key}_id"))


def _author(comment: Object, people: People) -> Object:
    return object_of(comment.get("author")) or people.find(comment.get("author_id"))


def _messages(data: Object, people: People) -> list[Message]:
    """Public comments; without comments the description, unless a private one or an agent's."""
    if "comments" not in data:
        submitter, own = text_at(data, "submitter_id"), text_at(data, "requester_id")
        hidden = data.get("is_public") is False or (submitter and own and submitter != own)
        text = text_at(data, "description")
        return [Message(text=text, staff=False)] if text and not hidden else []
    public = [comment for comment in objects_of(data["comments"]) if comment.get("public") is True]
    messages = [
        Message(text=_body(comment), staff=staff, at=moment_of(comment.get("created_at")))
        for comment in public
        if (staff := _is_staff(comment, data, people)) is not None
    ]
    return sorted(messages, key=lambda message: message.at)


def _body(comment: Object) -> str:
    """HTML keeps the addresses of links and the numbers of steps; plain text stands in for it."""
    return text_of(comment.get("html_body")) or text_of(comment.get("plain_body")) or text_of(comment.get("body"))


def _is_staff(comment: Object, data: Object, people: People) -> bool | None:
    """Whether an agent wrote it: by role, else by who is not the requester or copied in; None for somebody copied."""
    role, author = text_at(_author(comment, people), "role"), text_at(comment, "author_id")
    if role in _STAFF:
        return True
    if author == (text_at(data, "requester_id") or text_at(data, "requester.id")):
        return False
    copied = {text_of(item) for key in ("collaborator_ids", "email_cc_ids") for item in _items(data.get(key))}
    return None if role == _CUSTOMER or author in copied or not author else True


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


ZENDESK = HelpDesk(
    name="zendesk",
    title="Zendesk",
    origin={
        "id": "id",
        "created": "created_at",
        "subject": "subject",
        "text": "comments: the requester's first public one, else description",
        "replies": "comments: public ones of agents",
        "requester": "requester.email, else requester_id",
        "requester_name": "requester.name",
        "agent": "assignee.name and the authors of comments",
        "tags": "tags",
        "product": "brand.name",
        "plan": "organization.organization_fields.plan",
        "url": "url",
        "reopened": "metric_set.reopens",
        "first_reply": "metric_set.reply_time_in_minutes.calendar, else the times of comments",
        "satisfied": "satisfaction_rating.score",
    },
    known_by=_known,
    conversation=_conversation,
)
