"""Tickets of Zammad, with their articles; those marked internal are left out.

Written from the public reference of the Ticket and Article interfaces.
"""

from __future__ import annotations

from email.utils import parseaddr

from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.helpdesk import HelpDesk
from kbgen.tickets.sources.people import People, name_of
from kbgen.tickets.sources.shapes import (
    Object,
    moment_of,
    number_of,
    object_of,
    objects_of,
    text_at,
    texts_of,
)

_SENDERS = {"Agent": True, "1": True, "Customer": False, "2": False}
"""Who wrote an article, by name and by Zammad's number; the system is neither."""


def _known(data: Object) -> bool:
    articles = objects_of(data.get("articles"))
    numbered = {"number", "customer_id", "group_id"} <= data.keys()
    return numbered or (bool(articles) and "internal" in articles[0])


def _conversation(data: Object, people: People) -> Conversation | str:
    customer = object_of(data.get("customer")) or people.find(data.get("customer_id"))
    public = [article for article in objects_of(data.get("articles")) if article.get("internal") is False]
    writers = [_writer(article) for article in public]
    return Conversation(
        id=text_at(data, "number") or text_at(data, "id"),
        subject=text_at(data, "title"),
        messages=tuple(_messages(public)),
        requester=_address(data, customer),
        created=moment_of(data.get("created_at")),
        tags=texts_of(data.get("tags")),
        names=(name_of(customer), name_of(object_of(data.get("owner"))), *writers),
        product=text_at(data, "product"),
        plan=text_at(data, "organization.plan"),
        lang=text_at(data, "language"),
        url=text_at(data, "url"),
        first_reply=number_of(data.get("first_response_in_min")),
    )


def _messages(articles: list[Object]) -> list[Message]:
    messages = [
        Message(text=text_at(article, "body"), staff=staff, at=moment_of(article.get("created_at")))
        for article in articles
        if (staff := _SENDERS.get(text_at(article, "sender") or text_at(article, "sender_id"))) is not None
    ]
    return sorted(messages, key=lambda message: message.at)


def _writer(article: Object) -> str:
    name, address = parseaddr(text_at(article, "from"))
    return name if address else ""


def _address(data: Object, customer: Object) -> str:
    """The customer's address; expanded tickets give it as the customer."""
    given = text_at(data, "customer")
    return text_at(customer, "email") or given or text_at(data, "customer_id")


ZAMMAD = HelpDesk(
    name="zammad",
    title="Zammad",
    origin={
        "id": "number",
        "created": "created_at",
        "subject": "title",
        "text": "articles: the customer's first",
        "replies": "articles: those of agents that are not internal",
        "requester": "customer, else customer_id",
        "requester_name": "customer, and from in articles",
        "agent": "owner, and from in articles",
        "tags": "tags",
        "product": "product",
        "plan": "organization.plan",
        "lang": "language",
        "first_reply": "first_response_in_min, else the times of articles",
    },
    known_by=_known,
    conversation=_conversation,
)
