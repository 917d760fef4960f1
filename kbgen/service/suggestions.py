"""Suggestions: the articles of the built site that answer a question, read anew when the site is built anew."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError
from kbgen.search.entry import FOLDER
from kbgen.search.index import Index, Load
from kbgen.search.manifest import Manifest
from kbgen.search.reader import Found, Reader, languages
from kbgen.search.shard import Shard, decode

log = logging.getLogger("kbgen.service")

LOOK_AGAIN = 1.0
"""Seconds for which the last build that was seen is taken for the newest one."""
MOST_SHARDS, MOST_ARTICLES = 512, 512
"""Files of one language's index that are kept in memory: all shards of 10,000 articles, which take about 80 MB."""

_DAMAGED = (OSError, ValueError, KeyError, TypeError)
State = tuple[int, int, int]
"""Inode, time and size of a manifest: a build that changes the index writes another."""


class IndexUnreadableError(KbgenError):
    """The site has no index now that can be read, as while another build is put in place."""


class _KeptIndex(Index):
    """An index that keeps what was read last, and lets go of the rest."""

    def __init__(self, manifest: Manifest, load: Load) -> None:
        super().__init__(manifest, load)
        self._decoded = lru_cache(MOST_SHARDS)(lambda number: decode(load(manifest.shard_file(number))))
        self._read = lru_cache(MOST_ARTICLES)(super().article)

    def shard(self, word: str) -> Shard:
        return self._decoded(self.place(word))

    def article(self, slot: int) -> dict[str, Any]:
        found = self._read(slot)
        self._articles.clear()  # kept above, up to a number
        return found


@dataclass(kw_only=True)
class _Opened:
    reader: Reader
    state: State
    looked: float


@dataclass(kw_only=True)
class Suggestions:
    """Finds articles of one built site; one thread at a time may ask."""

    site: Path
    clock: Callable[[], float] = time.monotonic
    _opened: dict[str, _Opened] = field(default_factory=dict, init=False)

    def language(self, asked: str) -> str:
        """The language of an index that `asked` means: `en-GB` may be `en`, and none the only one.

        Raises a `KbgenError` that names those which there are.
        """
        known = {code.lower(): code for code in languages(self.site)}
        if not known:
            raise IndexUnreadableError("the site has no search index")
        wanted = asked.replace("_", "-").lower()
        for code in (wanted, wanted.partition("-")[0]):
            if code in known:
                return known[code]
        if not asked and len(known) == 1:
            return next(iter(known.values()))
        listed = ", ".join(sorted(known.values()))
        problem = "'lang' names no language of the site" if asked else "say the language with 'lang'"
        raise KbgenError(f"{problem}; there is: {listed}")

    def find(self, text: str, language: str, *, limit: int, typing: bool = False) -> Found:
        """What the index of a language has for a question; raises an `IndexUnreadableError` where it has vanished."""
        try:
            return self._reader(language).search(text, limit=limit, typing=typing)
        except _DAMAGED:
            self._opened.pop(language, None)  # another build has taken the files of the last one away
        try:
            return self._reader(language).search(text, limit=limit, typing=typing)
        except _DAMAGED as error:
            self._opened.pop(language, None)
            log.warning("the search index of '%s' cannot be read: %s", language, type(error).__name__)
            raise IndexUnreadableError("the search index cannot be read now") from error

    def _reader(self, language: str) -> Reader:
        opened, now = self._opened.get(language), self.clock()
        if opened and now - opened.looked < LOOK_AGAIN:
            return opened.reader
        state = self._state(language)
        if opened is None or opened.state != state:
            opened = _Opened(reader=Reader(_KeptIndex.open(language, self._load)), state=state, looked=now)
            self._opened[language] = opened
        opened.looked = now
        return opened.reader

    def _state(self, language: str) -> State:
        found = (self.site / FOLDER / f"{language}.json").stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _load(self, name: str) -> str:
        return (self.site / FOLDER / name).read_text(encoding="utf-8")


def as_json(query: str, language: str, found: Found, address: str) -> dict[str, object]:
    """What was found, for programs; addresses are whole where the site's own is known."""
    return {
        "schema_version": 1,
        "query": query,
        "lang": language,
        "corrected": found.corrected,
        "total": found.total,
        "hits": [
            {
                "title": hit.title,
                "url": f"{address}/{hit.url}" if address else hit.url,
                "kind": hit.kind,
                "trail": hit.trail,
                "description": hit.description,
                "heading": hit.heading,
                "second": hit.second,
                "passage": [{"text": text, "marked": marked} for text, marked in hit.passage],
                "instant": hit is found.instant,
            }
            for hit in found.hits
        ],
    }
