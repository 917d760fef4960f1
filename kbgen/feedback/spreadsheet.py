"""The spreadsheet: rows as CSV that a spreadsheet program opens without running anything in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """A cell that no program takes for a formula; `unguarded` gives the text back."""
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def unguarded(cell: str) -> str:
    """The text in a cell that `guarded` made."""
    return cell.removeprefix("'")


def csv_lines(columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> Iterable[str]:
    """The rows as CSV (RFC 4180), a line at a time, with their column names first."""
    names = list(columns)
    yield _line(names)
    for row in rows:
        yield _line([_cell(row.get(name)) for name in names])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return guarded(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def _line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
