"""Records: the JSON objects of an export, one a line or cut out of a document, whichever the file holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kbgen.tickets.sources.document import LISTS, Document, Found
from kbgen.tickets.sources.export import Export, Part
from kbgen.tickets.sources.lines import TOO_LONG, Lines, TooLongError
from kbgen.tickets.sources.shapes import Object
from kbgen.tickets.ticket import SkippedRow

_BROKEN = re.compile("[\udc80-\udcff]")
"""Bytes that are no character of the file's encoding."""

CUT_OFF = "the file ends here, in the middle; what stands before was read"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One object, where it begins, and the key of the envelope below which it is listed."""

    line: int
    data: Object
    kind: str = ""
    part: Part


def records_of(export: Export) -> Iterator[Record | SkippedRow]:
    """Every object of every file, in order; what is no object is skipped."""
    for part in export.parts:
        reader = _of_lines if _is_lines(part) else _of_document
        for row in reader(part):
            yield export.named(part, row) if isinstance(row, SkippedRow) else row


def looks_like_json(text: str) -> bool:
    """Whether a file that begins like this holds JSON objects."""
    return bool(re.match(r'\ufeff?\s*(?:\{\s*["}]|\[\s*(?:\{|\]|$))', text))


def _is_lines(part: Part) -> bool:
    """Whether each line is an object of its own, by the first three; else by the name."""
    with part.text("surrogateescape") as text:
        lines = Lines(text)
        for _ in range(3):
            try:
                data = parsed(next(lines, ""))
            except TooLongError:
                continue
            if data is not None:
                return not _is_envelope(data)
    return part.name.lower().endswith((".jsonl", ".ndjson"))


def _is_envelope(data: Object) -> bool:
    lists = any(isinstance(data.get(key), list) for key in LISTS) or isinstance(data.get("_embedded"), dict)
    return lists and "id" not in data


def _of_lines(part: Part) -> Iterator[Record | SkippedRow]:
    with part.text("surrogateescape") as text:
        lines = Lines(text)
        while True:
            try:
                line = next(lines)
            except StopIteration:
                return
            except TooLongError:
                yield SkippedRow(line=lines.number, reason=f"the line is {TOO_LONG}")
                continue
            if not line.strip():
                continue
            data = parsed(line)
            if data is not None:
                yield Record(line=lines.number, data=data, part=part)
            elif line.startswith("{") and not line.endswith(("\n", "\r")) and not line.rstrip().endswith("}"):
                yield SkippedRow(line=lines.number, reason=CUT_OFF)
            else:
                yield SkippedRow(line=lines.number, reason="the line is not a JSON object in UTF-8")


def _of_document(part: Part) -> Iterator[Record | SkippedRow]:
    with part.text("surrogateescape") as text:
        for found in Document(text).objects():
            yield _record(found, part)


def _record(found: Found, part: Part) -> Record | SkippedRow:
    if not found.whole:
        return SkippedRow(line=found.line, reason=CUT_OFF)
    if found.text is None:
        return SkippedRow(line=found.line, reason=f"the object is {TOO_LONG}")
    data = parsed(found.text)
    if data is None:
        return SkippedRow(line=found.line, reason="the object is not JSON in UTF-8")
    return Record(line=found.line, data=data, kind=found.kind, part=part)


def parsed(text: str) -> dict[str, Any] | None:
    """The JSON object in a text, or None where it is none."""
    if _BROKEN.search(text):
        return None
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
