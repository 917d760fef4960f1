"""Sparklines: bars of a volume on an axis that a page shares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbgen.report.row import Volume
from kbgen.report.sparkline import YEAR, axis


def volume(weeks: tuple[int, ...], first_week: str = "2026-01-05") -> Volume:
    return Volume(weeks=weeks, first_week=first_week)


def test_a_bar_stands_at_its_week() -> None:
    """A topic that begins two weeks later has its first bar two steps further."""
    line = axis(volume((5, 5, 5, 5)), width=40, height=20)
    spark = line.draw(volume((1, 2), "2026-01-19"))
    assert spark.weeks == (0, 0, 1, 2)
    assert spark.path == "M25 20v-10M35 20v-20"
    assert spark.peak == 2


def test_more_than_a_year_shows_the_last_one() -> None:
    """Two years of weeks are too narrow to see."""
    line = axis(volume(tuple(range(100))), width=104, height=20)
    assert line.weeks == YEAR
    assert line.draw(volume(tuple(range(100)))).weeks == tuple(range(48, 100))


def test_tickets_without_days_have_no_bars() -> None:
    """Nothing is drawn where nothing is known."""
    spark = axis(Volume(), width=40, height=20).draw(Volume())
    assert (spark.path, spark.weeks, spark.peak) == ("", (), 0)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=80))
def test_every_week_with_a_ticket_has_one_bar(weeks: list[int]) -> None:
    """Also where one week dwarfs the others."""
    line = axis(volume(tuple(weeks)), width=128, height=30)
    spark = line.draw(volume(tuple(weeks)))
    assert spark.path.count("M") == sum(1 for count in weeks[-YEAR:] if count)
