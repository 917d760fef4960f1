"""Tickets of Freshdesk: the JSON of its tickets interface with conversations, or the older export of an account.

Written from the public reference of the Tickets and Conversations interfaces.
"""

from __future__ import annotations

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import (
    Object,
    found_at,
    minutes_between,
    moment_of,
    object_of,
    objects_of,
    satisfied_of,
    text_at,
    text_of,
    texts_of,
)

_OUTBOUND = "10"
"""The source of mail that an agent began."""


def _known(data: Object) -> bool:
    return (
        "helpdesk_ticket" in data
        or {"requester_id", "responder_id"} <= data.keys()
        or {"description_text", "conversations"} <= data.keys()
    )


def _conversation(data: Object, people: People) -> Conversation | str:
    ticket = object_of(data.get("helpdesk_ticket")) or data
    if ticket.get("deleted") is True or ticket.get("spam") is True:
        return "it was deleted or marked as spam in the help desk"
    requester = object_of(ticket.get("requester")) or people.find(ticket.get("requester_id"))
    created = moment_of(ticket.get("created_at"))
    stats = object_of(ticket.get("stats"))
    return Conversation(
        id=text_at(ticket, "display_id") or text_at(ticket, "id"),
        subject=text_at(ticket, "subject"),
        messages=(_first(ticket, created), *_later(ticket)),
        requester=text_at(requester, "email") or text_at(ticket, "email") or text_at(ticket, "requester_id"),
        created=created,
        tags=_tags(ticket),
        names=(name_of(requester), text_at(ticket, "requester_name"), _responder(ticket)),
        product=text_at(ticket, "product.name") or text_at(ticket, "product_name"),
        plan=text_at(ticket, "company.custom_fields.plan") or text_at(ticket, "company.account_tier"),
        url=text_at(ticket, "url"),
        reopened=1 if moment_of(stats.get("reopened_at")) else None,
        first_reply=minutes_between(created, moment_of(stats.get("first_responded_at"))),
        satisfied=_satisfied(ticket),
    )


def _first(ticket: Object, created: str) -> Message:
    text = text_at(ticket, "description_html") or text_at(ticket, "description") or text_at(ticket, "description_text")
    return Message(text=text, staff=text_at(ticket, "source") == _OUTBOUND, at=created)


def _later(ticket: Object) -> list[Message]:
    """What is said to be no private note, oldest first; where an export does not say, it is left out."""
    wrapped = objects_of(ticket.get("notes"))
    notes = [object_of(note.get("note") or note.get("helpdesk_note")) or note for note in wrapped]
    messages = [
        Message(
            text=text_at(note, "body_html") or text_at(note, "body") or text_at(note, "body_text"),
            staff=note.get("incoming") is False,
            at=moment_of(note.get("created_at")),
        )
        for note in [*objects_of(ticket.get("conversations")), *notes]
        if note.get("private") is False and isinstance(note.get("incoming"), bool)
    ]
    return sorted(messages, key=lambda message: message.at)


def _responder(ticket: Object) -> str:
    return name_of(object_of(ticket.get("responder"))) or text_at(ticket, "responder_name")


def _tags(ticket: Object) -> tuple[str, ...]:
    named = tuple(text_at(tag, "name") for tag in objects_of(ticket.get("tags")))
    return tuple(filter(None, named)) or texts_of(ticket.get("tags"))


def _satisfied(ticket: Object) -> bool | None:
    """Freshdesk's answers: 103 and 102 and 101 are happy, -101 to -103 are not, 100 is neither."""
    value = found_at(ticket, "satisfaction_rating.ratings.default_question")
    if isinstance(value, int) and not isinstance(value, bool):
        return value > 100 if abs(value) in {101, 102, 103} else None
    return satisfied_of(text_of(value) or text_at(ticket, "survey_result"))


FRESHDESK = HelpDesk(
    name="freshdesk",
    title="Freshdesk",
    origin={
        "id": "id, in older exports display_id",
        "created": "created_at",
        "subject": "subject",
        "text": "description, unless an agent began",
        "replies": "conversations: those that are neither private nor incoming",
        "requester": "requester.email, else requester_id",
        "requester_name": "requester.name",
        "agent": "responder.name",
        "tags": "tags",
        "product": "product.name",
        "plan": "company.custom_fields.plan, else company.account_tier",
        "reopened": "stats.reopened_at",
        "first_reply": "stats.first_responded_at, else the times of conversations",
        "satisfied": "satisfaction_rating.ratings.default_question",
    },
    known_by=_known,
    conversation=_conversation,
)
