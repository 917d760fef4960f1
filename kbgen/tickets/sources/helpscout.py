"""Conversations of Help Scout, with their threads embedded.

Written from the public reference of the Mailbox interface, version 2.
"""

from __future__ import annotations

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import Object, found_at, moment_of, object_of, objects_of, text_at, texts_of

_WRITTEN = frozenset(("customer", "message", "reply", "chat", "beaconchat"))
"""Threads whose words a customer wrote or saw; notes, phone logs, forwards and line items are for the team."""


def _known(data: Object) -> bool:
    return "primaryCustomer" in data or ("mailboxId" in data and bool(_threads(data)))


def _conversation(data: Object, _: People) -> Conversation | str:
    if text_at(data, "status") == "spam":
        return "it was marked as spam in the help desk"
    customer, threads = object_of(data.get("primaryCustomer")), _threads(data)
    writers = [object_of(thread.get("createdBy")) for thread in threads]
    return Conversation(
        id=text_at(data, "number") or text_at(data, "id"),
        subject=text_at(data, "subject"),
        messages=tuple(_messages(threads)),
        requester=text_at(customer, "email") or text_at(customer, "id"),
        created=moment_of(data.get("createdAt")),
        tags=_tags(data),
        names=tuple(name_of(person) for person in (customer, object_of(data.get("assignee")), *writers)),
        product=text_at(data, "customFields.Product"),
        plan=text_at(data, "customFields.Plan"),
        url=text_at(data, "_links.web.href"),
    )


def _threads(data: Object) -> list[Object]:
    return objects_of(found_at(data, "_embedded.threads")) or objects_of(data.get("threads"))


def _messages(threads: list[Object]) -> list[Message]:
    """Published threads, oldest first; Help Scout lists the newest first."""
    messages = [
        Message(
            text=text_at(thread, "body"),
            staff=text_at(thread, "createdBy.type") == "user",
            at=moment_of(thread.get("createdAt")),
        )
        for thread in reversed(threads)
        if text_at(thread, "type") in _WRITTEN
        and text_at(thread, "state") == "published"
        and text_at(thread, "createdBy.type") in {"user", "customer"}
    ]
    return sorted(messages, key=lambda message: message.at)


def _tags(data: Object) -> tuple[str, ...]:
    named = [text_at(tag, "tag") or text_at(tag, "name") for tag in objects_of(data.get("tags"))]
    return tuple(filter(None, named)) or texts_of(data.get("tags"))


HELPSCOUT = HelpDesk(
    name="helpscout",
    title="Help Scout",
    origin={
        "id": "number",
        "created": "createdAt",
        "subject": "subject",
        "text": "_embedded.threads: the customer's first",
        "replies": "_embedded.threads: published ones of users; notes are left out",
        "requester": "primaryCustomer.email",
        "requester_name": "primaryCustomer.first and last",
        "agent": "assignee and the writers of threads",
        "tags": "tags",
        "product": "customFields.Product",
        "plan": "customFields.Plan",
        "url": "_links.web.href",
        "first_reply": "the times of threads",
    },
    known_by=_known,
    conversation=_conversation,
)
