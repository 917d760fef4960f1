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
