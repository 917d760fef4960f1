"""Tickets from a CSV file with a header, one conversation a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import match_columns
from kbgen.tickets.ticket import RawTicket, SkippedRow

csv.field_size_limit(10_000_000)
_BETWEEN_REPLIES = re.compile(r"^\s*---\s*$", re.MULTILINE)


def read_csv(file: Path, columns: Mapping[str, str]) -> Iterator[RawTicket | SkippedRow]:
    """The rows of a CSV file; comma, semicolon and tab are told apart by the header."""
    where = Where(path=str(file), line=1)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline()
            delimiter = max(",;\t", key=header.count)
            names = next(csv.reader([header], delimiter=delimiter), [])
            found = match_columns([name.strip() for name in names], columns, where=where)
            places = {field: [n.strip() for n in names].index(column) for field, column in found.items()}
            rows = csv.reader(stream, delimiter=delimiter, strict=True)
            yield from _rows(rows, places, len(names))
    except UnicodeDecodeError as error:
        raise KbgenError("the file is not UTF-8", where=where, hint="export it as CSV in UTF-8") from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(file))) from error


def _rows(rows: Iterator[list[str]], places: Mapping[str, int], width: int) -> Iterator[RawTicket | SkippedRow]:
    line = 1
    reader = iter(rows)
    while True:
        first = line + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            line = 1 + rows.line_num  # type: ignore[attr-defined]
            yield SkippedRow(line=first, reason=f"the row cannot be read: {error}")
            continue
        line = 1 + rows.line_num  # type: ignore[attr-defined]
        if not row:
            continue
        if len(row) != width:
            yield SkippedRow(line=first, reason=f"{len(row)} cells instead of {width}")
            continue
        yield _ticket({field: row[place] for field, place in places.items()}, first)


def _ticket(cells: Mapping[str, str], line: int) -> RawTicket | SkippedRow:
    subject, text = cells.get("subject", "").strip(), cells["text"].strip()
    if not text and not subject:
        return SkippedRow(line=line, reason="the message is empty")
    replies = _BETWEEN_REPLIES.split(cells.get("replies", ""))
    return RawTicket(
        id=cells.get("id", "").strip() or f"row-{line}",
        created=cells.get("created", "").strip(),
        subject=subject,
        text=text or subject,
        replies=tuple(reply.strip() for reply in replies if reply.strip()),
        requester=cells.get("requester", ""),
        tags=tuple(cells.get("tags", "").replace(",", " ").split()),
    )
