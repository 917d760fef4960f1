"""Facts about rates: intervals and ratios of weekly counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.topics.rates import byar, dispersion, rate_ratio, weekly

counts = st.lists(st.integers(0, 50), min_size=1, max_size=20)


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 3.69), (5, 1.62, 11.67), (100, 81.36, 121.63)])
def test_interval_of_a_count(count: int, low: float, high: float) -> None:
    """Byar's approximation is within 2 % of the exact Poisson limits (Garwood's table)."""
    found = byar(count)
    assert found == (pytest.approx(low, rel=0.02, abs=0.001), pytest.approx(high, rel=0.02))


def test_ratio_of_rates() -> None:
    """Twice as many a week are twice the rate, whatever the number of weeks; no ticket at all has an interval, too."""
    ratio = rate_ratio([20] * 4, [10] * 12)
    assert ratio.value == pytest.approx(2, rel=0.02)
    assert ratio.interval[0] > 1
    assert rate_ratio([0, 0], [0, 0]).interval[0] < 1 < rate_ratio([0, 0], [0, 0]).interval[1]


def test_ratio_of_ratios() -> None:
    """A ratio over an equal one is 1, and less sure than either."""
    ratio = rate_ratio([5, 5], [10, 10])
    same = ratio.over(ratio)
    assert same.value == pytest.approx(1)
    assert same.spread > ratio.spread


def test_weeks_that_vary_more_are_less_sure() -> None:
    """Counts that come in bursts widen the interval; even ones never make it narrower than chance."""
    assert dispersion([0, 20, 0, 20]) > 1 == dispersion([10, 10, 10, 10])
    assert rate_ratio([0, 20, 0, 20], [10] * 4).spread > rate_ratio([10] * 4, [10] * 4).spread


@given(counts, counts)
def test_every_ratio_lies_in_its_interval(now: list[int], before: list[int]) -> None:
    """A ratio is positive, and inside its interval; turned round it is one over it."""
    ratio, other = rate_ratio(now, before), rate_ratio(before, now)
    assert 0 < ratio.interval[0] <= ratio.value <= ratio.interval[1]
    assert ratio.value * other.value == pytest.approx(1)


def test_tickets_are_counted_by_week() -> None:
    """Days outside the weeks, and tickets without a day, are not counted."""
    days = ["2026-01-01", "2026-01-07", "2026-01-08", "2025-12-31", "2026-01-15", ""]
    from datetime import date

    assert weekly(days, date(2026, 1, 1).toordinal(), 2) == (2, 1)
