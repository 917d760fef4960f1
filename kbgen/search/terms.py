"""Terms: what an entry says, counted by field, so that an index is made of many without reading them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kbgen.search.entry import Entry
from kbgen.search.language import Language, language
from kbgen.search.synonyms import Synonyms

FIELDS = ("title", "answers", "headings", "summary", "opening", "transcript", "body", "related")
"""`related` holds the synonyms of what stands in the others."""
STRONG = 4
"""So many of the fields, from the first, name what an article is about: their words may be meant by a misspelt one."""
OPENING = 300
"""Characters of an article's text that count as its opening."""
MOST = 40
"""Occurrences in one field that count."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of one article."""

    lang: str
    labels: dict[str, list[str]]
    """The products and audiences that it is for."""
    lengths: tuple[int, ...]
    """Words in each field, those that say little left out."""
    counts: dict[str, str]
    """Occurrences in each field, by stem: a character for each, "0" for none; further fields have none."""
    forms: dict[str, list[str]]
    """The stems of each word as it is written."""
    strong: tuple[str, ...]
    """Words, as they are written, of the fields that name what the article is about."""

    def pack(self) -> str:
        """The terms as text."""
        return json.dumps(list(vars(self).values()), ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Terms:
    """The terms that `pack` wrote."""
    lang, labels, lengths, counts, forms, strong = json.loads(text)
    return Terms(lang=lang, labels=labels, lengths=tuple(lengths), counts=counts, forms=forms, strong=tuple(strong))


class Packed(Mapping[str, Terms]):
    """Terms by path, kept as text and read each time, as ten thousand articles would fill the memory."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the texts that `pack` wrote."""
        self.texts = texts

    def __getitem__(self, path: str) -> Terms:
        """The terms of an article."""
        return unpack(self.texts[path])

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self.texts)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.texts)


def occurrences(row: str) -> list[int]:
    """Occurrences in each field, from what stands in `Terms.counts`."""
    return [ord(character) - 48 for character in row]


def terms_of(entry: Entry, synonyms: Synonyms) -> Terms:
    """Count what an entry says."""
    spoken = language(entry.lang)
    counter = _Counter(spoken.stop)
    said: list[str] = []
    for number, text in enumerate(_texts(entry)):
        pairs = spoken.terms(text)
        counter.add(number, pairs)
        if number <= STRONG:
            said += [stem for _, stem in pairs]
    counter.add(len(FIELDS) - 1, _related(said, counter, synonyms, spoken))
    labels = {"products": entry.products, "audience": entry.audience}
    return Terms(
        lang=entry.lang,
        labels={name: list(values) for name, values in labels.items() if values},
        lengths=tuple(counter.lengths),
        counts={stem: "".join(chr(48 + n) for n in row).rstrip("0") for stem, row in counter.counts.items()},
        forms=counter.forms,
        strong=tuple(sorted(counter.strong)),
    )


def _texts(entry: Entry) -> tuple[str, ...]:
    """The text of each field but the last."""
    text = " ".join(part.text for part in entry.parts if part.second is None)
    return (
        entry.title,
        " . ".join(entry.answers),
        " . ".join(part.heading for part in entry.parts),
        entry.description,
        text[:OPENING],
        " ".join(part.text for part in entry.parts if part.second is not None),
        text[OPENING:],
    )


def _related(said: list[str], counter: _Counter, synonyms: Synonyms, spoken: Language) -> Iterator[tuple[str, str]]:
    """Words that mean the same as what the article says, unless it names them itself."""
    named = {stem for stem, counts in counter.counts.items() if any(counts[:STRONG])}
    for phrase in synonyms.of(said):
        yield from (pair for pair in spoken.terms(phrase) if pair[1] not in named)


@dataclass
class _Counter:
    stop: frozenset[str]
    lengths: list[int] = field(default_factory=lambda: [0] * len(FIELDS))
    counts: dict[str, list[int]] = field(default_factory=dict)
    forms: dict[str, list[str]] = field(default_factory=dict)
    strong: set[str] = field(default_factory=set)

    def add(self, number: int, pairs: Iterable[tuple[str, str]]) -> None:
        """Count the words of one field; those that say little count in titles and answers only."""
        for form, stem in pairs:
            little = form in self.stop
            if little and number > 1:
                continue
            counts = self.counts.setdefault(stem, [0] * len(FIELDS))
            counts[number] = min(counts[number] + 1, MOST)
            self.lengths[number] += not little
            stems = self.forms.setdefault(form, [])
            if stem not in stems:
                stems.append(stem)
            if number < STRONG and not little:
                self.strong.add(form)
