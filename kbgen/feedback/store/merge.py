"""The merge: what new ballots change among those that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kbgen.feedback.ballot import Ballot


@dataclass(eq=False)
class Place:
    """A row of the table: `seq` says its turn, and new rows, which have none yet, count from -1 downwards."""

    seq: int
    id: str
    visitor: str
    day: date = date.max
    """The day of the first of the votes that stood there."""
    ballot: Ballot | None = None
    """What comes to stand there, where something does."""


def merged(ballots: Iterable[Ballot], rows: Sequence[Place]) -> list[Place]:
    """The places of those ballots that stay, as if all had come one by one; in turn.

    `rows` are those of the table that share an id or a visitor with a ballot. A ballot takes the first place that has
    its id or its visitor, and other such places go.
    """
    by_id = {row.id: row for row in rows}
    by_visitor = {row.visitor: row for row in rows if row.visitor}
    for number, ballot in enumerate(ballots, 1):
        same = [row for row in (by_id.get(ballot.vote.id), by_visitor.get(ballot.visitor)) if row]
        for row in same:
            by_id.pop(row.id, None)
            by_visitor.pop(row.visitor, None)
        place = min(same, key=_turn, default=Place(-number, "", ""))
        place.day = min(ballot.day, *(row.day for row in same), place.day)
        place.id, place.visitor, place.ballot = ballot.vote.id, ballot.visitor, replace(ballot, day=place.day)
        by_id[place.id] = place
        if place.visitor:
            by_visitor[place.visitor] = place
    return sorted((place for place in by_id.values() if place.ballot), key=_turn)


def _turn(place: Place) -> tuple[bool, int]:
    return place.seq < 0, abs(place.seq)
