"""The count: votes added up, and what is known of them per revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add

from kbgen.feedback.tally import Tally
from kbgen.feedback.vote import Reason

NOT_FOUND = Reason.NOT_WHAT_I_LOOKED_FOR.value
"""The reason that tells of search and links, not of the text."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """Votes added up; `first` and `last` are the days of the first and the last of them."""

    yes: int
    no: int
    reasons: Mapping[str, int]
    """How often each reason was given for a no."""
    first: date
    last: date

    @property
    def votes(self) -> int:
        """How many readers voted."""
        return self.yes + self.no

    @property
    def misled(self) -> int:
        """Readers who had looked for something else: no fault of the text."""
        return self.reasons.get(NOT_FOUND, 0)

    def __add__(self, other: Count) -> Count:
        reasons = Counter(self.reasons) + Counter(other.reasons)
        return Count(
            yes=self.yes + other.yes,
            no=self.no + other.no,
            reasons=dict(sorted(reasons.items())),
            first=min(self.first, other.first),
            last=max(self.last, other.last),
        )


def total(counts: Iterable[Count]) -> Count | None:
    """All of them together, `None` where there are none."""
    several = list(counts)
    return reduce(add, several) if several else None


Spot = tuple[str, str]
"""A revision, and the anchor of the heading that votes are about, `""` for the whole article."""


def by_article(tallies: Iterable[Tally], moved: Mapping[str, str] | None = None) -> dict[str, dict[Spot, Count]]:
    """The votes of each article by revision and section; `moved` leads from old paths to present ones."""
    sums: dict[tuple[str, str, str], _Sum] = {}
    places = moved or {}
    for tally in tallies:
        key = places.get(tally.article, tally.article), tally.revision, tally.section
        (sums.get(key) or sums.setdefault(key, _Sum(tally.first, tally.last))).add(tally)
    found: dict[str, dict[Spot, Count]] = {}
    for (article, revision, section), votes in sums.items():
        found.setdefault(article, {})[revision, section] = votes.count()
    return found


@dataclass
class _Sum:
    first: date
    last: date
    yes: int = 0
    no: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, tally: Tally) -> None:
        self.first, self.last = min(self.first, tally.first), max(self.last, tally.last)
        if tally.helpful:
            self.yes += tally.n
            return
        self.no += tally.n
        if tally.reason:
            self.reasons[tally.reason.value] += tally.n

    def count(self) -> Count:
        reasons = dict(sorted(self.reasons.items()))
        return Count(yes=self.yes, no=self.no, reasons=reasons, first=self.first, last=self.last)
