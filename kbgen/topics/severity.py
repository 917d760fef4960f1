"""Severity: how much a topic costs customers, from what the export says of its tickets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kbgen.tickets.ticket import Ticket

FEWEST = 5
"""Tickets that must tell before a part counts."""
SLOW = 2 * 24 * 60
"""Minutes to the first answer that count in full: two days."""
WEIGHTS = {"volume": 4.0, "reopened": 2.0, "first reply": 1.0, "satisfaction": 3.0}


@dataclass(frozen=True, kw_only=True)
class Severity:
    """How much a topic costs; a part that fewer than five tickets tell of is None and is left out.

    The score is the mean of the parts that are known, weighted 4 volume, 2 reopened, 1 first reply, 3 satisfaction.
    Each part runs from 0 to 1: volume is log(1 + tickets) ÷ log(1 + tickets of the largest topic); reopened the share
    of tickets that were opened again; first reply log(1 + minutes) ÷ log(1 + minutes in two days), at most 1;
    satisfaction the share of customers that were not satisfied. The weights are a choice of ours, not a finding.
    """

    score: float
    tickets: int
    reopened: float | None
    """Share of tickets that were opened again, 0 to 1."""
    first_reply: float | None
    """Median minutes to the first answer."""
    satisfied: float | None
    """Share of customers who said that they were satisfied, 0 to 1, of those who said anything."""
    parts: tuple[tuple[str, float], ...] = ()
    """Each part that is known by its name, 0 to 1, as it goes into the score."""


def severity(tickets: Sequence[Ticket], largest: int) -> Severity:
    """The severity of a topic's tickets, where the largest topic has so many."""
    reopened = _mean([float(t.reopened > 0) for t in tickets if t.reopened is not None])
    replies = [t.first_reply for t in tickets if t.first_reply is not None]
    first_reply = float(median(replies)) if len(replies) >= FEWEST else None
    satisfied = _mean([float(t.satisfied) for t in tickets if t.satisfied is not None])
    known = {
        "volume": math.log1p(len(tickets)) / math.log1p(max(largest, len(tickets), 1)),
        "reopened": reopened,
        "first reply": None if first_reply is None else min(1.0, math.log1p(max(0.0, first_reply)) / math.log1p(SLOW)),
        "satisfaction": None if satisfied is None else 1 - satisfied,
    }
    parts = tuple((name, round(value, 4)) for name, value in known.items() if value is not None)
    score = sum(WEIGHTS[name] * value for name, value in parts) / sum(WEIGHTS[name] for name, _ in parts)
    return Severity(
        score=round(score, 4),
        tickets=len(tickets),
        reopened=reopened,
        first_reply=first_reply,
        satisfied=satisfied,
        parts=parts,
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if len(values) >= FEWEST else None
