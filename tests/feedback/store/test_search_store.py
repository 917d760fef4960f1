"""The store of searches: counts by day, language and query, beside the votes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from ballots import DAY, a_ballot

from kbgen.feedback.missed import SearchCount
from kbgen.feedback.search import Search
from kbgen.feedback.store.interface import Store, StoreError
from kbgen.feedback.store.table import open_store

VOTE = a_ballot(1)


def a_search(query: str = "reset password", **more: object) -> Search:
    fields: dict[str, object] = {"lang": "en", "results": 3, "clicked": True, "contacted": False, **more}
    return Search(query=query, **fields)  # type: ignore[arg-type]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "votes.sqlite"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{database}")) as opened:
        yield opened


def test_searches_are_counted(store: Store) -> None:
    """One row for each language and query says how often, and how it went."""
    store.save([a_search(), a_search(results=0, clicked=False), a_search(clicked=False, contacted=True)], DAY)
    store.save([a_search(lang="de")], DAY)
    assert store.searches(DAY) == [
        SearchCount(lang="de", query="reset password", n=1, empty=0, unclicked=0, contacted=0),
        SearchCount(lang="en", query="reset password", n=3, empty=1, unclicked=1, contacted=1),
    ]


def test_votes_and_searches_share_a_commit(store: Store) -> None:
    """Both go into one transaction: where one cannot be stored, the other is not acknowledged either."""
    store.save([VOTE, a_search()], DAY)
    assert (list(store.ballots()), store.searches(DAY)[0].n) == ([VOTE], 1)
    with pytest.raises(StoreError):
        store.save([a_search(), a_search(query=None)], DAY)
    assert store.searches(DAY)[0].n == 1


def test_nothing_tells_who_searched_or_when(database: Path, store: Store) -> None:
    """A row has the day, and no finer time; searches of one day cannot be told apart."""
    store.save([a_search(), a_search()], DAY)
    with closing(sqlite3.connect(database)) as other:
        names = [row[1] for row in other.execute("PRAGMA table_info(search)")]
        assert names == ["day", "lang", "query", "n", "empty", "unclicked", "contacted"]
        assert other.execute("SELECT day, n FROM search").fetchall() == [(DAY.isoformat(), 2)]


def test_only_the_days_asked_for(database: Path, store: Store) -> None:
    """Counts are summed from a day on."""
    store.save([a_search()], DAY)
    with closing(sqlite3.connect(database)) as other, other:
        day = (DAY - timedelta(10)).isoformat()
        other.execute("INSERT INTO search VALUES (?, 'en', 'reset password', 5, 5, 0, 0)", (day,))
    assert store.searches(DAY)[0].n == 1
    assert store.searches(DAY - timedelta(10))[0].n == 6
