"""The trend: how many tickets a topic gets each week, and whether they become more or fewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbgen.topics.rates import byar, rate_ratio, weekly

Direction = Literal["rising", "new", "seasonal", "fading", "steady", "unknown"]

RECENT, EARLIER = 4, 12
"""Weeks that are compared: the last ones, and those before them."""
FEWEST = 10
"""Tickets in these weeks below which nothing is said of a direction."""
YEAR = 52
"""Weeks after which a season comes again."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """The weekly volume of a topic; small numbers have the direction `unknown`."""

    weeks: tuple[int, ...]
    """Tickets in each week, oldest first; the last one ends on the day that counts as today."""
    first_week: str
    """First day of the first week, as year-month-day; `""` where no ticket has a day."""
    per_week: float
    """Tickets a week over the last four weeks, or over fewer where there are no more."""
    interval: tuple[float, float]
    """Within what `per_week` lies (95 %, Poisson, Byar's approximation)."""
    direction: Direction


def trend(days: Sequence[str], today: date, *, since: str = "") -> Trend:
    """The trend of tickets by their days (year-month-day, `""` is left out; later days than today, too).

    `since` is the first day that any ticket of the whole export has: without weeks before it, no topic is new.
    rising, fading: the weekly rate of the last 4 weeks over that of the 12 before has a 95 % interval above, or below,
    1. new: no ticket in the 12 weeks before, although the export has them. seasonal: more than usual, but as much so
    in the same weeks a year ago. unknown: fewer than 10 tickets, or fewer than 4 weeks to compare with.
    """
    known = sorted(day for day in days if day and day <= today.isoformat())
    if not known:
        return Trend(weeks=(), first_week="", per_week=0.0, interval=(0.0, 0.0), direction="unknown")
    begin = min(known[0], since) if since else known[0]
    end = today.toordinal() + 1
    count = -(-(end - date.fromisoformat(begin).toordinal()) // 7)
    weeks = weekly(known, end - 7 * count, count)
    recent = weeks[-RECENT:]
    low, high = byar(sum(recent))
    return Trend(
        weeks=weeks,
        first_week=date.fromordinal(end - 7 * count).isoformat(),
        per_week=round(sum(recent) / len(recent), 2),
        interval=(round(low / len(recent), 2), round(high / len(recent), 2)),
        direction=_direction(weeks, has_start=bool(since)),
    )


def _direction(weeks: tuple[int, ...], *, has_start: bool) -> Direction:
    recent, earlier = weeks[-RECENT:], weeks[:-RECENT][-EARLIER:]
    if len(earlier) < RECENT or sum(recent) + sum(earlier) < FEWEST:
        return "unknown"
    if not sum(weeks[:-RECENT]) and len(earlier) == EARLIER and has_start:
        return "new"
    low, high = rate_ratio(recent, earlier).interval
    if low > 1:
        return "seasonal" if _came_a_year_ago(weeks) else "rising"
    return "fading" if high < 1 else "steady"


def _came_a_year_ago(weeks: tuple[int, ...]) -> bool:
    """Whether the same weeks of the year before stood out from those before them, too."""
    last_year = weeks[: len(weeks) - YEAR]
    if len(last_year) < 2 * RECENT:
        return False
    return rate_ratio(last_year[-RECENT:], last_year[:-RECENT][-EARLIER:]).interval[0] > 1
