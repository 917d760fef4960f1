"""The priority: which open topic to write about first."""

from __future__ import annotations

from collections.abc import Iterable

from kbgen.report.row import OPEN, STATUSES, Row
from kbgen.topics.rates import byar

GAP = {"unanswered": 1.0, "contradicted": 1.0, "partly": 0.5, "findable": 0.25}
"""How much of a topic is left to write; what is answered and what was set aside leaves nothing."""

COURSE = {"rising": 1.5, "new": 1.5, "fading": 0.5}
"""What a direction makes of the tickets that are still to come; 1 for the others."""

WEEKS = 13
"""Weeks that are looked at, and over which tickets without a day are spread: a quarter."""


def priority(row: Row) -> float:
    """How much an article would save: tickets a week of which we are fairly sure × gap × direction × (1 + severity).

    Fairly sure is the lower end of the 95 % interval of the last quarter's tickets (Poisson, Byar's approximation), so
    that three tickets in one week do not come before thirty in ten.
    """
    recent = row.volume.weeks[-WEEKS:]
    sure = byar(sum(recent) if recent else row.tickets)[0] / (len(recent) or WEEKS)
    return sure * GAP.get(row.status, 0.0) * COURSE.get(row.volume.direction, 1.0) * (1 + row.severity.score)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Open topics by priority, then those that are answered and those set aside, larger ones first."""

    def place(row: Row) -> tuple[int, float, int, str]:
        group = 0 if row.status in OPEN else STATUSES.index(row.status)
        return group, -round(priority(row), 6), -row.tickets, row.id

    return sorted(rows, key=place)
