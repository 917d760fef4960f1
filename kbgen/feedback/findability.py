"""Findability: the searches that led readers to an article that was not what they looked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kbgen.feedback.missed import FEWEST
from kbgen.feedback.tally import Mislead


def misleading(misleads: Iterable[Mislead], moved: Mapping[str, str] | None = None) -> dict[str, tuple[Mislead, ...]]:
    """The searches by article, the most frequent first; those that too few people typed are left out.

    `moved` leads from old paths to present ones.
    """
    places = moved or {}
    counts: Counter[tuple[str, str]] = Counter()
    for mislead in misleads:
        counts[places.get(mislead.article, mislead.article), mislead.query] += mislead.n
    found: dict[str, list[Mislead]] = defaultdict(list)
    for (article, query), n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if n >= FEWEST:
            found[article].append(Mislead(article=article, query=query, n=n))
    return {article: tuple(searches) for article, searches in found.items()}
