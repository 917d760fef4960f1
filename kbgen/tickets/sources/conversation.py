"""The conversation: messages of one ticket with who wrote them, and how they become a raw ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kbgen.tickets.sources.html_text import text_of_html
from kbgen.tickets.sources.shapes import minutes_between, minutes_of, moment_of, number_of, satisfied_of, texts_of
from kbgen.tickets.ticket import RawTicket, SkippedRow


@dataclass(frozen=True, kw_only=True)
class Message:
    """What somebody wrote that customers could read; notes among agents are none."""

    text: str
    """Plain text or HTML."""
    staff: bool
    at: str = ""
    """The moment in ISO form, or `""`."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One ticket of a help desk; the messages come oldest first."""

    id: str
    subject: str
    messages: tuple[Message, ...]
    requester: str = ""
    created: str = ""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    product: str = ""
    plan: str = ""
    lang: str = ""
    url: str = ""
    reopened: int | None = None
    first_reply: int | None = None
    satisfied: bool | None = None

    def row(self, line: int) -> RawTicket | SkippedRow:
        """The ticket that begins with the customer's first message, or why there is none."""
        first = next((n for n, message in enumerate(self.messages) if not message.staff and _words(message)), None)
        if not self.id:
            return SkippedRow(line=line, reason="it has no id")
        if first is None:
            return SkippedRow(line=line, reason="it holds no message of a customer")
        later = [message for message in self.messages[first + 1 :] if message.staff and _words(message)]
        return RawTicket(
            id=self.id,
            subject=self.subject,
            text=_words(self.messages[first]),
            replies=tuple(_words(message) for message in later),
            requester=self.requester,
            created=self.created or self.messages[first].at,
            tags=self.tags,
            names=tuple(dict.fromkeys(filter(None, self.names))),
            product=self.product,
            plan=self.plan,
            lang=self.lang,
            url=self.url if self.url.startswith(("http://", "https://")) else "",
            reopened=self.reopened,
            first_reply=self._waited(first, later),
            satisfied=self.satisfied,
        )

    def _waited(self, first: int, later: list[Message]) -> int | None:
        """Minutes to the first answer: what the help desk says, else from the messages."""
        if self.first_reply is not None or not later:
            return self.first_reply
        return minutes_between(self.messages[first].at or self.created, later[0].at)


def _words(message: Message) -> str:
    return text_of_html(message.text).strip()


_READ: dict[str, Callable[[object], Any]] = {
    "tags": texts_of,
    "created": moment_of,
    "reopened": number_of,
    "first_reply": minutes_of,
    "satisfied": satisfied_of,
}
"""How a field is read that is not a plain text."""


def with_field(ticket: RawTicket, field: str, text: str, value: object) -> RawTicket:
    """The ticket with one more field, as a person mapped it; a value that is none for the field changes nothing."""
    if field in {"requester_name", "agent"}:
        known = (*ticket.names, text) if text and "@" not in text else ticket.names
        return replace(ticket, names=tuple(dict.fromkeys(known)))
    read: Callable[[object], Any] = _READ.get(field, lambda _: text)
    found = read(value)
    return ticket if found in (None, "", ()) else replace(ticket, **{field: found})
