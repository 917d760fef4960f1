"""The manifest of an index: what a reader has to know before it looks for a word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

NAME_LENGTH = 6
"""Characters of a file's digest that stand in its name."""
MOST_ENDINGS = 60


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What stands in `search/<language>.json`."""

    schema_version: int = 1
    language: str
    articles: int
    shards: int
    """How many shards there are, a power of two, beside the last one, which holds the words that say little."""
    layout: str
    """A digest of what all shards depend on."""
    names: str
    """The digest of each shard's text, as its file is called."""
    words: str
    """The digest of the vocabulary's text."""
    facets: str = ""
    """The digest of the facets' text, `""` where there are none."""
    filters: dict[str, list[str]] = field(default_factory=dict)
    """What may be filtered by: products and audiences."""
    stop: str = ""
    """Words that say little."""
    endings: list[list[str]] = field(default_factory=list)
    """Endings of words, with the endings of their stems."""
    lengths: list[float] = field(default_factory=list)
    """The rounded mean length of each field, which explains an impact; finding an article does without."""

    def encode(self) -> str:
        """The manifest as its file holds it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"

    @property
    def files(self) -> list[str]:
        """The names of the files that it names, below `search/`."""
        shards = [self.shard_file(number) for number in range(self.shards + 1)]
        return [*shards, self.words_file, *([self.facets_file] if self.facets else [])]

    @property
    def file(self) -> str:
        """The name of the manifest's own file below `search/`."""
        return f"{self.language}.json"

    def shard_file(self, number: int) -> str:
        """The name of a shard's file below `search/`."""
        return f"{self.language}/{number}.{self.names[number * NAME_LENGTH :][:NAME_LENGTH]}.txt"

    @property
    def words_file(self) -> str:
        """The name of the vocabulary's file below `search/`."""
        return f"{self.language}/words.{self.words}.txt"

    @property
    def facets_file(self) -> str:
        """The name of the facets' file below `search/`."""
        return f"{self.language}/facets.{self.facets}.json"


def read_manifest(text: str) -> Manifest:
    """The manifest in a file; raises a `ValueError` or `TypeError` where it is none."""
    return Manifest(**json.loads(text))


def article_file(language: str, slot: int) -> str:
    """The name of an article's file below `search/`."""
    return f"{language}/a/{slot}.json"


def endings_of(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The endings that many words have beyond their stems: they tell the stem of a word that no article has.

    `pairs` are words as articles write them, each with its stem.
    """
    found: Counter[tuple[str, str]] = Counter()
    for form, stem in pairs:
        same = 0
        while same < min(len(stem), len(form)) and stem[same] == form[same]:
            same += 1
        if same >= 3 and len(form) - same <= 7 and form != stem:
            found[form[same:], stem[same:]] += 1
    frequent = sorted((pair for pair in found if found[pair] > 1), key=lambda pair: (-found[pair], pair))[:MOST_ENDINGS]
    return [list(pair) for pair in sorted(frequent, key=lambda pair: (len(pair[0]), pair))]
