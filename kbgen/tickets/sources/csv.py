"""Tickets from a table with a header, one conversation a row: CSV of any tool, and lists of Zendesk and Freshdesk."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import id_of_content, match_columns
from kbgen.tickets.sources.conversation import with_field
from kbgen.tickets.sources.export import Export, Part
from kbgen.tickets.sources.html_text import text_of_html
from kbgen.tickets.sources.interface import FIELDS, Beginning, Reading, Row
from kbgen.tickets.sources.lines import LONGEST, TOO_LONG, Lines, TooLongError
from kbgen.tickets.ticket import RawTicket, SkippedRow

csv.field_size_limit(LONGEST)
_BETWEEN_REPLIES = re.compile(r"^\s*---\s*$", re.MULTILINE)
_OPENINGS = re.compile(r"\ufeff?\s*(?:[\[{<]|%PDF|From )")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_OWN = frozenset(("id", "subject", "text", "replies", "requester"))


@dataclass(frozen=True, kw_only=True)
class Csv:
    """Reads comma, semicolon and tab, told apart by the header."""

    name: str = "csv"
    title: str = "CSV"

    def claims(self, beginning: Beginning) -> bool:
        """Whether the text has a first line that could be a header."""
        first = beginning.text.lstrip("\ufeff").partition("\n")[0].strip()
        return bool(first) and not _OPENINGS.match(beginning.text) and not _NO_TEXT.search(beginning.text)

    def fields(self, export: Export, reading: Reading) -> dict[str, str]:
        """The columns of the first file."""
        with _table(export.parts[0], reading) as table:
            return {field: table.columns[field] for field in FIELDS if field in table.columns}

    def rows(self, export: Export, reading: Reading) -> Iterator[Row]:
        """The rows of every file; a file with a header alone is an error."""
        for part in export.parts:
            with _table(part, reading) as table:
                empty = True
                for row in table.rows():
                    empty = False
                    yield export.named(part, row) if isinstance(row, SkippedRow) else row
            if empty:
                raise KbgenError(
                    "the file holds a header and no ticket", where=part.where, hint="export it again, with tickets"
                )


@dataclass(frozen=True, kw_only=True)
class _Table:
    """A file whose header has been read."""

    lines: Lines
    reader: Any
    columns: Mapping[str, str]
    names: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """The rows below the header."""
        places = {field: self.names.index(column) for field, column in self.columns.items()}
        while True:
            first = self.lines.number + 1
            try:
                row = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield SkippedRow(line=first, reason=f"the row cannot be read: {error}")
                continue
            except TooLongError:
                yield SkippedRow(line=first, reason=f"the row is {TOO_LONG}")
                continue
            if row and len(row) != len(self.names):
                yield SkippedRow(line=first, reason=f"{len(row)} cells instead of {len(self.names)}")
            elif row:
                yield _ticket({field: row[place] for field, place in places.items()}, first)


@contextmanager
def _table(part: Part, reading: Reading) -> Iterator[_Table]:
    where = Where(path=part.where.path, line=1)
    with part.text() as stream:
        try:
            delimiter, lines = _delimiter(part), Lines(stream)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            names = tuple(name.strip() for name in next(reader, []))
        except (csv.Error, TooLongError) as error:
            problem = str(error) or f"it is {TOO_LONG}"
            raise KbgenError(f"the header cannot be read: {problem}", where=where, hint="check its quotes") from error
        columns = match_columns(names, reading.columns, where=where)
        yield _Table(lines=lines, reader=reader, columns=columns, names=names)


def _delimiter(part: Part) -> str:
    """Comma, semicolon or tab, whichever the first line has most of."""
    with part.text("surrogateescape") as stream:
        first = stream.readline(1 << 16)
    return max(",;\t", key=first.count)


def _ticket(cells: Mapping[str, str], line: int) -> Row:
    subject, text = cells.get("subject", "").strip(), text_of_html(cells["text"]).strip()
    if not text and not subject:
        return SkippedRow(line=line, reason="the message is empty")
    replies = (text_of_html(reply).strip() for reply in _BETWEEN_REPLIES.split(cells.get("replies", "")))
    ticket = RawTicket(
        id=cells.get("id", "").strip() or id_of_content(subject, text),
        subject=subject,
        text=text or subject,
        replies=tuple(filter(None, replies)),
        requester=cells.get("requester", ""),
    )
    for field, cell in cells.items():
        if field not in _OWN:
            ticket = with_field(ticket, field, cell.strip(), cell)
    return ticket
