"""Rates: how much is let through, and how long the rest waits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbgen.service.rates import Rate, Rates

MINUTE = Rate(name="minute", most=10, seconds=60)
HOUR = Rate(name="hour", most=12, seconds=3600)


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """The seconds."""
        return self.now


def test_so_many_at_once_then_one_by_one() -> None:
    """Ten at once are let through; the next waits six seconds, and then there is room for one."""
    clock = Clock()
    rates = Rates(clock=clock)
    assert [rates.wait([(MINUTE, "kim")]) for _ in range(10)] == [0.0] * 10
    assert round(rates.wait([(MINUTE, "kim")]), 6) == 6
    assert rates.wait([(MINUTE, "lee")]) == 0
    clock.now += 6
    assert rates.wait([(MINUTE, "kim")]) == 0
    assert round(rates.wait([(MINUTE, "kim")]), 6) == 6


def test_the_strictest_rate_decides_and_nothing_is_counted() -> None:
    """What one rate refuses is not counted by the others."""
    clock = Clock()
    rates = Rates(clock=clock)
    for _ in range(10):
        assert rates.wait([(MINUTE, "kim"), (HOUR, "kim")]) == 0
    for _ in range(50):
        assert rates.wait([(MINUTE, "kim"), (HOUR, "kim")]) > 0
    clock.now += 60
    assert [rates.wait([(MINUTE, "kim"), (HOUR, "kim")]) == 0 for _ in range(3)] == [True, True, False]


def test_memory_is_bounded() -> None:
    """The keys that were used last are remembered."""
    rates = Rates(keys=100, clock=Clock())
    for number in range(1000):
        rates.wait([(MINUTE, str(number))])
    assert len(rates._due) == 100


@given(st.lists(st.floats(0, 30), max_size=80))
def test_never_more_than_the_rate_allows(pauses: list[float]) -> None:
    """However they come: in any minute at most twice the rate, and waiting as told always helps."""
    clock = Clock()
    rates, passed = Rates(clock=clock), []
    for pause in pauses:
        clock.now += pause
        if seconds := rates.wait([(MINUTE, "kim")]):
            clock.now += seconds
            assert rates.wait([(MINUTE, "kim")]) == 0
        passed.append(clock.now)
    for start in passed:
        assert sum(start <= at < start + 60 for at in passed) <= 2 * MINUTE.most
