"""The ticket: one support conversation, before and after personal data was removed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RawTicket:
    """A conversation as an export holds it. Never stored, never printed."""

    id: str
    subject: str
    text: str
    """The customer's first message."""
    replies: tuple[str, ...] = ()
    """The agents' answers, oldest first."""
    requester: str = ""
    created: str = ""
    """Day or moment in ISO form, or `""`."""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Names of people that the export itself gives: the customer's and the agents'. They are removed from all texts."""
    product: str = ""
    plan: str = ""
    lang: str = ""
    """Language tag that the export gives, or `""`."""
    url: str = ""
    """Where the help desk shows the ticket, or `""`."""
    reopened: int | None = None
    """How often the ticket was opened again; None where the export does not say."""
    first_reply: int | None = None
    """Minutes to the first answer of an agent, or None."""
    satisfied: bool | None = None
    """What the customer said of the help, or None."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A conversation without personal data."""

    id: str
    subject: str
    text: str
    replies: tuple[str, ...]
    requester: str
    """A keyed hash that tells people apart and names nobody; `""` where the export does not say who asked."""
    created: str
    """The day, as year-month-day, or `""`."""
    tags: tuple[str, ...]
    product: str = ""
    plan: str = ""
    lang: str = ""
    """Primary language tag, of the export or found in the text; `""` where neither tells."""
    url: str = ""
    """Where the help desk shows the ticket, without its query, or `""`; never leaves the store and local views."""
    articles: tuple[str, ...] = ()
    """Addresses, without query, of the pages that agents linked in their answers."""
    reopened: int | None = None
    """How often the ticket was opened again; None where the export does not say."""
    first_reply: int | None = None
    """Minutes to the first answer of an agent, or None."""
    satisfied: bool | None = None
    """What the customer said of the help, or None."""

    @property
    def question(self) -> str:
        """Subject and message as one text."""
        subject = self.subject.strip().rstrip(".")
        return f"{subject}. {self.text}" if subject and not self.text.startswith(subject) else self.text


@dataclass(frozen=True, kw_only=True)
class SkippedRow:
    """A row of an export that could not be read, and why."""

    line: int
    reason: str
