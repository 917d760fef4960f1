"""Missed searches: which come first, and which are not shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbgen.feedback.missed import FEWEST, SearchCount, missed


def count(query: str, n: int, *, empty: int = 0, unclicked: int = 0, contacted: int = 0) -> SearchCount:
    return SearchCount(lang="en", query=query, n=n, empty=empty, unclicked=unclicked, contacted=contacted)


def test_order() -> None:
    """Many sure misses come before few, and before a large share of almost nothing."""
    found = missed([count("few", 3, empty=3), count("some", 100, unclicked=30), count("many", 40, empty=40)])
    assert [each.query for each in found.searches] == ["many", "some", "few"]


def test_those_who_then_wrote_decide_between_equals() -> None:
    """Of two searches that fail as often, the one after which people write comes first."""
    found = missed([count("a", 5, empty=5), count("b", 5, empty=5, contacted=2)])
    assert [each.query for each in found.searches] == ["b", "a"]


def test_found_searches_are_not_missed() -> None:
    """A search that always led to an article is not in the list."""
    assert missed([count("fine", 50)]).searches == ()


def test_rare_searches_are_counted_but_not_shown() -> None:
    """What was typed once or twice may say who typed it."""
    found = missed([count("rare", FEWEST - 1, empty=1), count("often", FEWEST, empty=1)])
    assert ([each.query for each in found.searches], found.rare) == (["often"], 1)


def test_json() -> None:
    """The row has how often, how it went and within what the share of misses lies."""
    assert count("x", 10, empty=2, unclicked=3, contacted=1).as_json() == {
        "lang": "en",
        "query": "x",
        "n": 10,
        "empty": 2,
        "unclicked": 3,
        "contacted": 1,
        "missed": 5,
        "interval": [0.2366, 0.7634],
    }


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), max_size=20))
def test_every_missed_search_is_counted_once(figures: list[tuple[int, int]]) -> None:
    """Each query is shown, counted as rare, or was never missed."""
    counts = [count(f"q{i}", n, empty=min(n, empty)) for i, (n, empty) in enumerate(figures)]
    found = missed(counts)
    assert len(found.searches) + found.rare == sum(each.missed > 0 for each in counts)
