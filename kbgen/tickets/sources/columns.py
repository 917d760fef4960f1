"""Columns: which column of an export holds which field of a ticket."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from kbgen.errors import KbgenError, Where, nearest
from kbgen.tickets.sources.interface import FIELDS

KNOWN_AS: dict[str, tuple[str, ...]] = {
    "id": ("id", "ticket id", "ticket number", "conversation id", "number", "key"),
    "created": ("created", "created at", "created time", "date", "opened", "received", "requested"),
    "subject": ("subject", "title", "summary"),
    "text": (
        "text",
        "message",
        "body",
        "description",
        "description text",
        "question",
        "content",
        "first message",
        "comment",
    ),
    "replies": ("replies", "reply", "answers", "answer", "responses", "agent replies", "agent reply"),
    "requester": (
        "requester",
        "requester email",
        "requester id",
        "customer",
        "customer email",
        "from",
        "email",
        "contact",
        "user",
    ),
    "tags": ("tags", "labels", "categories", "tag"),
}
"""Names by which exports call each field, in lower case with spaces; the first that is present counts."""


def match_columns(present: Iterable[str], chosen: Mapping[str, str], *, where: Where) -> dict[str, str]:
    """The column of each field: `chosen` by the user, else guessed by name.

    Raises a `KbgenError` where a chosen column is not there or the customer's text cannot be found.
    """
    names = list(present)
    if not names:
        raise KbgenError("the file has no header", where=where, hint="begin it with the names of its columns")
    for field, column in chosen.items():
        if column not in names:
            near = nearest(column, names)
            raise KbgenError(
                f"there is no column '{column}' for '{field}'",
                where=where,
                hint=f"did you mean '{near}'?" if near else f"the columns are: {', '.join(names)}",
            )
    plain = {_plain(name): name for name in reversed(names)}
    guessed = {field: plain[alias] for field in FIELDS for alias in reversed(KNOWN_AS[field]) if alias in plain}
    columns = {**guessed, **chosen}
    if "text" not in columns:
        raise KbgenError(
            "none of the columns is known to hold the customer's message",
            where=where,
            hint=f"name it, for example --map text={names[0]}; the columns are: {', '.join(names)}",
        )
    return columns


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.removeprefix("\ufeff")).strip().lower()


def id_of_content(subject: str, text: str) -> str:
    """The id of a ticket whose export gives none: the same words are the same ticket."""
    words = f"{subject}\0{text}"
    return f"row-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
