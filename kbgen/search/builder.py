"""The builder: makes the files of one language's index from the terms of its articles."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from kbgen.search.language import language
from kbgen.search.manifest import NAME_LENGTH, Manifest, endings_of
from kbgen.search.shard import Group, Shard, shard_of
from kbgen.search.slots import slots_of
from kbgen.search.spelling import Vocabulary
from kbgen.search.terms import FIELDS, Terms
from kbgen.search.weights import impact, means, worth

POSTINGS = 2_048
"""Postings in a shard, on average, at most."""

Facets = dict[str, dict[str, list[int]]]
"""Articles, by slot, of each product and of each audience."""


def name_of(text: str) -> str:
    """The part of a file's name that changes with what it holds."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()[:NAME_LENGTH]


@dataclass(kw_only=True)
class Builder:
    """Makes the index of one language."""

    code: str
    articles: Mapping[str, Terms]

    def files(
        self, before: Manifest | None = None, changed: Mapping[str, Terms | None] | None = None
    ) -> Iterator[tuple[str, str | None]]:
        """The files of the index below `search/`, `None` for one that stays as it is.

        `before` is the manifest of the index that is there, and `changed` what its articles said that have changed
        since, `None` for new ones.
        """
        touched = self._touched(before, changed or {})
        texts = {number: shard.encode() for number, shard in self._shards(touched)}
        manifest, others = self._manifest(before, {number: name_of(text) for number, text in texts.items()})
        for number in range(self.shard_count + 1):
            yield manifest.shard_file(number), texts.get(number)
        yield from others
        yield manifest.file, manifest.encode()

    @cached_property
    def slots(self) -> dict[str, int]:
        """The number of each article."""
        return slots_of(self.articles)[0]

    @cached_property
    def _summary(self) -> _Summary:
        summary = _Summary()
        for path, terms in self.articles.items():
            summary.add(path, terms)
        return summary

    @cached_property
    def shard_count(self) -> int:
        """How many shards: a power of two, which changes only when an index has doubled."""
        return 1 << max(0, (self._summary.postings - 1) // POSTINGS).bit_length()

    @cached_property
    def _means(self) -> list[float]:
        return means(zip(self._summary.words, self._summary.holders, strict=True))

    @cached_property
    def _layout(self) -> str:
        """What every shard depends on; slots are left out of it, as they change with the articles that have them."""
        return name_of(json.dumps([slots_of(self.articles)[1], self._means, self.shard_count]))

    def _touched(self, before: Manifest | None, changed: Mapping[str, Terms | None]) -> set[int]:
        """The shards that may differ from those that are there."""
        if before is None or before.layout != self._layout or self.has_moved(changed):
            return set(range(self.shard_count + 1))
        touched: set[str] = set()
        for path, old in changed.items():
            touched |= self._differing(old, self.articles.get(path))
        return set(map(self._place, touched))

    def _place(self, word: str) -> int:
        """In which shard a word lies: the last one holds those that say little."""
        return self.shard_count if word in language(self.code).stop else shard_of(word, self.shard_count)

    def has_moved(self, changed: Mapping[str, Terms | None]) -> bool:
        """Whether an article has another slot than before, because others have come or gone."""
        then = (self.articles.keys() - changed.keys()) | {path for path, old in changed.items() if old is not None}
        if then == self.articles.keys():
            return False
        slots = slots_of(then)[0]
        return any(slots.get(path, slot) != slot for path, slot in self.slots.items())

    def _differing(self, old: Terms | None, new: Terms | None) -> set[str]:
        """Stems and forms of which one text of an article says something else than another."""
        if old is None or new is None or worth(old.lengths, self._means) != worth(new.lengths, self._means):
            return {word for terms in (old, new) if terms for word in (*terms.counts, *terms.forms)}
        stems = {stem for stem, _ in old.counts.items() ^ new.counts.items()}
        pairs = [{(form, stem) for form, stems in terms.forms.items() for stem in stems} for terms in (old, new)]
        return stems | {word for pair in pairs[0] ^ pairs[1] for word in pair}

    def _shards(self, touched: Collection[int]) -> Iterator[tuple[int, Shard]]:
        """The shards of the given numbers, one after the other."""
        postings, forms, elsewhere = self._gathered(touched)
        stems: dict[int, list[str]] = {number: [] for number in touched}
        for stem in postings:
            stems[self._place(stem)].append(stem)
        for number in sorted(touched):
            groups = {stem: Group(forms=forms[stem], postings=dict(postings[stem])) for stem in stems[number]}
            yield number, Shard(groups=groups, elsewhere=elsewhere.get(number, {}))

    def _gathered(
        self, touched: Collection[int]
    ) -> tuple[dict[str, list[tuple[int, int]]], dict[str, set[str]], dict[int, dict[str, set[str]]]]:
        """Postings and forms of the stems in those shards, and the forms in them whose stems lie elsewhere."""
        postings: dict[str, list[tuple[int, int]]] = {}
        forms: dict[str, set[str]] = {}
        elsewhere: dict[int, dict[str, set[str]]] = {}
        place = cache(self._place)
        for path, terms in self.articles.items():
            each, slot = worth(terms.lengths, self._means), self.slots[path]
            for stem, counts in terms.counts.items():
                if place(stem) in touched:
                    postings.setdefault(stem, []).append((slot, impact(counts, each)))
            for form, stems in terms.forms.items():
                for stem in stems:
                    if place(stem) in touched:
                        forms.setdefault(stem, set()).add(form)
                    if place(form) != place(stem) and place(form) in touched:
                        elsewhere.setdefault(place(form), {}).setdefault(form, set()).add(stem)
        return postings, forms, elsewhere

    def _manifest(
        self, before: Manifest | None, names: Mapping[int, str]
    ) -> tuple[Manifest, list[tuple[str, str | None]]]:
        """The manifest, and the files beside the shards that it names."""
        spoken = language(self.code)
        counts = self._summary.strong
        vocabulary, facets = Vocabulary(counts).encode(), self._facets()
        words = name_of(vocabulary)
        same = before is not None and before.words == words
        labels = json.dumps(facets, ensure_ascii=False, separators=(",", ":")) if facets else ""
        manifest = Manifest(
            language=self.code,
            articles=len(self.articles),
            shards=self.shard_count,
            layout=self._layout,
            names="".join(names.get(number) or self._name(before, number) for number in range(self.shard_count + 1)),
            words=words,
            facets=name_of(labels) if labels else "",
            filters={name: sorted(values) for name, values in facets.items()},
            lengths=self._means,
            stop=" ".join(sorted(spoken.stop)),
            endings=endings_of(self._summary.pairs),
        )
        others: list[tuple[str, str | None]] = [(manifest.words_file, None if same else vocabulary)]
        if labels:
            others.append((manifest.facets_file, labels))
        return manifest, others

    @staticmethod
    def _name(before: Manifest | None, number: int) -> str:
        return before.names[number * NAME_LENGTH :][:NAME_LENGTH] if before else ""

    def _facets(self) -> Facets:
        facets: Facets = {}
        for path in sorted(self._summary.labels):
            for name, values in self._summary.labels[path].items():
                for value in values:
                    facets.setdefault(name, {}).setdefault(value, []).append(self.slots[path])
        return facets


@dataclass(kw_only=True)
class _Summary:
    """What all articles say together."""

    postings: int = 0
    words: list[int] = field(default_factory=lambda: [0] * len(FIELDS))
    """Words in each field."""
    holders: list[int] = field(default_factory=lambda: [0] * len(FIELDS))
    """Articles that have each field."""
    strong: Counter[str] = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    """Words as they are written, with their stems."""
    labels: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, path: str, terms: Terms) -> None:
        """Add an article."""
        self.postings += len(terms.counts)
        for number, length in enumerate(terms.lengths):
            self.words[number] += length
            self.holders[number] += length > 0
        self.strong.update(terms.strong)
        self.pairs.update((form, stem) for form, stems in terms.forms.items() for stem in stems)
        if terms.labels:
            self.labels[path] = terms.labels
