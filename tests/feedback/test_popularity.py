"""Popularity: what votes change in the order of search."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from voting import revision

from kbgen.feedback.count import Count
from kbgen.feedback.digest import ArticleVotes, Row
from kbgen.feedback.popularity import MOST, STEP, prior_of, priors

DAY = date(2026, 11, 1)


def votes(*counts: tuple[int, int]) -> ArticleVotes:
    """An article with so many yes and no in each count."""
    groups = tuple((revision(str(number)),) for number in range(len(counts)))
    rows = {
        (group[0], ""): Row(live=Count(yes=yes, no=no, reasons={}, first=DAY, last=DAY))
        for group, (yes, no) in zip(groups, counts, strict=True)
        if yes or no
    }
    return ArticleVotes(groups=groups, rows=rows)


def test_helpful_and_not() -> None:
    """What helped more than usual is raised, what helped less is lowered."""
    found = priors({"good.md": votes((90, 10)), "bad.md": votes((10, 90)), "usual.md": votes((1, 1))})
    assert found["good.md"] > found.get("usual.md", 0) > found["bad.md"]


def test_a_mended_article() -> None:
    """Votes on a text before a major edit do not lower the one that took its place; readers helped still count."""
    others = {"o.md": votes((50, 50))}
    assert priors(others | {"a.md": votes((10, 90), (0, 0))})["a.md"] >= 0
    assert priors(others | {"a.md": votes((10, 90))})["a.md"] < 0


def test_few_votes() -> None:
    """One vote changes next to nothing, and without votes there is no prior."""
    found = priors({"one.md": votes((0, 1)), "none.md": votes((0, 0)), "many.md": votes((80, 20))})
    assert abs(found.get("one.md", 0)) <= STEP
    assert "none.md" not in found
    assert priors({}) == {}


def test_a_vote_more() -> None:
    """One more vote on one article leaves the priors of the others as they are."""
    digest = {f"{n}.md": votes((7 * n, 3 * n + 5)) for n in range(1, 30)}
    before, after = priors(digest), priors({**digest, "1.md": votes((8, 8))})
    assert {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)} <= {"1.md"}


COUNTS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


@given(st.dictionaries(st.sampled_from("abcdef"), COUNTS))
def test_bounds(cast: dict[str, tuple[int, int]]) -> None:
    """However readers vote, a score changes by a tenth at most, in steps."""
    for value in priors({path: votes(counts) for path, counts in cast.items()}).values():
        assert 0 < abs(value) <= MOST
        assert round(value / STEP, 6) == round(value / STEP)


def test_a_moved_article() -> None:
    """An article that was moved since the digest has the prior of its former place."""
    assert prior_of({"old.md": 0.04}, "new.md", ("older.md", "old.md")) == 0.04
    assert prior_of({"old.md": 0.04, "new.md": -0.02}, "new.md", ("old.md",)) == -0.02
    assert prior_of({}, "new.md") == 0
