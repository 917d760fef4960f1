"""Facts about the trend, the severity and the breakdown of a topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.tickets.ticket import Ticket
from kbgen.topics.breakdown import breakdown
from kbgen.topics.severity import severity
from kbgen.topics.trend import trend

Asked = Callable[..., Ticket]
TODAY = date(2026, 11, 22)
LONG_AGO = "2024-01-01"


def days(*weeks: int) -> list[str]:
    """Days of so many tickets a week, the last week ending today."""
    ends = [TODAY - timedelta(7 * n) for n in reversed(range(len(weeks)))]
    return [(end - timedelta(n % 7)).isoformat() for end, count in zip(ends, weeks, strict=True) for n in range(count)]


@pytest.mark.parametrize(
    ("weeks", "direction"),
    [
        ([2] * 12 + [12] * 4, "rising"),
        ([12] * 12 + [2] * 4, "fading"),
        ([5] * 16, "steady"),
        ([0] * 12 + [6] * 4, "new"),
        ([1] * 12 + [0] * 4, "steady"),
        ([1, 0] * 4 + [1] * 4, "unknown"),
        ([2] * 12 + [14] * 4 + [2] * 48 + [14] * 4, "seasonal"),
        ([], "unknown"),
    ],
)
def test_direction(weeks: Sequence[int], direction: str) -> None:
    """A direction needs an interval that leaves out 1; small numbers have none."""
    assert trend(days(*weeks), TODAY, since=LONG_AGO).direction == direction


def test_topic_is_not_new_where_the_export_begins_with_it() -> None:
    """Without weeks before a topic nobody knows whether it is new."""
    first = days(6, 6, 6, 6)
    assert trend(first, TODAY, since=first[0]).direction == "unknown"


def test_weeks_end_today() -> None:
    """The last week ends today; the rate is that of the last four weeks, with its interval."""
    found = trend(days(1, 2, 3, 4, 5), TODAY)
    assert (found.weeks, found.per_week) == ((1, 2, 3, 4, 5), 3.5)
    assert found.first_week == (TODAY - timedelta(34)).isoformat()
    assert found.interval[0] < 3.5 < found.interval[1]


@given(st.lists(st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(date.isoformat) | st.just(""), max_size=40))
def test_every_ticket_up_to_today_is_in_a_week(some: list[str]) -> None:
    """No ticket is lost or counted twice, in whatever order they come."""
    found = trend(some, TODAY)
    assert sum(found.weeks) == sum(bool(day) and day <= TODAY.isoformat() for day in some)
    assert found == trend(some[::-1], TODAY)


def test_severity_leaves_out_what_nobody_says(asked: Asked) -> None:
    """With volume alone the largest topic has 1; parts that fewer than five tickets tell of are None."""
    tickets = [replace(asked(str(n), "x"), satisfied=False if n < 4 else None) for n in range(10)]
    found = severity(tickets, 10)
    assert (found.score, found.satisfied, found.reopened, found.first_reply) == (1.0, None, None, None)


def test_severity_is_the_weighted_mean_of_its_parts(asked: Asked) -> None:
    """Reopened tickets, slow answers and displeased customers make a topic worse, by the documented weights."""
    tickets = [replace(asked(str(n), "x"), reopened=n % 2, first_reply=2880, satisfied=False) for n in range(10)]
    found = severity(tickets, 10)
    assert dict(found.parts) == {"volume": 1.0, "reopened": 0.5, "first reply": 1.0, "satisfaction": 1.0}
    assert found.score == pytest.approx((4 * 1 + 2 * 0.5 + 1 + 3) / 10)
    assert (found.reopened, found.first_reply, found.satisfied) == (0.5, 2880, 0)


def test_breakdown_counts_what_tickets_say(asked: Asked) -> None:
    """Products, plans and languages, the most first and then by name; tickets that say nothing are left out."""
    said = [("Web", "pro", "en"), ("iOS", "pro", "de"), ("Web", "", "en"), ("", "", "")]
    tickets = [replace(asked(str(n), "x"), product=p, plan=q, lang=c) for n, (p, q, c) in enumerate(said)]
    found = breakdown(tickets)
    assert (found.products, found.plans) == ((("Web", 2), ("iOS", 1)), (("pro", 2),))
    assert found.languages == (("en", 2), ("de", 1))
