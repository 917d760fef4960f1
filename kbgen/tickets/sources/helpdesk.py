"""The help desk: a source whose export is JSON with a fixed meaning; a file beside this one describes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.conversation import Conversation, with_field
from kbgen.tickets.sources.document import LISTS
from kbgen.tickets.sources.export import Export
from kbgen.tickets.sources.interface import FIELDS, Beginning, Reading, Row
from kbgen.tickets.sources.people import People
from kbgen.tickets.sources.records import Record, records_of
from kbgen.tickets.sources.shapes import Object, found_at, text_of
from kbgen.tickets.ticket import RawTicket, SkippedRow

FIXED = frozenset(("id", "subject", "text", "replies"))
"""Fields that a help desk's export settles: to map them could let notes through that no customer has seen."""

TICKETS = (LISTS - {"users"}) | {""}
"""Keys of an envelope below which tickets are listed; other lists say what these refer to."""


@dataclass(frozen=True, kw_only=True)
class HelpDesk:
    """Reads the conversations of one help desk."""

    name: str
    title: str
    origin: Mapping[str, str]
    """Each field, and what it is read from."""
    known_by: Callable[[Object], bool]
    conversation: Callable[[Object, People], Conversation | str]
    """What an object says, or why it is skipped."""

    def claims(self, beginning: Beginning) -> bool:
        """Whether the first object has the keys of this help desk."""
        return self.known_by(beginning.record)

    def fields(self, export: Export, reading: Reading) -> dict[str, str]:
        """What the help desk's fields mean, with what a person mapped in place of it."""
        where = Where(path=str(export.path))
        for field in reading.columns:
            if field in FIXED:
                raise KbgenError(
                    f"'{field}' is settled in an export of {self.title} and cannot be mapped",
                    where=where,
                    hint=f"map others: {', '.join(name for name in FIELDS if name not in FIXED)}",
                )
        found = {**self.origin, **reading.columns}
        return {field: found[field] for field in FIELDS if field in found}

    def rows(self, export: Export, reading: Reading) -> Iterator[Row]:
        """The conversations, each with its public messages alone."""
        self.fields(export, reading)
        with People.of(export) as people:
            for record in records_of(export):
                if isinstance(record, SkippedRow):
                    yield record
                elif record.kind in TICKETS:
                    yield self._row(record, people, reading, export)

    def _row(self, record: Record, people: People, reading: Reading, export: Export) -> Row:
        found = self.conversation(record.data, people)
        row = SkippedRow(line=record.line, reason=found) if isinstance(found, str) else found.row(record.line)
        if isinstance(row, SkippedRow):
            return export.named(record.part, row)
        return _mapped(row, record.data, reading)


def _mapped(ticket: RawTicket, data: Object, reading: Reading) -> RawTicket:
    for field, path in reading.columns.items():
        value = found_at(data, path)
        if value is None:
            value = found_at(data.get("custom_fields"), path)
        ticket = with_field(ticket, field, text_of(value), value)
    return ticket
