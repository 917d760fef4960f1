"""Tickets from a JSON Lines file: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import id_of_content, match_columns
from kbgen.tickets.ticket import RawTicket, SkippedRow


def read_jsonl(file: Path, columns: Mapping[str, str]) -> Iterator[RawTicket | SkippedRow]:
    """The objects of the file, each with the keys it has; an error where none holds a customer's message."""
    refused: KbgenError | None = None
    usable = False
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if not line.strip():
                    continue
                data = _object(line)
                if data is None:
                    yield SkippedRow(line=number, reason="the line is not a JSON object in UTF-8")
                    continue
                try:
                    found = _columns(data, columns, Where(path=str(file), line=number))
                except KbgenError as error:
                    refused = refused or error
                    yield SkippedRow(line=number, reason=error.problem)
                    continue
                usable = True
                yield _ticket({field: data.get(column) for field, column in found.items()}, number)
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(file))) from error
    if refused and not usable:
        raise refused


def _columns(data: dict[str, object], chosen: Mapping[str, str], where: Where) -> dict[str, str]:
    """The key of each field in one object; a chosen key that only this object lacks is no error, save the text's."""
    present = {field: key for field, key in chosen.items() if key in data or field == "text"}
    return match_columns(data, present, where=where)


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
        id=_text(values.get("id")) or id_of_content(subject, text),
        created=_text(values.get("created")),
        subject=subject,
        text=text or subject,
        replies=tuple(filter(None, _replies(values.get("replies")))),
        requester=_text(values.get("requester")),
        tags=tuple(filter(None, _tags(values.get("tags")))),
    )


def _tags(value: object) -> list[str]:
    """Tags: a list, or one text with commas or spaces between them."""
    return [_text(tag) for tag in value] if isinstance(value, list) else _text(value).replace(",", " ").split()


def _replies(value: object) -> Iterator[str]:
    """The agents' answers: texts, or objects with `author` and `text`."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            if item.get("author", "agent") == "agent" and item.get("private") is not True:
                yield _text(item.get("text"))
        elif item:
            yield _text(item)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
