"""The explanation: why an article stands where it stands, in points that add up to its score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kbgen.search.entry import entry_of
from kbgen.search.index import Index
from kbgen.search.query import BY_ENDING, EXACT, LITTLE, Asked, Query
from kbgen.search.ranking import ALL_WORDS, RARE, RARE_IMPACT, READ, Fit, Phrase
from kbgen.search.reader import Reader
from kbgen.search.synonyms import Synonyms
from kbgen.search.terms import FIELDS, Terms, occurrences, terms_of
from kbgen.search.weights import impact, worth

UNIT = 1024
"""One point, as the ranking counts."""
NOT_READ = Fit(question=1.0, place=1.0, prior=1.0, phrase=0.0, part=0, share=0.0)
"""What holds for articles that are so far behind that nobody reads them again."""


@dataclass(frozen=True, kw_only=True)
class WordPoints:
    """What one word of the query brings an article."""

    word: str
    meant: str
    """The stem that it was read as."""
    how: str
    points: float
    fields: dict[str, float]
    """The same points by where the word stands."""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The score of an article, taken apart; points may be negative."""

    article: str
    score: float
    words: tuple[WordPoints, ...]
    missing: tuple[str, ...]
    """Words of the query that the article does not have."""
    coverage: float
    """Points that the missing words cost."""
    question: float
    """Points for a title or answer phrases that ask nearly the same."""
    alike: float
    """How nearly the likest of them does, from 0 to 1."""
    place: float
    """Points for a part that has many of the words."""
    share: float
    """How much of the query that part has, from 0 to 1."""
    prior: float
    """Points for what the site knows of the article, whatever is asked."""

    def as_json(self) -> dict[str, object]:
        """The explanation as it stands in `--json`."""
        return asdict(self)


def explanations(reader: Reader, text: str, *, limit: int = 8) -> list[Explanation]:
    """Why the articles that fit a query best stand in this order."""
    query, ranked = reader.best(text, limit=limit)
    phrase = Phrase(query, reader.index)
    return [
        _explanation(each.slot, query, reader.index, phrase if place < READ else None)
        for place, each in enumerate(ranked[:limit])
    ]


def _explanation(slot: int, query: Query, index: Index, phrase: Phrase | None) -> Explanation:
    entry = index.article(slot)
    terms = terms_of(entry_of(entry), Synonyms())
    found = [(asked, points) for asked in query.asked if (points := _points(asked, slot, index, terms))]
    telling = [asked for asked in query.asked if not asked.is_little]
    rarities = {asked.word: max(map(index.rarity, asked.meanings), default=0) for asked in telling}
    covered = sum(rarities.get(asked.word, 0) for asked, _ in found)
    words = sum(points.points for _, points in found)
    fit = phrase.fit(slot) if phrase else NOT_READ
    covering = words * (1 - ALL_WORDS + ALL_WORDS * covered / (sum(rarities.values()) or 1))
    asking = covering * fit.question
    standing = asking * fit.place
    return Explanation(
        article=entry["article"],
        score=standing * fit.prior,
        words=tuple(points for _, points in found),
        missing=tuple(word for word in rarities if word not in {asked.word for asked, _ in found}),
        coverage=covering - words,
        question=asking - covering,
        alike=fit.phrase,
        place=standing - asking,
        share=fit.share,
        prior=standing * fit.prior - standing,
    )


def _points(asked: Asked, slot: int, index: Index, terms: Terms) -> WordPoints | None:
    """What a word brings an article: the best of its meanings counts."""
    best: tuple[float, str, int] | None = None
    for stem, meaning in asked.meanings.items():
        group = index.group(stem)
        posted = group.postings.get(slot, 0)
        factor = meaning * (LITTLE if asked.is_little else 1.0)
        points = factor * index.rarity(stem) * max(posted, RARE_IMPACT if group.count <= RARE else 0) / UNIT
        if posted and points > (best[0] if best else 0):
            best = points, stem, posted
    if best is None:
        return None
    points, stem, posted = best
    shares = _shares(stem, posted, terms, index.manifest.lengths)
    return WordPoints(
        word=asked.word,
        meant=stem,
        how=_how(asked, stem),
        points=points,
        fields={name: points * share for name, share in shares.items()},
    )


def _how(asked: Asked, stem: str) -> str:
    if asked.corrected:
        return f"likely {asked.corrected}"
    return {EXACT: "as written", BY_ENDING: "by its ending"}.get(asked.meanings[stem], "begun")


def _shares(stem: str, posted: int, terms: Terms, lengths: Sequence[float]) -> dict[str, float]:
    """How much of an impact comes from each field; what the article does not say itself comes from synonyms."""
    counts = terms.counts.get(stem)
    if counts is None:
        return {FIELDS[-1]: 1.0}
    each = worth(terms.lengths, lengths)
    own = min(1.0, impact(counts, each) / posted)
    weights = {name: n * one for name, n, one in zip(FIELDS, occurrences(counts), each, strict=False) if n}
    whole = sum(weights.values())
    shares = {name: own * weight / whole for name, weight in weights.items()}
    return shares if own == 1.0 else {**shares, FIELDS[-1]: 1.0 - own}
