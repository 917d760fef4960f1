"""Facts about the effect: whether tickets became fewer after an article went live."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kbgen.topics.effect import Effect, effect

LIVE = date(2026, 6, 1)
WEEKS = 12
COVERED = ((LIVE - timedelta(7 * WEEKS)).isoformat(), (LIVE + timedelta(7 * WEEKS - 1)).isoformat())


def days(before: int, after: int) -> list[str]:
    """Days of so many tickets a week, before and after the article."""
    weeks = [before] * WEEKS + [after] * WEEKS
    first = LIVE - timedelta(7 * WEEKS)
    return [(first + timedelta(7 * n + k % 7)).isoformat() for n, count in enumerate(weeks) for k in range(count)]


def found(own: tuple[int, int], others: tuple[int, int], covered: tuple[str, str] = COVERED) -> Effect:
    return effect("t-1", "a.md", LIVE, {"t-1": days(*own), "t-2": days(*others)}, covered)


@pytest.mark.parametrize(
    ("own", "others", "verdict"),
    [
        ((10, 3), (20, 20), "fewer"),
        ((3, 10), (20, 20), "more"),
        ((10, 10), (20, 20), "no difference seen"),
        ((10, 5), (20, 10), "no difference seen"),
        ((10, 10), (10, 30), "fewer"),
    ],
)
def test_verdict(own: tuple[int, int], others: tuple[int, int], verdict: str) -> None:
    """What became of a topic is held against what became of all others."""
    assert found(own, others).verdict == verdict


def test_numbers() -> None:
    """Tickets, weeks, rates and ratios; the adjusted ratio is the topic's over that of the others."""
    state = found((10, 5), (20, 40))
    assert (state.before.tickets, state.after.tickets, state.before.weeks) == (120, 60, 12)
    assert (state.before.per_week, state.after.per_week) == (10, 5)
    assert state.ratio is not None
    assert state.control is not None
    assert state.adjusted is not None
    assert state.adjusted.value == pytest.approx(state.ratio.value / state.control.value)
    assert state.adjusted.value == pytest.approx(0.25, rel=0.02)
    assert state.as_json()["verdict"] == "fewer"


@pytest.mark.parametrize(
    ("own", "others", "covered", "why"),
    [
        ((10, 3), (20, 20), (COVERED[0], (LIVE + timedelta(20)).isoformat()), "2 whole weeks"),
        ((10, 3), (20, 20), ((LIVE - timedelta(8)).isoformat(), COVERED[1]), "1 whole weeks"),
        ((0, 3), (20, 20), COVERED, "0 tickets in 12 weeks before"),
        ((10, 3), (0, 0), COVERED, "nothing to compare"),
    ],
)
def test_small_numbers_tell_nothing_yet(
    own: tuple[int, int], others: tuple[int, int], covered: tuple[str, str], why: str
) -> None:
    """Too few weeks or tickets are said to be too few, and which they are."""
    state = found(own, others, covered)
    assert state.verdict == "cannot tell yet"
    assert why in state.why or why.replace("2 whole", "3 whole") in state.why
