"""The digest: what all votes come to."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from voting import revision

from kbgen.feedback.count import Count
from kbgen.feedback.digest import ArticleVotes, Row, merged, moved, ordered

A, B, C = (revision(name) for name in "abc")


def a_count(yes: int, first: int = 0, last: int = 0) -> Count:
    """So many yes, in some days of November."""
    begin = date(2026, 11, 1)
    return Count(yes=yes, no=0, reasons={}, first=begin + timedelta(first), last=begin + timedelta(max(first, last)))


def merged_yes(kept: Row | None, found: Count | None) -> int:
    return merged({(A, ""): kept} if kept else {}, {(A, ""): found} if found else {})[A, ""].count.yes


def test_only_in_one_place() -> None:
    """Votes that only the database has, or only the digest, stand."""
    assert merged_yes(None, a_count(3)) == 3
    assert merged_yes(Row(live=a_count(3)), None) == 3


def test_the_database_knows_best() -> None:
    """Where the database has the same days, its number stands, even when votes were taken back."""
    assert merged_yes(Row(live=a_count(9, 0, 5)), a_count(8, 0, 5)) == 8
    assert merged_yes(Row(live=a_count(9, 0, 5)), a_count(20, 0, 9)) == 20


def test_a_database_that_lost_votes() -> None:
    """A database that was restored from an older copy, or has lost old days, does not lower a count."""
    assert merged_yes(Row(live=a_count(9, 0, 5)), a_count(4, 0, 3)) == 9
    assert merged_yes(Row(live=a_count(9, 0, 5)), a_count(4, 2, 6)) == 9
    assert merged_yes(Row(live=a_count(9, 0, 5)), a_count(30, 2, 6)) == 30


def test_a_new_database() -> None:
    """Votes in a database that begins after the digest ended come on top, and again only once."""
    kept = Row(live=a_count(9, 0, 5))
    once = merged({(A, ""): kept}, {(A, ""): a_count(2, 6, 7)})
    assert once[A, ""].count.yes == 11
    assert merged(once, {(A, ""): a_count(2, 6, 7)}) == once
    assert merged(once, {(A, ""): a_count(5, 6, 9)})[A, ""].count.yes == 14
    third = merged(once, {(A, ""): a_count(1, 20)})
    assert third[A, ""].count.yes == 12


ROWS = st.builds(a_count, st.integers(1, 30), st.integers(0, 10), st.integers(0, 10))


@given(st.lists(ROWS, min_size=1, max_size=6))
def test_the_same_database_twice(found: list[Count]) -> None:
    """Whatever databases came before, the same one again changes nothing, and no count sinks that it does not cover."""
    rows: dict[tuple[str, str], Row] = {}
    for count in found:
        before = rows
        rows = merged(before, {(A, ""): count})
        assert merged(rows, {(A, ""): count}) == rows
        covers = before and count.first <= before[A, ""].live.first and count.last >= before[A, ""].live.last
        if before and not covers:
            assert rows[A, ""].count.yes >= before[A, ""].count.yes


def test_counts() -> None:
    """A count adds up its revisions; sections stay apart; an empty count is none."""
    votes = ArticleVotes(
        groups=((A, B), (C,)),
        rows={
            (A, ""): Row(live=a_count(1), past=a_count(5)),
            (B, ""): Row(live=a_count(2)),
            (B, "fix"): Row(live=a_count(4)),
        },
    )
    first, running = votes.counts
    assert (first and first.yes, running, votes.running) == (8, None, None)
    assert votes.all
    assert votes.all.yes == 8
    assert votes.sections((A, B)) == {"fix": a_count(4)}
    assert votes.sections((C,)) == {}


def test_two_articles_that_became_one() -> None:
    """Where an article was moved, its votes and what was decided of its texts move along."""
    old = ArticleVotes(groups=((A,), (B,)), rows={(A, ""): Row(live=a_count(1)), (B, ""): Row(live=a_count(2))})
    new = ArticleVotes(groups=((B, C),), rows={(B, ""): Row(live=a_count(3), past=a_count(1))})
    found = moved({"new.md": new, "old.md": old}, {"old.md": "new.md"})
    assert found["new.md"].groups == ((A,), (B, C))
    assert found["new.md"].rows[B, ""].count.yes == 6
    assert found["new.md"].rows[A, ""].count.yes == 1


def test_order_of_counts() -> None:
    """Counts come by their first vote, the one of the present text last; texts without votes are left out."""
    rows = {(A, ""): Row(live=a_count(1, 5)), (B, ""): Row(live=a_count(1, 2)), (B, "x"): Row(live=a_count(1, 1))}
    assert ordered(((A, "unvoted"), (B,), ("empty",)), rows, "") == ((B,), (A,))
    assert ordered(((A,), (B,)), rows, B) == ((A,), (B,))
    assert ordered(((A,), (B,), (C,)), rows, C) == ((B,), (A,), (C,))
