"""The query: what somebody typed, and what may be meant by each word of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kbgen.search.shard import PREFIX
from kbgen.search.words import fold, words

if TYPE_CHECKING:
    from kbgen.search.index import Index

MOST_WORDS = 24
"""Words of a query that count."""
COMPLETIONS = 8
EXACT, BY_ENDING, BEGUN, LONGER, SLIPPED = 1.0, 0.9, 0.6, 0.3, (1.0, 0.8, 0.6)
"""What a meaning counts: as written, by its ending, begun, begun with a word that is one itself, by number of slips."""
LITTLE = 0.05
"""How much less a word counts that says little."""


@dataclass(kw_only=True)
class Asked:
    """One word of a query."""

    word: str
    is_little: bool = False
    """Whether it says little, beside others that say more."""
    meanings: dict[str, float] = field(default_factory=dict)
    """Stems that may be meant, with what each counts."""
    forms: set[str] = field(default_factory=set)
    """How articles may write what is meant."""
    corrected: str = ""
    """The word that is likely meant, where no article has this one."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """What was typed, in folded words, and what may be meant by each."""

    words: tuple[str, ...]
    asked: tuple[Asked, ...]


def read_query(text: str, index: Index, *, typing: bool = False) -> Query:
    """Find out what is meant; `typing` says that the last word may go on."""
    typed = [fold(word) for word in words(text)[:MOST_WORDS]]
    unfinished = typed[-1] if typing and typed and text[-1:].strip() else ""
    little = index.stop.intersection(typed) - {unfinished}
    asked = [_asked(word, index, typing=word == unfinished) for word in dict.fromkeys(typed)]
    if len(little) < len(asked):
        for each in asked:
            each.is_little = each.word in little
    return Query(words=tuple(typed), asked=tuple(asked))


def _asked(word: str, index: Index, *, typing: bool) -> Asked:
    asked = Asked(word=word, meanings=dict.fromkeys(_stems(word, index), EXACT))
    if typing:
        factor = LONGER if asked.meanings else BEGUN
        for form in index.completions(word, COMPLETIONS):
            for stem in _stems(form, index):
                asked.meanings.setdefault(stem, factor)
    if not asked.meanings and word not in index.stop:
        asked.meanings = dict.fromkeys(_by_ending(word, index), BY_ENDING)
    if not asked.meanings and word not in index.stop:
        _correct(asked, index)
    for stem in asked.meanings:
        asked.forms |= index.group(stem).forms
    return asked


def _stems(form: str, index: Index) -> list[str]:
    return sorted(index.shard(form).stems.get(form, ()))


def _by_ending(word: str, index: Index) -> list[str]:
    """The stems that the word would have, were it a form that no article uses."""
    for ending, replaced in index.endings:
        stem = word[: len(word) - len(ending)] + replaced
        if word.endswith(ending) and len(word) - len(ending) >= PREFIX - 1 and index.has(stem):
            return [stem]
    return [word] if index.has(word) else []


def _correct(asked: Asked, index: Index) -> None:
    meant = index.vocabulary.meant(asked.word, sorted(index.shard(asked.word).stems))
    for form, slips in meant:
        for stem in _stems(form, index):
            asked.meanings.setdefault(stem, SLIPPED[slips])
    asked.corrected = meant[0][0] if meant else ""
