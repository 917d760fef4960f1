"""The relevance: how near the top an engine puts an article that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from queries import Query

DEPTH = 10
"""How many results somebody looks at."""
Ranking = Sequence[str]
"""The articles that were found, best first."""
Find = Callable[[str, int], Ranking]
"""Asks an engine for so many results of a query."""


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """Means over the queries of a set, each from 0 to 1."""

    queries: int
    mrr10: float
    """One over the place of the first article that answers; 0 where none of ten does."""
    recall1: float
    """How often the first result answers."""
    recall5: float
    """How often one of the first five results answers."""
    zero: float
    """How often nothing at all is found."""


def relevance(queries: Sequence[Query], rankings: Sequence[Ranking]) -> Relevance:
    """The queries with what was found for each; there is at least one."""
    places = [place(query, ranking) for query, ranking in zip(queries, rankings, strict=True)]
    return Relevance(
        queries=len(queries),
        mrr10=fmean(1 / found if found else 0 for found in places),
        recall1=fmean(found == 1 for found in places),
        recall5=fmean(0 < found <= 5 for found in places),
        zero=fmean(not ranking for ranking in rankings),
    )


def place(query: Query, ranking: Ranking) -> int:
    """The place, from 1, of the first result that answers; 0 where none of those looked at does."""
    return next((number for number, article in enumerate(ranking[:DEPTH], 1) if article in query.relevant), 0)
