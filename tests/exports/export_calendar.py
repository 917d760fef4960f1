"""The calendar: on which day of the year a question of a certain trend is asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

FIRST_DAY = date(2025, 11, 24)
DAYS = 364
CLOCKS = (date(2026, 3, 29), date(2026, 10, 25))
_BY_WEEKDAY = (1.3, 1.15, 1.05, 1.0, 1.1, 0.5, 0.35)


def _year_end(day: date, _: float) -> float:
    return 4.0 if (day.month, day.day) >= (11, 28) or (day.month, day.day) <= (1, 12) else 0.45


def _monthly(day: date, _: float) -> float:
    return 3.5 if day.day >= 28 or day.day <= 4 else 0.5


def _clock_change(day: date, _: float) -> float:
    return 12.0 if any(0 <= (day - clock).days <= 9 for clock in CLOCKS) else 0.12


TRENDS: Mapping[str, Callable[[date, float], float]] = {
    "steady": lambda _, __: 1.0,
    "rising": lambda _, part: 0.25 + 2.0 * part * part,
    "new": lambda _, part: 1.5 if part > 0.78 else 0.0,
    "fading": lambda _, part: 2.5 * math.exp(-4.5 * part),
    "year-end": _year_end,
    "monthly": _monthly,
    "clock-change": _clock_change,
}
"""How likely a day is, by the day and the part of the year that has passed, before the day of the week counts."""


@cache
def _weights(trend: str) -> tuple[float, ...]:
    found = []
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        found.append(TRENDS[trend](day, number / DAYS) * _BY_WEEKDAY[day.weekday()])
    return tuple(found)


def moment(trend: str, random: Random) -> datetime:
    """When a ticket of this trend arrives; mostly in working hours, to the second, UTC."""
    day = FIRST_DAY + timedelta(days=random.choices(range(DAYS), _weights(trend))[0])
    hour = min(23, max(5, round(random.gauss(13, 3.5))))
    return datetime(day.year, day.month, day.day, hour, random.randrange(60), random.randrange(60), tzinfo=UTC)
