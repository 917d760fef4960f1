"""The order of what to write first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from topic_reports import make_report

from kbgen.report.priority import ordered, priority
from kbgen.report.row import OPEN, STATUSES, Row, Severity, Volume

ROW = Row(
    id="t-1",
    label="How?",
    phrases=("how",),
    tickets=20,
    status="unanswered",
    volume=Volume(weeks=(1,) * 20, first_week="2026-01-05", per_week=1.0, interval=(0.3, 2.6), direction="steady"),
)


def test_what_is_answered_or_set_aside_has_no_priority() -> None:
    """Nothing is left to write about it."""
    assert [priority(replace(ROW, status=status)) > 0 for status in STATUSES] == [s in OPEN for s in STATUSES]


def test_more_tickets_a_larger_gap_a_rise_and_harm_come_first() -> None:
    """Each of the four numbers moves a topic up when it alone is larger."""
    mean = priority(ROW)
    assert priority(replace(ROW, volume=replace(ROW.volume, weeks=(2,) * 20))) > mean
    assert priority(replace(ROW, status="partly")) < mean
    assert priority(replace(ROW, volume=replace(ROW.volume, direction="rising"))) > mean
    assert priority(replace(ROW, volume=replace(ROW.volume, direction="fading"))) < mean
    assert priority(replace(ROW, severity=Severity(score=0.5))) > mean


def test_a_few_tickets_in_one_week_do_not_come_before_many_in_a_quarter() -> None:
    """Three of one week are less sure than thirty of thirteen."""
    burst = replace(ROW, tickets=3, volume=replace(ROW.volume, weeks=(3,), direction="steady"))
    usual = replace(ROW, tickets=30, volume=replace(ROW.volume, weeks=(2, 3) * 6, direction="steady"))
    assert priority(burst) < priority(usual)


def test_tickets_without_days_are_ordered_by_their_number() -> None:
    """An export without days still has an order."""
    small, large = replace(ROW, id="t-2", volume=Volume()), replace(ROW, tickets=60, volume=Volume())
    assert [row.tickets for row in ordered([small, large])] == [60, 20]


ROWS = make_report(14).rows


@given(st.permutations(ROWS))
def test_the_order_of_rows_decides_nothing(rows: list[Row]) -> None:
    """Any order of the same topics gives one list: open ones first, those set aside last."""
    found = ordered(rows)
    assert found == ordered(ROWS)
    groups = [0 if row.status in OPEN else STATUSES.index(row.status) for row in found]
    assert groups == sorted(groups)
