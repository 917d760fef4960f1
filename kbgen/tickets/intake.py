"""The intake: rows of an export on their way through the door, counted as they pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kbgen.engines.interface import Engine, portions
from kbgen.tickets.door import Admission, Door
from kbgen.tickets.removal import Removal
from kbgen.tickets.sources.interface import Row
from kbgen.tickets.ticket import RawTicket, SkippedRow, Ticket

MOST_LISTED = 100_000
"""Skipped rows that are kept to be listed; all are counted."""
PORTION = 500
"""Tickets of one part of the work: some tenths of a second."""


class Intake:
    """Takes rows in and gives tickets without personal data; what it has counted stands in its attributes."""

    def __init__(self, rows: Iterable[Row], door: Door) -> None:
        """Nothing is read before it is asked for."""
        self._rows, self._door = iter(rows), door
        self.skipped_rows = 0
        self.skipped: list[SkippedRow] = []
        self.removal = Removal()

    def first(self) -> Ticket | None:
        """The first ticket, to look at before the others are read; None where there is none."""
        passed: list[Row] = []
        found = None
        for row in self._rows:
            passed.append(row)
            found = self._door.admit(row).ticket if isinstance(row, RawTicket) else None
            if found or len(passed) == PORTION:
                break
        self._rows = chain(passed, self._rows)
        return found

    def tickets(self, engine: Engine) -> Iterator[Ticket]:
        """Every ticket that passes the door, in the order of the rows; the engine does the work."""
        parts = ((self._door, portion) for portion in portions(self._raws(), PORTION))
        for admissions in engine.map(_admit, parts):
            for admission in admissions:
                self.removal.add(admission)
                if admission.ticket:
                    yield admission.ticket

    def _raws(self) -> Iterator[RawTicket]:
        for row in self._rows:
            if isinstance(row, RawTicket):
                yield row
            else:
                self._skip(row)

    def _skip(self, row: SkippedRow) -> None:
        self.skipped_rows += 1
        if len(self.skipped) < MOST_LISTED:
            self.skipped.append(row)


def _admit(part: tuple[Door, list[RawTicket]]) -> list[Admission]:
    door, raws = part
    return [door.admit(raw) for raw in raws]
