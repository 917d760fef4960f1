"""Weights: how much a word in one field says about an article (BM25F, Robertson and Zaragoza 2009, section 3.6)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kbgen.search.shard import IMPACTS
from kbgen.search.terms import FIELDS, occurrences

BOOSTS = (4.0, 3.0, 2.0, 1.5, 1.0, 0.5, 0.3, 0.5)
"""What one occurrence in each field counts."""
SHORTENING = (0.5, 0.3, 0.5, 0.5, 0.3, 0.7, 0.9, 0.3)
"""How much a longer field thins its words out, from 0 to 1 (b of BM25F)."""
K1 = 3.5
"""With this weight, a word has half of its greatest impact."""
STEP = math.log(1.25)


def coarse(count: float) -> float:
    """A number rounded to powers of 1.25, so that a small edit leaves the impact of the other words as it is."""
    return math.exp(round(math.log(count) / STEP) * STEP) if count > 0 else 0.0


def means(totals: Iterable[tuple[int, int]]) -> list[float]:
    """The rounded mean length of each field, from its words and the articles that have it."""
    return [coarse(words / articles) if articles else 1.0 for words, articles in totals]


def worth(lengths: Iterable[int], usual: Sequence[float]) -> list[float]:
    """What one occurrence in each field of an article counts, by the lengths of its fields and the usual ones."""
    rows = zip(lengths, usual, BOOSTS, SHORTENING, strict=True)
    return [boost / (1 - b + b * coarse(length) / mean) for length, mean, boost, b in rows]


def impact(counts: str, each: Sequence[float]) -> int:
    """The impact of a term on an article, from 1 to `IMPACTS`."""
    weight = sum(count * one for count, one in zip(occurrences(counts), each, strict=False))
    return 1 + round((IMPACTS - 1) * weight / (K1 + weight))


assert len(BOOSTS) == len(SHORTENING) == len(FIELDS)  # noqa: S101 - one for each field
