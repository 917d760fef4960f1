"""The trial: each engine builds its index of a help centre and is asked all queries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import Any

from documents import Corpus, dump
from engines import Engine
from loopback import index_files
from measures import Effort, effort
from packages import answered, install, packed
from playwright.sync_api import Browser
from queries import Query, Split
from readings import Wait, found_by, reading, wait
from relevance import DEPTH, Find, Ranking, relevance

PATIENCE = 3_600
"""Seconds until a build is ended."""
ASKED = 220
"""How many queries times are taken of, and bytes."""
Figure = dict[str, Any]
"""What is printed, one object a line."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A help centre with its query sets, and a browser for those engines that need one."""

    corpus: Corpus
    sets: Mapping[str, Sequence[Query]]
    splits: Sequence[Split]
    browser: Browser
    costs: bool

    def figures(self, engine: Engine) -> Iterator[Figure]:
        """What an engine costs, then how relevant its results are for each set and half."""
        install()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / engine.name
            taken = built(engine, self.corpus, folder)
            known = {"engine": engine.name, "corpus": self.corpus.name, "articles": len(self.corpus.documents)}
            if self.costs:
                yield known | cost(engine, folder, taken, self.spread(), self.browser)
            yield from (known | each for each in self.relevances(engine, folder))

    def relevances(self, engine: Engine, folder: Path) -> Iterator[Figure]:
        """How relevant the results of each set are; every query is asked once."""
        texts = list(dict.fromkeys(query.text for some in self.sets.values() for query in some))
        found = dict(zip(texts, asked(engine, folder, texts, self.browser), strict=True))
        for name, some in self.sets.items():
            for split in self.splits:
                half = [query for query in some if query.split == split]
                if half:
                    measured = relevance(half, [found[query.text] for query in half])
                    yield {"set": name, "split": split, **rounded(asdict(measured))}

    def spread(self) -> list[str]:
        """Queries of all sets in turn, each once, so that times are of a mixture."""
        rows = zip_longest(*self.sets.values())
        texts = dict.fromkeys(query.text for row in rows for query in row if query)
        return list(texts)[:ASKED]


def built(engine: Engine, corpus: Corpus, folder: Path) -> Effort:
    """Make the index of an engine, and what a reader loads of it; only the index is measured."""
    folder.mkdir()
    documents = folder.with_name("documents.json")
    dump(corpus.documents, documents)
    engine.prepare(corpus, folder)
    taken = effort(*engine.build(documents, folder), cwd=Path.cwd(), seconds=PATIENCE)
    if not engine.server:
        packed(engine.name, folder)
    return taken


def asked(engine: Engine, folder: Path, queries: Sequence[str], browser: Browser) -> list[Ranking]:
    if engine.server:
        with import_module(engine.server).opened(folder) as find:
            return [find(query, DEPTH) for query in queries]
    if engine.in_browser:
        return list(found_by(browser, folder, queries, DEPTH))
    return list(answered(folder, queries, DEPTH))


def cost(engine: Engine, folder: Path, taken: Effort, queries: Sequence[str], browser: Browser) -> Figure:
    """What an index costs who builds it, and who reads it."""
    build = {"build_seconds": taken.wall, "build_cpu_seconds": taken.cpu, "build_memory_mb": taken.memory}
    if engine.server:
        return rounded(build | asdict(served_wait(engine, folder, queries)))
    load, waiting = reading(browser, folder, queries, DEPTH)
    return rounded({**build, "files": len(index_files(folder)), **asdict(load), **asdict(waiting)})


def served_wait(engine: Engine, folder: Path, queries: Sequence[str]) -> Wait:
    """How long queries take on a server, the way there and back not counted."""
    with import_module(engine.server).opened(folder) as find:
        fresh, again = ([milliseconds(find, query) for query in queries] for _ in range(2))
    return wait(fresh, again)


def milliseconds(find: Find, query: str) -> float:
    start = time.perf_counter()
    find(query, DEPTH)
    return 1000 * (time.perf_counter() - start)


def rounded(figure: Figure) -> Figure:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figure.items()}
