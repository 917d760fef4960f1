"""Search on the command line: what Whoosh finds in the catalogue of a built site."""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, cast

from kbgen.errors import KbgenError
from kbgen.search.catalogue import Catalogue
from kbgen.search.entry import Entry, read_entry
from kbgen.search.language import Language, language
from kbgen.search.part import Part
from kbgen.search.passage import Passage
from kbgen.search.query import BY_ENDING, EXACT, MOST_WORDS, SLIPPED, Asked, Query
from kbgen.search.ranking import ALL_WORDS
from kbgen.search.reader import Found, Hit, address, corrected
from kbgen.search.spelling import Vocabulary
from kbgen.search.terms import FIELDS
from kbgen.search.weights import BOOSTS, SHORTENING

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    from whoosh import highlight, scoring
    from whoosh.analysis import Analyzer, Token
    from whoosh.query import Or, Term

K1 = 1.2
LENGTH, AROUND = 160, 50
"""Characters of a highlight, and around each word of the query in it."""
WORD = re.compile(r"[^\W_]+")
_NO_PART = Part(anchor="", heading="", text="")
AGAIN = 50
"""Articles, at least, whose scores are multiplied by how many of the words they have."""


def search(catalogue: Catalogue, text: str, *, code: str, limit: int = 10) -> Found:
    """The articles of a catalogue in the language `code` that answer a question, best first (BM25F)."""
    weighting = scoring.BM25F(K1=K1, **{f"{name}_B": b for name, b in zip(FIELDS, SHORTENING, strict=True)})
    with catalogue.open().searcher(weighting=weighting) as searcher:
        return _Search(catalogue, searcher, language(code)).found(text, limit)


