"""The summary: votes by article, and what so few of them can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.feedback.summary import FEWEST, ArticleFeedback, summary, wilson
from kbgen.feedback.vote import Reason, Vote


def a_vote(article: str, helpful: bool | None, **more: object) -> Vote:
    return Vote(id="x", article=article, revision="0" * 16, helpful=helpful, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("yes", "votes", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_intervals(yes: int, votes: int, low: float, high: float) -> None:
    """The interval is that of R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3."""
    assert wilson(yes, votes) == pytest.approx((low, high), abs=5e-5)


def test_nobody_voted() -> None:
    """Where nobody voted the share may be anything."""
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 10**6).flatmap(lambda votes: st.tuples(st.integers(0, votes), st.just(votes))))
def test_interval(pair: tuple[int, int]) -> None:
    """The interval lies between 0 and 1, holds the share, and is the mirror of the interval of the noes."""
    yes, votes = pair
    low, high = wilson(yes, votes)
    assert 0 <= low < high <= 1
    if votes:
        assert low - 1e-12 <= yes / votes <= high + 1e-12
    mirror = wilson(votes - yes, votes)
    assert (low, high) == pytest.approx((1 - mirror[1], 1 - mirror[0]), abs=1e-12)


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_votes_tell_more(yes: int, no: int) -> None:
    """Ten times the votes at the same share make the interval narrower."""
    low, high = wilson(yes, yes + no)
    low_of_ten, high_of_ten = wilson(10 * yes, 10 * (yes + no))
    assert high_of_ten - low_of_ten < high - low


def test_row() -> None:
    """A row counts yes and no, the reasons of the noes and the comments, over all revisions."""
    (row,) = summary(
        [
            a_vote("a.md", helpful=True, comment="Thanks"),
            a_vote("a.md", helpful=False, reason=Reason.UNCLEAR),
            a_vote("a.md", helpful=False, reason=Reason.UNCLEAR, comment="Step 3"),
            a_vote("a.md", helpful=False, reason=Reason.MISSING),
            a_vote("a.md", helpful=False),
        ]
    )
    assert (row.yes, row.no, row.votes) == (1, 4, 5)
    assert row.reasons == {"missing": 1, "unclear": 2}
    assert row.comments == ("Thanks", "Step 3")
    assert (row.low, row.high) == wilson(1, 5)


def test_reason_of_a_yes() -> None:
    """A reason why an article did not help counts only where it did not."""
    (row,) = summary([a_vote("a.md", helpful=True, reason=Reason.WRONG)])
    assert row.reasons == {}


def test_taken_back() -> None:
    """A vote that was taken back counts nowhere, and its comment is not shown."""
    assert summary([a_vote("a.md", helpful=None, comment="x")]) == []


def test_no_votes() -> None:
    """Without votes there is no row."""
    assert summary([]) == []


def test_order() -> None:
    """The surest of failures comes first: 30 of 100 before 0 of 1."""
    votes = [a_vote("hundred.md", helpful=n < 30) for n in range(100)]
    votes += [a_vote("one.md", helpful=False), a_vote("good.md", helpful=True), a_vote("also-good.md", helpful=True)]
    assert [row.article for row in summary(votes)] == ["hundred.md", "one.md", "also-good.md", "good.md"]


def test_json() -> None:
    """The JSON of a row has the interval as a pair, and says whether the votes are enough to tell."""
    row = ArticleFeedback(article="a.md", yes=3, no=1, reasons={}, comments=(), low=0.30064, high=0.95441)
    data = row.as_json()
    assert data["interval"] == [0.3006, 0.9544]
    assert (data["votes"], data["enough"]) == (4, False)
    assert FEWEST == 5
    assert set(data) == {"article", "yes", "no", "reasons", "comments", "votes", "interval", "enough"}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([True, False, None]))))
def test_any_votes(cast: list[tuple[str, bool | None]]) -> None:
    """Every vote that was not taken back is counted once, in the row of its article."""
    rows = summary(a_vote(f"{article}.md", helpful=helpful) for article, helpful in cast)
    assert sum(row.votes for row in rows) == sum(helpful is not None for _, helpful in cast)
    assert len({row.article for row in rows}) == len(rows)
