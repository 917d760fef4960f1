"""Findability: searches that led astray."""

from __future__ import annotations

from kbgen.feedback.findability import misleading
from kbgen.feedback.tally import Mislead


def a_mislead(article: str, query: str, n: int) -> Mislead:
    return Mislead(article=article, query=query, n=n)


def test_rare_searches_stay_hidden() -> None:
    """A search that fewer than three people typed is not shown; the others come by number."""
    found = misleading([a_mislead("a.md", q, n) for q, n in (("rare", 2), ("often", 9), ("also", 3), ("and", 3))])
    assert [(each.query, each.n) for each in found["a.md"]] == [("often", 9), ("also", 3), ("and", 3)]
    assert misleading([a_mislead("a.md", "rare", 2)]) == {}


def test_moved_articles() -> None:
    """Searches that led to an article under its old path and its new one are added up."""
    found = misleading([a_mislead("old.md", "x", 2), a_mislead("new.md", "x", 1)], {"old.md": "new.md"})
    assert found == {"new.md": (a_mislead("new.md", "x", 3),)}
