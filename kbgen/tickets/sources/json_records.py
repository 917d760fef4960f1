"""Tickets from JSON objects with kbgen's fields or keys like them: one a line, or in a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import id_of_content, match_columns
from kbgen.tickets.sources.conversation import with_field
from kbgen.tickets.sources.export import Export
from kbgen.tickets.sources.helpdesk import TICKETS
from kbgen.tickets.sources.html_text import text_of_html
from kbgen.tickets.sources.interface import FIELDS, Beginning, Reading, Row
from kbgen.tickets.sources.records import Record, looks_like_json, records_of
from kbgen.tickets.sources.shapes import found_at, text_of, texts_of
from kbgen.tickets.ticket import RawTicket, SkippedRow

_OWN = frozenset(("id", "subject", "text", "replies", "requester", "tags"))
_ANSWERS, _SAMPLE = ("agent", "staff", "support"), 100


@dataclass(frozen=True, kw_only=True)
class JsonRecords:
    """Reads JSON Lines and JSON lists; which of them, the file itself tells."""

    name: str = "jsonl"
    title: str = "JSON"

    def claims(self, beginning: Beginning) -> bool:
        """Whether the text begins as JSON objects do."""
        return bool(beginning.record) or looks_like_json(beginning.text)

    def fields(self, export: Export, reading: Reading) -> dict[str, str]:
        """The keys that the first hundred objects use."""
        found: dict[str, str] = {}
        for number, record in enumerate(records_of(export)):
            if isinstance(record, Record) and isinstance(columns := _columns(record, reading, export), dict):
                found = {**columns, **found}
            if number == _SAMPLE:
                break
        return {field: found[field] for field in FIELDS if field in found}

    def rows(self, export: Export, reading: Reading) -> Iterator[Row]:
        """The objects, each with the keys it has; an error where none holds a customer's message."""
        refused: KbgenError | None = None
        usable = False
        for record in records_of(export):
            if isinstance(record, SkippedRow):
                yield record
            elif record.kind in TICKETS:
                columns = _columns(record, reading, export)
                if isinstance(columns, KbgenError):
                    refused = refused or columns
                    yield export.named(record.part, SkippedRow(line=record.line, reason=columns.problem))
                    continue
                usable = True
                row = _ticket({field: found_at(record.data, key) for field, key in columns.items()}, record.line)
                yield export.named(record.part, row) if isinstance(row, SkippedRow) else row
        if refused and not usable:
            raise refused


def _columns(record: Record, reading: Reading, export: Export) -> dict[str, str] | KbgenError:
    """The key of each field in one object; a chosen key that only this object lacks is no error, save the text's."""
    paths = {field: key for field, key in reading.columns.items() if found_at(record.data, key) is not None}
    missing = {field: key for field, key in reading.columns.items() if field == "text" and field not in paths}
    try:
        where = Where(path=str(export.path), line=record.line)
        return match_columns([*record.data, *paths.values()], {**paths, **missing}, where=where)
    except KbgenError as error:
        return error


def _ticket(values: Mapping[str, object], line: int) -> Row:
    subject, text = text_of(values.get("subject")), text_of_html(text_of(values.get("text"))).strip()
    if not text and not subject:
        return SkippedRow(line=line, reason="the message is empty")
    ticket = RawTicket(
        id=text_of(values.get("id")) or id_of_content(subject, text),
        subject=subject,
        text=text or subject,
        replies=tuple(filter(None, _replies(values.get("replies")))),
        requester=text_of(values.get("requester")),
        tags=texts_of(values.get("tags")),
    )
    for field, value in values.items():
        if field not in _OWN:
            ticket = with_field(ticket, field, text_of(value), value)
    return ticket


def _replies(value: object) -> Iterator[str]:
    """The agents' answers: texts, or objects with `author` and `text`. What may be a private note is left out."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            hidden = any(item.get(mark, False) is not False for mark in ("private", "internal"))
            if item.get("author", "agent") in _ANSWERS and not hidden and item.get("public", True) is True:
                yield text_of_html(text_of(item.get("text"))).strip()
        elif item:
            yield text_of_html(text_of(item)).strip()
