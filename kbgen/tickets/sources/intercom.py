"""Conversations of Intercom, with their parts; moments are seconds since 1970.

Written from the public reference of the Conversations interface.
"""

from __future__ import annotations

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.html_text import text_of_html
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import (
    Object,
    found_at,
    moment_of,
    number_of,
    object_of,
    objects_of,
    text_at,
    texts_of,
)

_CUSTOMERS = frozenset(("user", "lead", "contact"))
_PUBLIC = frozenset(("comment", "open", "close"))
"""Parts whose words a customer sees; notes and the remarks of assignments are for the team."""


def _known(data: Object) -> bool:
    return "conversation_parts" in data or (
        text_at(data, "type") == "conversation" and bool(object_of(data.get("source")))
    )


def _conversation(data: Object, _: People) -> Conversation | str:
    source = object_of(data.get("source"))
    parts = objects_of(found_at(data, "conversation_parts.conversation_parts"))
    authors = [object_of(source.get("author")), *(object_of(part.get("author")) for part in parts)]
    customer = next((author for author in authors if text_at(author, "type") in _CUSTOMERS), {})
    contact = next(iter(objects_of(found_at(data, "contacts.contacts"))), {})
    reopens = number_of(found_at(data, "statistics.count_reopens"))
    seconds = number_of(found_at(data, "statistics.time_to_admin_reply"))
    subject = text_at(source, "subject") or text_at(data, "title")
    return Conversation(
        id=text_at(data, "id"),
        subject=text_of_html(subject),
        messages=tuple(_messages(data, source, parts)),
        requester=text_at(customer, "email") or text_at(customer, "id") or text_at(contact, "id"),
        created=moment_of(data.get("created_at")),
        tags=_tags(data),
        names=tuple(name_of(author) for author in authors if text_at(author, "type") != "bot"),
        product=text_at(data, "custom_attributes.product") or text_at(data, "custom_attributes.Product"),
        plan=text_at(data, "custom_attributes.plan") or text_at(data, "custom_attributes.Plan"),
        lang=text_at(data, "custom_attributes.Language"),
        reopened=reopens,
        first_reply=None if seconds is None else seconds // 60,
        satisfied=_satisfied(number_of(found_at(data, "conversation_rating.rating"))),
    )


def _messages(data: Object, source: Object, parts: list[Object]) -> list[Message]:
    first = _message(source, moment_of(data.get("created_at")))
    public = [part for part in parts if text_at(part, "part_type") in _PUBLIC and part.get("redacted") is not True]
    later = [_message(part, moment_of(part.get("created_at"))) for part in public]
    return [message for message in (first, *sorted(filter(None, later), key=lambda m: m.at)) if message]


def _message(part: Object, at: str) -> Message | None:
    """What a person wrote; bots' messages are none."""
    kind = text_at(part, "author.type")
    if kind not in _CUSTOMERS and kind != "admin":
        return None
    return Message(text=text_at(part, "body"), staff=kind == "admin", at=at)


def _tags(data: Object) -> tuple[str, ...]:
    named = [text_at(tag, "name") for tag in objects_of(found_at(data, "tags.tags"))]
    return tuple(filter(None, named)) or texts_of(data.get("tags"))


def _satisfied(stars: int | None) -> bool | None:
    """Four and five of five stars are good, one and two are bad."""
    return None if stars in {None, 0, 3} else (stars or 0) > 3


INTERCOM = HelpDesk(
    name="intercom",
    title="Intercom",
    origin={
        "id": "id",
        "created": "created_at",
        "subject": "source.subject, else title",
        "text": "source.body, or the first part of the customer",
        "replies": "conversation_parts: comments of admins; notes and bots are left out",
        "requester": "email of the customer, else id",
        "requester_name": "name of the customer",
        "agent": "names of admins in parts",
        "tags": "tags.tags",
        "product": "custom_attributes.product",
        "plan": "custom_attributes.plan",
        "lang": "custom_attributes.Language",
        "reopened": "statistics.count_reopens",
        "first_reply": "statistics.time_to_admin_reply, else the times of parts",
        "satisfied": "conversation_rating.rating: 4 and 5 good, 1 and 2 bad",
    },
    known_by=_known,
    conversation=_conversation,
)
