"""Migrations: the numbered SQL files that bring a database to the schema that this kbgen knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kbgen.errors import KbgenError


@dataclass(frozen=True, kw_only=True)
class Migration:
    """One step of a schema; its number is the version that it leads to."""

    number: int
    statements: tuple[str, ...]


@cache
def migrations(dialect: str) -> tuple[Migration, ...]:
    """Every step for a kind of database, in order; their numbers go from 1 without a gap."""
    folder = files("kbgen.feedback.store") / "migrations" / dialect
    named = sorted((int(file.name.split("-")[0]), file) for file in folder.iterdir() if file.name.endswith(".sql"))
    return tuple(Migration(number=number, statements=_statements(file.read_text("utf-8"))) for number, file in named)


def pending(dialect: str, version: int, database: str) -> tuple[Migration, ...]:
    """The steps that a database of some version still needs; raises a `KbgenError` for one of a newer kbgen."""
    known = migrations(dialect)
    if version > len(known):
        raise KbgenError(
            f"the vote database {database} was written by a newer kbgen (schema {version})",
            hint="update kbgen: pip install --upgrade kbgen",
        )
    return known[version:]


def _statements(text: str) -> tuple[str, ...]:
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return tuple(part.strip() for part in "\n".join(lines).split(";") if part.strip())
