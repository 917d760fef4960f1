"""Shapes: values out of JSON of any form. What is not of the shape that is asked for is as good as absent."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Object = Mapping[str, Any]

_SPAN = re.compile(r"(\d{1,6}):(\d{2})(?::(\d{2}))?")
_GOOD = frozenset("good great amazing happy satisfied positive yes true awesome 👍 🙂 😃 🤩".split())
_BAD = frozenset("bad poor terrible sad unhappy dissatisfied negative no false 👎 🙁 😠".split())


def text_of(value: object) -> str:
    """A text without halves of characters, or a whole number as text."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def object_of(value: object) -> Object:
    """An object, empty where the value is none."""
    return value if isinstance(value, dict) else {}


def objects_of(value: object) -> list[Object]:
    """The objects of a list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_of(value: object) -> tuple[str, ...]:
    """The texts of a list, or the words of one text, split at commas and spaces."""
    found = [text_of(item) for item in value] if isinstance(value, list) else text_of(value).replace(",", " ").split()
    return tuple(filter(None, found))


def found_at(data: object, path: str) -> object:
    """What stands at a path such as `custom_fields.plan`; lists of `{id or name or key, value}` are read as objects."""
    if isinstance(data, dict) and path in data:
        return data[path]
    head, dot, rest = path.partition(".")
    inner = _member(data, head)
    return found_at(inner, rest) if dot else inner


def _member(data: object, name: str) -> object:
    if isinstance(data, dict):
        return data.get(name)
    for item in objects_of(data):
        if name in (text_of(item.get("id")), text_of(item.get("name")), text_of(item.get("key"))):
            return item.get("value", item.get("text"))
    return None


def text_at(data: object, path: str) -> str:
    """The text or whole number at a path."""
    return text_of(found_at(data, path))


def number_of(value: object) -> int | None:
    """A whole number that is not negative; texts of digits count, fractions are rounded down."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,9}(\.\d*)?\s*", value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value < 10**9 else None


def minutes_of(value: object) -> int | None:
    """Minutes, as a number or as hours, minutes and seconds: 90, "1:30", "1:30:00"."""
    span = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(span[1]) * 60 + int(span[2]) if span else number_of(value)


def satisfied_of(value: object) -> bool | None:
    """Whether a rating in words is good or bad; None for any other."""
    if isinstance(value, bool):
        return value
    words = set(text_of(value).lower().replace("_", " ").replace("-", " ").split())
    good, bad = bool(words & _GOOD), bool(words & _BAD)
    return good if good != bad else None


def moment_of(value: object) -> str:
    """A day or moment in ISO form, of ISO texts and of seconds since 1970; `""` for anything else."""
    found = _moment(value)
    is_day = isinstance(value, str) and len(value.strip()) == len("2026-03-05")
    return (found.date().isoformat() if is_day else found.isoformat()) if found else ""


def minutes_between(first: str, then: str) -> int | None:
    """Minutes from one moment in ISO form to a later one; None where either is missing."""
    one, two = _moment(first), _moment(then)
    if one is None or two is None:
        return None
    seconds = (two - one).total_seconds()
    return int(seconds // 60) if seconds >= 0 else None


def _moment(value: object) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC) if value > 0 else None
        text = re.sub(r" (UTC|GMT)$", "Z", text_of(value))
        found = datetime.fromisoformat(re.sub(r" ([+-]\d{4})$", r"\1", text))
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
