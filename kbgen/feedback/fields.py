"""Fields: what the messages of readers have in common when they are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from uuid import UUID

from kbgen.errors import KbgenError

_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def refuse_unknown(data: Mapping[str, object], known: Collection[str], thing: str) -> None:
    """Raise a `KbgenError` for a field that `thing` does not have."""
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise KbgenError(f"unknown field '{unknown[0][:40]}'", hint=f"{thing} has: {', '.join(sorted(known))}")


def read_id(value: object) -> str:
    """The UUID in a field, in its usual form; most come in it already."""
    if isinstance(value, str) and _CANONICAL.fullmatch(value):
        return value
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise KbgenError("'id' is not a UUID") from error
