"""The summary: votes by article, and what so few of them can tell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voting import DAY, a_tally, noes, revision

from kbgen.feedback.count import by_article
from kbgen.feedback.digest import ArticleVotes, merged
from kbgen.feedback.summary import FEWEST, ArticleFeedback, Beside, said, summary, text_summary, wilson
from kbgen.feedback.tally import Comment, Mislead, Tally
from kbgen.feedback.vote import Reason


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
    """A row counts yes and no, and the reasons of the noes, over all revisions."""
    (row,) = summary([a_tally(n=2), noes(name="b", n=2, reason=Reason.UNCLEAR), noes(reason=Reason.MISSING), noes(n=3)])
    assert (row.yes, row.no, row.votes) == (2, 6, 8)
    assert row.reasons == {"missing": 1, "unclear": 2}
    assert row.interval == wilson(2, 8)


def test_reason_of_a_yes() -> None:
    """A reason why an article did not help counts only where it did not."""
    (row,) = summary([a_tally(reason=Reason.WRONG)])
    assert row.reasons == {}


def test_sections() -> None:
    """A vote on a section is none on the article."""
    assert summary([a_tally(section="fix")]) == []
    (row,) = summary([a_tally(section="fix"), a_tally()])
    assert row.votes == 1


def test_no_votes() -> None:
    """Without votes there is no row."""
    assert summary([]) == []


def test_order() -> None:
    """The surest of failures comes first: 70 noes of 100 before 4 of 5."""
    cast = [a_tally("hundred.md", n=30), noes("hundred.md", n=70), a_tally("five.md"), noes("five.md", n=4)]
    rows = summary([*cast, a_tally("good.md", n=9), a_tally("also-good.md", n=9)])
    assert [(row.rank, row.article) for row in rows] == [
        (1, "hundred.md"),
        (2, "five.md"),
        (3, "also-good.md"),
        (4, "good.md"),
    ]


def test_too_few() -> None:
    """Articles with fewer than five votes have no rank and come last, whatever was voted."""
    rows = summary([noes("b.md", n=4), noes("a.md", n=1), a_tally("good.md", n=FEWEST)])
    assert [(row.rank, row.article) for row in rows] == [(1, "good.md"), (0, "a.md"), (0, "b.md")]
    assert [row.as_json()["rank"] for row in rows] == [1, None, None]
    assert [row.enough for row in rows] == [True, False, False]


def test_not_what_they_looked_for() -> None:
    """Readers who had looked for something else are no fault of the text: they do not put an article first."""
    astray = noes("astray.md", n=9, reason=Reason.NOT_WHAT_I_LOOKED_FOR)
    searches = (Mislead(article="astray.md", query="refund", n=7),)
    rows = summary(
        [a_tally("astray.md", n=9), astray, a_tally("bad.md", n=9), noes("bad.md", n=5)],
        Beside(searches={"astray.md": searches}),
    )
    assert [row.article for row in rows] == ["bad.md", "astray.md"]
    assert rows[1].as_json()["findability"] == {"n": 9, "searches": [{"query": "refund", "n": 7}]}
    assert rows[0].misled == 0


def test_trend() -> None:
    """Before and after a major edit each text has its own n and interval; a text that nobody voted on shows none."""
    cast = [a_tally(name="a", n=2), noes(name="a", n=8), a_tally(name="b", n=9), noes(name="b", n=1)]
    texts = ((revision("a"),), (revision("b"),), (revision("c"),))
    votes = ArticleVotes(groups=texts, rows=merged({}, by_article(cast)["a.md"]))
    (row,) = text_summary({"a.md": votes, "none.md": ArticleVotes(groups=texts)}, Beside(revisions={"a.md": "c"}))
    ((before, after),) = row.trend
    assert (before.yes, before.votes, before.interval) == (2, 10, wilson(2, 10))
    assert (after.yes, after.votes, after.interval) == (9, 10, wilson(9, 10))
    data = row.as_json()
    assert data["revision"] == "c"
    counts = data["counts"]
    assert isinstance(counts, list)
    assert [(count["votes"], count["enough"]) for count in counts] == [(10, True), (10, True), (0, False)]
    assert counts[2]["first"] is None


def test_comments() -> None:
    """What readers wrote comes with the article that they wrote about, wherever it was then."""
    words = {"section": "", "helpful": False, "reason": None, "revision": "x", "day": DAY}
    comments = [Comment(article="old.md", text="Second", **words), Comment(article="new.md", text="First", **words)]
    assert said(comments, {"old.md": "new.md"}) == {"new.md": ["Second", "First"]}
    (row,) = summary([a_tally("new.md")], Beside(comments={"new.md": ["Second"]}))
    assert row.as_json()["comments"] == ["Second"]


def test_json() -> None:
    """The JSON of a row has the interval as a pair, and says whether the votes are enough to tell."""
    data = ArticleFeedback(article="a.md", yes=3, no=1, reasons={}).as_json()
    assert data["interval"] == [0.3006, 0.9544]
    assert (data["votes"], data["enough"]) == (4, False)
    assert FEWEST == 5
    assert {"article", "yes", "no", "reasons", "interval"} <= set(data)
    assert not {"revision", "counts"} & set(data)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(1, 9), st.sampled_from("12"))))
def test_any_votes(cast: list[tuple[str, bool, int, str]]) -> None:
    """Every vote is counted once, in the row of its article; ranks count up from one."""
    tallies: list[Tally] = [a_tally(f"{a}.md", name, n, helpful=yes) for a, yes, n, name in cast]
    rows = summary(tallies)
    assert sum(row.votes for row in rows) == sum(n for _, _, n, _ in cast)
    assert len({row.article for row in rows}) == len(rows)
    ranks = [row.rank for row in rows if row.enough]
    assert ranks == list(range(1, len(ranks) + 1))


def test_a_million_votes() -> None:
    """A hundred thousand tallies are summed up in less than a second and a half of the processor."""
    tallies = [
        a_tally(f"{n % 900}.md", f"{n % 7}", 10, (None, Reason.UNCLEAR)[n % 2], helpful=n % 3 > 0)
        for n in range(100_000)
    ]
    began = time.process_time()
    rows = summary(tallies)
    assert time.process_time() - began < 1.5
    assert sum(row.votes for row in rows) == 1_000_000
