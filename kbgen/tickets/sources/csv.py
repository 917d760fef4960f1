"""Tickets from a CSV file with a header, one conversation a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import id_of_content, match_columns
from kbgen.tickets.ticket import RawTicket, SkippedRow

csv.field_size_limit(10_000_000)
_BETWEEN_REPLIES = re.compile(r"^\s*---\s*$", re.MULTILINE)


def read_csv(file: Path, columns: Mapping[str, str]) -> Iterator[RawTicket | SkippedRow]:
    """The rows of a CSV file; comma, semicolon and tab are told apart by the header."""
    where = Where(path=str(file), line=1)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            delimiter = _delimiter(stream)
            rows = csv.reader(stream, delimiter=delimiter, strict=True)
            names = [name.strip() for name in next(rows, [])]
            found = match_columns(names, columns, where=where)
            places = {field: names.index(column) for field, column in found.items()}
            yield from _rows(rows, places, len(names))
    except csv.Error as error:
        raise KbgenError(f"the header cannot be read: {error}", where=where, hint="check its quotes") from error
    except UnicodeDecodeError as error:
        raise KbgenError("the file is not UTF-8", where=where, hint="export it as CSV in UTF-8") from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(file))) from error


def _delimiter(stream: TextIO) -> str:
    """Comma, semicolon or tab, whichever the first line has most of."""
    first = stream.readline()
    stream.seek(0)
    return max(",;\t", key=first.count)


def _rows(rows: Iterator[list[str]], places: Mapping[str, int], width: int) -> Iterator[RawTicket | SkippedRow]:
    while True:
        first = rows.line_num + 1  # type: ignore[attr-defined]
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield SkippedRow(line=first, reason=f"the row cannot be read: {error}")
            continue
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
        id=cells.get("id", "").strip() or id_of_content(subject, text),
        created=cells.get("created", "").strip(),
        subject=subject,
        text=text or subject,
        replies=tuple(reply.strip() for reply in replies if reply.strip()),
        requester=cells.get("requester", ""),
        tags=tuple(cells.get("tags", "").replace(",", " ").split()),
    )
