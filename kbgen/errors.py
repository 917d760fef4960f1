"""Errors and notes that a person reads: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Where:
    """A place in a file; lines and columns count from 1, and 0 means "the whole file"."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class KbgenError(Exception):
    """Something a person can mend: `problem`, `where` it is, and a `hint` that says what to do."""

    exit_code = 1

    def __init__(self, problem: str, *, where: Where | None = None, hint: str = "") -> None:
        """Keep the three parts apart, so that each edge can lay them out in its own way."""
        super().__init__(problem)
        self.problem = problem
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.problem}{hint}"


class MissingPartError(KbgenError):
    """The machine lacks a part that this command needs; the hint is the command that installs it."""

    exit_code = 3


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` is probably a slip of, or an empty text."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.75)
    return near[0] if near else ""
