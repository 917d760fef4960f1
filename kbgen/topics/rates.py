"""Rates: how many tickets a week, how much more or less than before, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Z = 1.959964
"""Standard normal quantile of a 95 % interval."""


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One rate over another, with its 95 % interval; `spread` is the standard error of its logarithm."""

    value: float
    interval: tuple[float, float]
    spread: float

    def over(self, other: Ratio) -> Ratio:
        """The ratio of two independent ratios; their variances on the log scale add up."""
        return _ratio(math.log(self.value / other.value), math.hypot(self.spread, other.spread))


def byar(count: int) -> tuple[float, float]:
    """The 95 % interval of a Poisson mean, by Byar's approximation (Breslow and Day, 1987, volume II, page 69)."""
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    return max(0.0, low), more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3


def dispersion(*periods: Sequence[int]) -> float:
    """How much more weekly counts vary than by chance alone: Pearson's χ² over its degrees of freedom, at least 1.

    Quasi-Poisson variance after McCullagh and Nelder (1989, section 6.2.3); each period has a mean of its own. 1.0
    where there are too few weeks.
    """
    total, freedom = 0.0, 0
    for weeks in periods:
        mean = sum(weeks) / len(weeks) if weeks else 0.0
        if mean and len(weeks) > 1:
            total += sum((count - mean) ** 2 / mean for count in weeks)
            freedom += len(weeks) - 1
    return max(1.0, total / freedom) if freedom else 1.0


def rate_ratio(now: Sequence[int], before: Sequence[int]) -> Ratio:
    """The weekly rate of one run of weeks over that of another, from counts a week.

    Wald's interval of the logarithm with half a ticket added to each count, so that a count of 0 has an interval
    (Haldane, 1956; Anscombe, 1956), widened where weeks vary more than by chance.
    """
    a, b = sum(now) + 0.5, sum(before) + 0.5
    spread = math.sqrt(dispersion(now, before) * (1 / a + 1 / b))
    return _ratio(math.log((a / len(now)) / (b / len(before))), spread)


def _ratio(log: float, spread: float) -> Ratio:
    interval = (math.exp(log - Z * spread), math.exp(log + Z * spread))
    return Ratio(value=math.exp(log), interval=interval, spread=spread)


def weekly(days: Sequence[str], first: int, weeks: int) -> tuple[int, ...]:
    """Tickets in each of so many weeks; `days` are ISO days, `first` the ordinal of the first week's first day."""
    counts = [0] * weeks
    for day in days:
        place = (date.fromisoformat(day).toordinal() - first) // 7 if day else -1
        if 0 <= place < weeks:
            counts[place] += 1
    return tuple(counts)