class _Search:
    """One question to one generation of a catalogue."""

    def __init__(self, catalogue: Catalogue, searcher: Any, spoken: Language) -> None:  # noqa: ANN401 - Whoosh has no types
        self.catalogue, self.searcher, self.spoken = catalogue, searcher, spoken
        self.reader = searcher.reader()

    def found(self, text: str, limit: int) -> Found:
        query = self.query(text)
        stems = {stem for asked in query.asked for stem in asked.meanings}
        results = self.searcher.search(_either(query.asked), limit=max(2 * limit, AGAIN), terms=True)
        ranked = sorted((-self._score(hit, query), hit["entry"]) for hit in results)[:limit]
        return Found(
            hits=tuple(self._hit(self._entry(name), -score, query, stems) for score, name in ranked),
            total=len(results),
            corrected=corrected(query),
            instant=None,
        )

    def query(self, text: str) -> Query:
        """What is meant by each word."""
        typed = self.spoken.terms(text)[:MOST_WORDS]
        telling = [pair for pair in typed if pair[0] not in self.spoken.stop] or typed
        return Query(
            words=tuple(form for form, _ in typed), asked=tuple(self._asked(*pair) for pair in dict.fromkeys(telling))
        )

    def _asked(self, form: str, stem: str) -> Asked:
        meanings = dict.fromkeys(self._stems(form), EXACT)
        if not meanings and self._articles(stem):
            meanings = {stem: BY_ENDING}
        if meanings:
            return Asked(word=form, meanings=meanings)
        likely = self._vocabulary.meant(form)
        for word, slips in likely:
            meanings |= dict.fromkeys(self._stems(word), SLIPPED[slips])
        return Asked(word=form, meanings=meanings, corrected=likely[0][0] if likely else "")

    def _stems(self, form: str) -> list[str]:
        """The stems of a word that an article has."""
        return [pair.decode().partition(" ")[2] for pair in self.reader.expand_prefix("forms", f"{form} ")]

    def _articles(self, stem: str) -> int:
        return int(max(self.reader.doc_frequency(name, stem) for name in FIELDS))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """Every word that an article has, as it is written."""
        counts: Counter[str] = Counter()
        for pair, info in self.reader.iter_field("forms"):
            counts[pair.decode().partition(" ")[0]] += info.doc_frequency()
        return Vocabulary(counts)

    def _score(self, hit: Any, query: Query) -> float:  # noqa: ANN401 - Whoosh has no types
        """The score of a hit, less where it lacks words, by their rarity."""
        has = {stem.decode() for _, stem in hit.matched_terms()}
        rarities = [max((self._rarity(stem) for stem in asked.meanings), default=0.0) for asked in query.asked]
        covered = sum(
            rarity for rarity, asked in zip(rarities, query.asked, strict=True) if has & asked.meanings.keys()
        )
        return float(hit.score) * (1 - ALL_WORDS + ALL_WORDS * covered / (sum(rarities) or 1.0))

    def _rarity(self, stem: str) -> float:
        return math.log(1 + self.searcher.doc_count_all() / (1 + self._articles(stem)))

    def _entry(self, name: str) -> Entry:
        try:
            return read_entry((self.catalogue.entries / name).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise KbgenError("the site was built anew while it was searched", hint="search again") from error

    def _hit(self, entry: Entry, score: float, query: Query, stems: set[str]) -> Hit:
        part = max(entry.parts, key=lambda part: self._share(part, query), default=_NO_PART)
        return Hit(
            article=entry.article,
            title=entry.title,
            url=address(entry.url, part.as_json()),
            kind=entry.kind,
            trail=entry.trail,
            heading=part.heading,
            second=part.second,
            description=entry.description,
            passage=_highlight(part.text or entry.description, stems, self.spoken),
            score=round(score, 2),
        )

    def _share(self, part: Part, query: Query) -> float:
        """How many of the words a part has, by their rarity; one in its heading counts a little more."""
        heading, text = ({stem for _, stem in self.spoken.terms(words)} for words in (part.heading, part.text))
        return sum(
            max(
                (
                    self._rarity(stem) * (1 + 0.1 * (stem in heading))
                    for stem in asked.meanings
                    if stem in heading | text
                ),
                default=0,
            )
            for asked in query.asked
        )


def _either(asked: Sequence[Asked]) -> Or:
    """Any meaning of any word, in any field."""
    return Or(
        [
            Term(name, stem, boost=boost * factor)
            for each in asked
            for stem, factor in each.meanings.items()
            for name, boost in zip(FIELDS, BOOSTS, strict=True)
        ]
    )


class _Stems(Analyzer):  # type: ignore[misc]
    """The stems of a text with their places in it."""

    def __init__(self, spoken: Language) -> None:
        self.spoken = spoken

    def __call__(self, value: str, **more: object) -> Iterator[Token]:
        del more  # how Whoosh would like them
        for found in WORD.finditer(value):
            for _, stem in self.spoken.terms(found[0]):
                yield Token(text=stem, startchar=found.start(), endchar=found.end(), boost=1.0)


class _Marked(highlight.Formatter):  # type: ignore[misc]
    """The best fragment of a text as a passage."""

    def __call__(self, text: str, fragments: Sequence[highlight.Fragment]) -> Passage:
        if not fragments:
            return ((text[:LENGTH] + (" …" if len(text) > LENGTH else ""), False),)
        (best,) = fragments
        end = best.endchar if WORD.search(text, best.endchar) else len(text)
        pieces, place = [("… " if best.startchar else "", False)], best.startchar
        for token in best.matches:
            if token.startchar >= place:  # several words may come from one place of a script without spaces
                pieces += [(text[place : token.startchar], False), (text[token.startchar : token.endchar], True)]
                place = token.endchar
        pieces.append((text[place:end] + (" …" if end < len(text) else ""), False))
        return tuple(piece for piece in pieces if piece[0])


def _highlight(text: str, stems: set[str], spoken: Language) -> Passage:
    fragmenter = highlight.ContextFragmenter(maxchars=LENGTH, surround=AROUND)
    return cast("Passage", highlight.highlight(text, stems, _Stems(spoken), fragmenter, _Marked(), top=1))
