"""Columns: where a file keeps each field of a vote, by whatever name and in whatever case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kbgen.errors import KbgenError, Where
from kbgen.feedback.plain_text import plain
from kbgen.feedback.takeover.exported import Exported

Names = Mapping[str, Sequence[str]]
"""The names of each field, as `plain_name` gives them, the best one first."""
_SHOWN = 12


def plain_name(column: str) -> str:
    """A column's name in small letters, without what stands between words."""
    return re.sub(r"[\W_]+", "", column.rpartition("customEvent:")[2]).lower()


def plain_names(exported: Exported) -> frozenset[str]:
    """The plain names of all columns of a file."""
    return frozenset(map(plain_name, exported.columns))


def found(columns: Iterable[str], names: Names) -> dict[str, str]:
    """The column of each field that has one."""
    by_plain = {plain_name(column): column for column in reversed(list(columns))}
    places = {field: next((by_plain[name] for name in known if name in by_plain), "") for field, known in names.items()}
    return {field: column for field, column in places.items() if column}


def required(exported: Exported, places: Mapping[str, str], fields: Iterable[str], hint: str) -> None:
    """Raise a `KbgenError` that names the fields which a file has no column for, and the columns it has."""
    missing = [field for field in fields if field not in places]
    if missing:
        raise KbgenError(
            f"no column for {' and '.join(missing)} among: {shown(exported)}",
            where=Where(path=exported.file.name),
            hint=hint,
        )


def shown(exported: Exported) -> str:
    """The first columns of a file, as a message names them."""
    names = [plain(name)[:40] for name in exported.columns]
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "") or "none"
