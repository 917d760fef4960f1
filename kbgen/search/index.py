"""The index as it is read: the files below `search/` of a built site, each loaded when it is first needed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from kbgen.search.manifest import Manifest, article_file, read_manifest
from kbgen.search.shard import PREFIX, Group, Shard, decode, shard_of
from kbgen.search.spelling import Vocabulary, read_vocabulary

Load = Callable[[str], str]
"""Reads a file below `search/`."""
NONE = Group()


class Index:
    """One language of a site's index."""

    def __init__(self, manifest: Manifest, load: Load) -> None:
        """Take the manifest, and what loads the other files."""
        self.manifest, self._load = manifest, load
        self.stop = frozenset(manifest.stop.split())
        self.endings = [(ending, replaced) for ending, replaced in manifest.endings]
        self._shards: dict[int, Shard] = {}
        self._articles: dict[int, dict[str, Any]] = {}

    @classmethod
    def open(cls, language: str, load: Load) -> Index:
        """Open the index of a language."""
        return cls(read_manifest(load(f"{language}.json")), load)

    def place(self, word: str) -> int:
        """The number of the shard that a word lies in; the last one holds the words that say little."""
        return self.manifest.shards if word in self.stop else shard_of(word, self.manifest.shards)

    def shard(self, word: str) -> Shard:
        """The shard that a word lies in."""
        number = self.place(word)
        if number not in self._shards:
            self._shards[number] = decode(self._load(self.manifest.shard_file(number)))
        return self._shards[number]

    def has(self, stem: str) -> bool:
        """Whether an article says it."""
        return stem in self.shard(stem).groups

    def group(self, stem: str) -> Group:
        """The forms and postings of a stem."""
        return self.shard(stem).groups.get(stem, NONE)

    def rarity(self, stem: str) -> int:
        """How much it says that an article has this stem: its inverse document frequency, in 1/1024."""
        return self.rarity_of(self.group(stem).count)

    def rarity_of(self, count: int) -> int:
        """How much it says that an article has a word that so many have."""
        return round(1024 * math.log(1 + (self.manifest.articles - count + 0.5) / (count + 0.5)))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words that correct others."""
        return read_vocabulary(self._load(self.manifest.words_file))

    def completions(self, start: str, most: int) -> list[str]:
        """Words that begin so, the most frequent first."""
        if len(start) < PREFIX:
            return self.vocabulary.completions(start, most)
        shard = self.shard(start)
        counts = {
            form: max(self.group(stem).count for stem in stems)
            for form, stems in shard.stems.items()
            if form.startswith(start) and form != start
        }
        return sorted(counts, key=lambda form: (-counts[form], form))[:most]

    def only(self, filters: Mapping[str, str]) -> set[int] | None:
        """The articles for a product and an audience; `None` for all."""
        wanted: set[int] | None = None
        for name, value in filters.items():
            slots = set(self._facets.get(name, {}).get(value, ()))
            wanted = slots if wanted is None else wanted & slots
        return wanted

    @cached_property
    def _facets(self) -> dict[str, dict[str, list[int]]]:
        return json.loads(self._load(self.manifest.facets_file)) if self.manifest.facets else {}

    def article(self, slot: int) -> dict[str, Any]:
        """What the index knows of an article."""
        if slot not in self._articles:
            self._articles[slot] = json.loads(self._load(article_file(self.manifest.language, slot)))
        return self._articles[slot]
