"""The item of the review queue: one thing to mend, with everything that speaks for it.

All causes are measured in the same unit, so that they can be compared and added up: readers in a quarter of whom we
are fairly sure that they did not get their answer. Where a share was measured, that is the lower end of its 95 %
interval times the readers who were asked, so that 1 of 1 does not come before 30 of 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from kbgen.feedback.summary import wilson

QUARTER = timedelta(days=90)


class Kind(StrEnum):
    """What an item is about."""

    ARTICLE = "article"
    SEARCH = "search"
    TOPIC = "topic"


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One reason to mend something, with its evidence and what to do."""

    kind: str
    readers: float
    """How many readers in a quarter it leaves without an answer, at least."""
    evidence: str
    action: str
    facts: Mapping[str, object] = field(default_factory=dict)
    """The evidence for programs."""

    def as_json(self) -> dict[str, object]:
        """The cause in `--json`."""
        told = {"kind": self.kind, "readers": round(self.readers, 2), "evidence": self.evidence, "action": self.action}
        return {**told, **self.facts}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to mend or to write."""

    kind: Kind
    subject: str
    """Path of an article, words of a search, or id of a topic."""
    title: str
    causes: tuple[Cause, ...]
    """The strongest first."""
    rank: int = 0

    @property
    def readers(self) -> float:
        """How many readers in a quarter all causes together leave without an answer."""
        return sum(cause.readers for cause in self.causes)

    def as_json(self) -> dict[str, object]:
        """The item in `--json`."""
        return {
            "rank": self.rank,
            "kind": self.kind.value,
            "subject": self.subject,
            "title": self.title,
            "readers": round(self.readers, 2),
            "action": self.causes[0].action,
            "causes": [cause.as_json() for cause in self.causes],
        }


def at_least(part: int, whole: int, since: date, today: date) -> float:
    """Readers in a quarter, at least, when `part` of `whole` readers since a day say the same."""
    span = max(QUARTER, today - since + timedelta(days=1))
    return wilson(part, whole)[0] * whole * (QUARTER / span)


def ordered(items: Iterable[Item]) -> list[Item]:
    """The items that help most readers first; among equals by kind and subject."""
    sure = (replace(item, causes=tuple(sorted(item.causes, key=lambda c: (-c.readers, c.kind)))) for item in items)
    best = sorted(sure, key=lambda item: (-round(item.readers, 6), item.kind, item.subject))
    return [replace(item, rank=rank) for rank, item in enumerate(best, start=1)]
