"""Ranking: first by the postings of every article, then, among the best, by what they say (the same in the browser)."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, NamedTuple

from kbgen.search.query import LITTLE, Asked, Query
from kbgen.search.words import fold, words

if TYPE_CHECKING:
    from kbgen.search.index import Index

READ = 8
"""Articles that are read to tell which fits best."""
ALL_WORDS = 0.7
"""How much of its score an article loses that has none of the words, by their rarity."""
RARE, RARE_IMPACT = 3, 20
"""A word that so few articles have has at least such an impact, wherever it stands."""
SAME_QUESTION, OTHER_PHRASES, SAME_PLACE = 1.5, 1.0, 1.2
"""How much more an article counts whose title or answer phrase is the query, how much three further phrases add to
that, and how much more it counts with all words in one of its parts."""
TOP = -1
USUAL_LITTLE = 1_500
"""The rarity of a word that says little and that was not asked for, where phrases are compared."""


@dataclass(kw_only=True)
class Ranked:
    """An article that was found."""

    slot: int
    score: float
    entry: dict[str, Any] = field(default_factory=dict)
    part: int = TOP
    """The part of the article that has most of the query, `TOP` where title and summary have as much."""
    phrase: float = 0.0
    """How nearly its title or an answer phrase asks the same, from 0 to 1."""


def rank(query: Query, index: Index, *, most: int, only: set[int] | None = None) -> tuple[list[Ranked], int]:
    """The `most` best articles by their postings, and how many have a word of the query."""
    scores: dict[int, float] = {}
    covered: dict[int, int] = {}
    total = 0
    for asked in query.asked:
        rarity = 0 if asked.is_little else max(map(index.rarity, asked.meanings), default=0)
        total += rarity
        for slot, score in _best(asked, index).items():
            scores[slot] = scores.get(slot, 0) + score
            covered[slot] = covered.get(slot, 0) + rarity
    if any(asked.is_little for asked in query.asked):  # such a word alone does not make an article an answer
        scores = {slot: score for slot, score in scores.items() if covered[slot]}
    if only is not None:
        scores = {slot: score for slot, score in scores.items() if slot in only}
    share = ALL_WORDS / total if total else 0.0
    least = 1 - ALL_WORDS if total else 1.0
    found = ((-score * (least + share * covered[slot]), slot) for slot, score in scores.items())
    return [Ranked(slot=slot, score=-score) for score, slot in nsmallest(most, found)], len(scores)


def _best(asked: Asked, index: Index) -> dict[int, float]:
    """What each article gets for one word of the query: the most that a meaning of it gives."""
    best: dict[int, float] = {}
    for stem, factor in asked.meanings.items():
        group = index.group(stem)
        worth = factor * index.rarity(stem) * (LITTLE if asked.is_little else 1.0)
        least = RARE_IMPACT if group.count <= RARE else 0
        found = {slot: worth * (max(least, impact)) for slot, impact in group.postings.items()}
        if not best:
            best = found
        else:
            for slot, score in found.items():
                if score > best.get(slot, 0):
                    best[slot] = score
    return best


def read_again(ranked: list[Ranked], query: Query, index: Index, most: int = READ) -> list[Ranked]:
    """The same, with the best of them read and put in order by what they say."""
    first = ranked[:most]
    phrase = Phrase(query, index)
    for each in first:
        each.entry = index.article(each.slot)
        fit = phrase.fit(each.slot)
        each.phrase, each.part = fit.phrase, fit.part
        each.score *= fit.question * fit.place * fit.prior
    return sorted(first, key=_order) + ranked[most:]


def _order(ranked: Ranked) -> tuple[float, int]:
    return -ranked.score, ranked.slot


def meanings(query: Query, *, little: bool = False) -> dict[str, int]:
    """Which word of the query, by number, each form that articles write stands for; with those that say `little`."""
    found: dict[str, int] = {}
    for number, asked in enumerate(query.asked):
        for form in sorted(asked.forms) if little or not asked.is_little else ():
            found.setdefault(form, number)
    return found


class Fit(NamedTuple):
    """How well an article that was read fits a query: what its score is multiplied by, and why."""

    question: float
    place: float
    prior: float
    phrase: float
    """How nearly its title or an answer phrase asks the same, from 0 to 1."""
    part: int
    """The part that has most of the query."""
    share: float
    """How much of the query that part has, from 0 to 1."""


class Phrase:
    """The query as a phrase that others are compared with."""

    def __init__(self, query: Query, index: Index) -> None:
        """Take what is meant, and how rare it is."""
        self.index, self.stop, self.asked = index, index.stop, query.asked
        self.rarities = [max(map(index.rarity, asked.meanings), default=0) for asked in query.asked]
        self.usual = sum(self.rarities) / len(self.rarities) if self.rarities else 0.0
        self.meant, self.telling = meanings(query, little=True), meanings(query)
        unknown = sum(not asked.meanings and not asked.is_little for asked in query.asked)
        self.weight = sum(self.rarities) + unknown * index.rarity_of(0)

    def fit(self, slot: int) -> Fit:
        """How well an article fits."""
        entry = self.index.article(slot)
        alike = sorted(map(self.likeness, [entry["title"], *entry["answers"]]), reverse=True)
        part, share = self.best_part(entry)
        return Fit(
            question=1 + SAME_QUESTION * (alike[0] + OTHER_PHRASES * sum(alike[1:4]) / 3),
            place=1 + SAME_PLACE * share,
            prior=1 + entry.get("prior", 0),
            phrase=alike[0],
            part=part,
            share=share,
        )

    def likeness(self, text: str) -> float:
        """How alike the query and a phrase are: twice what they share over what both have (Dice), by rarity."""
        own = list(dict.fromkeys(map(fold, words(text))))
        shared = weight = 0.0
        seen: set[int] = set()
        for word in own:
            number = self.meant.get(word)
            if number is None:
                weight += USUAL_LITTLE if word in self.stop else self.usual
            elif number not in seen:
                seen.add(number)
                weight += self.rarities[number]
                shared += self.rarities[number]
        return 2 * shared / (weight + self.weight) if weight + self.weight else 0.0

    def best_part(self, entry: dict[str, Any]) -> tuple[int, float]:
        """The part that has more of the query than title and summary have, and how much a part has, from 0 to 1."""
        best, most = TOP, 0.0
        whole = sum(rarity for rarity, asked in zip(self.rarities, self.asked, strict=True) if not asked.is_little)
        least = sum(self.rarities[n] for n in sorted(self._has(entry["title"]) | self._has(entry["description"])))
        for number, part in enumerate(entry["parts"]):
            heading = self._has(part["heading"])
            has = heading | self._has(part["text"])
            share = sum(self.rarities[n] for n in sorted(has)) + 0.1 * sum(self.rarities[n] for n in sorted(heading))
            if share > max(most, least):
                best = number
            most = max(most, share)
        return best, min(1.0, max(most, least) / whole) if whole else 0.0

    def _has(self, text: str) -> set[int]:
        return {self.telling[word] for word in map(fold, set(words(text))) if word in self.telling}
