"""Columns: which column of an export holds which field of a ticket."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

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
        "contact id",
        "user",
    ),
    "requester_name": ("requester name", "customer name", "full name", "contact name", "name", "requester"),
    "agent": ("agent", "assignee", "agent name", "assignee name", "assigned to"),
    "tags": ("tags", "labels", "categories", "tag"),
    "product": ("product", "brand", "product name"),
    "plan": ("plan", "organization type", "organisation type", "account tier", "tier"),
    "lang": ("lang", "language", "locale", "requester language"),
    "url": ("url", "link", "ticket url", "ticket link"),
    "reopened": ("reopened", "reopens", "reopen count", "number of reopens"),
    "first_reply": (
        "first reply",
        "first reply time in minutes",
        "first reply time min",
        "first response time in hrs",
        "first response time in minutes",
    ),
    "satisfied": ("satisfied", "satisfaction score", "satisfaction", "survey results", "satisfaction rating"),
}
"""Names by which exports call each field, in lower case with spaces; the first that is present counts."""

LISTS_OF_TICKETS: dict[str, frozenset[str]] = {
    "Zendesk": frozenset(("requester", "requested", "assignee", "satisfaction score", "group", "brand", "updated")),
    "Freshdesk": frozenset(
        ("created time", "due by time", "resolved time", "closed time", "last update time", "survey results", "agent")
    ),
}
"""Columns of the lists that help desks export from a view. They hold no message, so the subject stands in for it."""


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
    if "text" not in columns and "subject" in columns and list_of(names):
        columns["text"] = columns["subject"]
    if "text" not in columns:
        raise KbgenError(
            "none of the columns is known to hold the customer's message",
            where=where,
            hint=f"name it, for example --map text={names[0]}; the columns are: {', '.join(names)}",
        )
    return columns


def list_of(names: Iterable[str]) -> str:
    """The help desk whose list of tickets has such columns, or `""`: three of those it is known by are enough."""
    plain = {_plain(name) for name in names}
    return next((desk for desk, known in LISTS_OF_TICKETS.items() if len(known & plain) >= 3), "")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.removeprefix("\ufeff")).strip().lower()


def id_of_content(subject: str, text: str) -> str:
    """The id of a ticket whose export gives none: the same words are the same ticket."""
    words = f"{subject}\0{text}".encode("utf-8", "replace")
    return f"row-{hashlib.sha256(words).hexdigest()[:12]}"


def read_mapping(file: Path) -> dict[str, str]:
    """The columns that a YAML file names, one `field: column` a line."""
    where = Where(path=str(file))
    example = "write one 'field: column' a line, for example 'text: Details'"
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        problem = getattr(error, "problem", None) or getattr(error, "strerror", None) or "it is not YAML in UTF-8"
        raise KbgenError(f"the mapping cannot be read: {problem}", where=where, hint=example) from error
    if not isinstance(data, dict) or not all(isinstance(value, str | int) for value in data.values()):
        raise KbgenError("the mapping is not a list of fields and columns", where=where, hint=example)
    for field in data:
        if field not in FIELDS:
            near = nearest(str(field), FIELDS)
            hint = f"did you mean '{near}'?" if near else f"the fields are: {', '.join(FIELDS)}"
            raise KbgenError(f"there is no field '{field}'", where=where, hint=hint)
    return {str(field): str(column) for field, column in data.items()}
