"""What a service does: tell its exports from those of others, and read the votes in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.takeover.exported import Exported

Votes = Iterator[Ballot | SkippedRow]
"""The votes of a file, and the rows that could not be read."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """Where votes come from."""

    title: str
    """What the service is called, and what kbgen reads of it."""
    knows: Callable[[Exported], bool]
    """Whether a file looks as if it came from there, whole or not."""
    read: Callable[[Exported, date | None], Votes]
    """The votes of a file. The day is that of every vote in a file that does not say when they came.

    Raises a `KbgenError` where the file cannot be used.
    """
