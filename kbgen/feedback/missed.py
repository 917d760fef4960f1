"""Missed searches: what people look for and do not find, the most useful to write about first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kbgen.feedback.summary import wilson

FEWEST = 3
"""Searches below which a query is not shown: what only one or two people typed may tell who they are."""


@dataclass(frozen=True, kw_only=True)
class SearchCount:
    """How often a query was searched for over some days, and how that went."""

    lang: str
    query: str
    n: int
    empty: int
    """Searches that found no article."""
    unclicked: int
    """Searches that found articles of which none was opened."""
    contacted: int
    """Searches after which somebody wrote to a person."""

    @property
    def missed(self) -> int:
        """Searches that led to no article."""
        return self.empty + self.unclicked

    @property
    def interval(self) -> tuple[float, float]:
        """Within what the share of missed searches lies (95 %, Wilson)."""
        return wilson(self.missed, self.n)

    def as_json(self) -> dict[str, object]:
        """The query's row in `--json`; the interval as a pair of shares from 0 to 1."""
        return {**asdict(self), "missed": self.missed, "interval": [round(end, 4) for end in self.interval]}


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What is missed, and how many queries are too rare to be shown."""

    searches: tuple[SearchCount, ...]
    rare: int


def missed(counts: Iterable[SearchCount]) -> Missed:
    """The queries that led to no article at least once.

    Order: the searches that are surely missed (lower end of the interval, times searches), most first, so that
    1 of 1 does not come before 30 of 100; then those after which more people wrote.
    """
    found = [count for count in counts if count.missed]
    often = [count for count in found if count.n >= FEWEST]
    ordered = sorted(often, key=lambda c: (-c.interval[0] * c.n, -c.contacted, -c.n, c.lang, c.query))
    return Missed(searches=tuple(ordered), rare=len(found) - len(often))
