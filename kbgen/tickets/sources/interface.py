"""What a source does: tell whether an export is of its format, say where fields come from, and read it row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kbgen.tickets.sources.export import Export
from kbgen.tickets.ticket import RawTicket, SkippedRow

FIELDS = (
    "id",
    "created",
    "subject",
    "text",
    "replies",
    "requester",
    "requester_name",
    "agent",
    "tags",
    "product",
    "plan",
    "lang",
    "url",
    "reopened",
    "first_reply",
    "satisfied",
)
"""What a ticket is made of; `--map` names the column of each."""

Row = RawTicket | SkippedRow


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a person wants an export to be read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields, each with the column, key or path in a record that holds it."""
    staff: tuple[str, ...] = ()
    """Domains and addresses of those who answer, for mail."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a format is told by."""

    text: str
    """The first characters of the first file."""
    record: Mapping[str, Any]
    """The first JSON object that could be a ticket; empty where the file holds none."""


class Source(Protocol):
    """Reads one format."""

    @property
    def name(self) -> str:
        """What `--format` calls it."""

    @property
    def title(self) -> str:
        """What people call it."""

    def claims(self, beginning: Beginning) -> bool:
        """Whether an export that begins like this is of this format."""

    def fields(self, export: Export, reading: Reading) -> dict[str, str]:
        """Each field that will be filled, and what it is filled from.

        Raises a `KbgenError` where `reading` names what the export does not have.
        """

    def rows(self, export: Export, reading: Reading) -> Iterator[Row]:
        """The tickets of the export, in constant memory, without what was not meant for customers.

        A row that cannot be used comes as a `SkippedRow`; an export that cannot be used raises a `KbgenError`.
        """
