"""Tickets from a JSON Lines file: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import match_columns
from kbgen.tickets.ticket import RawTicket, SkippedRow


def read_jsonl(file: Path, columns: Mapping[str, str]) -> Iterator[RawTicket | SkippedRow]:
    """The objects of the file; the first one that can be read decides which key holds which field."""
    found: dict[str, str] | None = None
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if not line.strip():
                    continue
                data = _object(line)
                if data is None:
                    yield SkippedRow(line=number, reason="the line is not a JSON object in UTF-8")
                    continue
                if found is None:
                    found = match_columns(data, columns, where=Where(path=str(file), line=number))
                yield _ticket({field: data.get(column) for field, column in found.items()}, number)
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(file))) from error


def _object(line: bytes) -> dict[str, object] | None:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _ticket(values: Mapping[str, object], line: int) -> RawTicket | SkippedRow:
    subject, text = _text(values.get("subject")), _text(values.get("text"))
    if not text and not subject:
        return SkippedRow(line=line, reason="the message is empty")
    return RawTicket(
        id=_text(values.get("id")) or f"row-{line}",
        created=_text(values.get("created")),
        subject=subject,
        text=text or subject,
        replies=tuple(_replies(values.get("replies"))),
        requester=_text(values.get("requester")),
        tags=tuple(_text(tag) for tag in tags) if isinstance(tags := values.get("tags"), list) else (),
    )


def _replies(value: object) -> Iterator[str]:
    """The agents' answers: texts, or objects with `author` and `text`."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            if item.get("author", "agent") == "agent" and item.get("private") is not True:
                yield from filter(None, [_text(item.get("text"))])
        elif item:
            yield _text(item)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
