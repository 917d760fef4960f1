"""What a source does: read an export, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from kbgen.tickets.ticket import RawTicket, SkippedRow

FIELDS = ("id", "created", "subject", "text", "replies", "requester", "tags")
"""What a ticket is made of; `--map` names the column of each."""


class Source(Protocol):
    """Reads one format."""

    def __call__(self, file: Path, columns: Mapping[str, str]) -> Iterator[RawTicket | SkippedRow]:
        """The tickets of a file in its order, in constant memory; `columns` maps fields to the file's own names.

        A row that cannot be used comes as a `SkippedRow`; a file that cannot be used raises a `KbgenError`.
        """
