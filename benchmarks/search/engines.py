"""The engines: how each makes its index of the documents, and who asks it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from documents import Corpus
from packages import MEMORY, PACKAGES, Command, binary, script
from pagefind_pages import PLAIN, WEIGHTS, pages_for, write_pages


@dataclass(frozen=True, kw_only=True)
class Engine:
    """One way to search the documents; `build` is given the file of documents and the folder of the index."""

    name: str
    """As `--engines` names it."""
    title: str
    build: Callable[[Path, Path], Command]
    prepare: Callable[[Corpus, Path], None] = lambda _, __: None
    """Writes what a site would hold in any case, so that it is not measured."""
    in_browser: bool = False
    """Whether it needs a browser; others are asked by Node."""
    server: str = ""
    """The module of an engine that stands on a server."""


def by_node(name: str) -> Callable[[Path, Path], Command]:
    return lambda documents, folder: ("node", MEMORY, script("build.mjs"), name, documents, folder)


def by_python(module: str) -> Callable[[Path, Path], Command]:
    builder = Path(__file__).with_name("builder.py")
    return lambda documents, folder: (sys.executable, builder, module, documents, folder)


def by_pagefind(_: Path, folder: Path) -> Command:
    return (binary("pagefind"), "--site", pages_for(folder), "--output-path", folder / "pagefind", "--silent")


def bring_worker(_: Corpus, folder: Path) -> None:
    """The script of Material for MkDocs, which holds lunr."""
    scripts = files("material") / "templates/assets/javascripts/workers"
    (worker,) = (path for path in scripts.iterdir() if path.name.endswith(".min.js"))
    (folder / "worker.js").write_bytes(worker.read_bytes())


ENGINES = (
    Engine(name="kbgen", title="kbgen", build=by_python("kbgen_index")),
    Engine(name="material", title="Material for MkDocs (lunr)", build=by_node("material"), prepare=bring_worker),
    Engine(
        name="minisearch-lite",
        title=f"MiniSearch {PACKAGES['minisearch']}, titles and first words",
        build=by_node("minisearch-lite"),
    ),
    Engine(
        name="minisearch-full", title=f"MiniSearch {PACKAGES['minisearch']}, all text", build=by_node("minisearch-full")
    ),
    Engine(name="orama", title=f"Orama {PACKAGES['@orama/orama']}", build=by_node("orama")),
    Engine(name="flexsearch", title=f"FlexSearch {PACKAGES['flexsearch']}", build=by_node("flexsearch")),
    Engine(
        name="pagefind",
        title=f"Pagefind {PACKAGES['pagefind']}",
        build=by_pagefind,
        in_browser=True,
        prepare=partial(write_pages, PLAIN),
    ),
    Engine(
        name="pagefind-tuned",
        title=f"Pagefind {PACKAGES['pagefind']}, with weights",
        build=by_pagefind,
        in_browser=True,
        prepare=partial(write_pages, WEIGHTS),
    ),
    Engine(name="fts5", title="SQLite FTS5, on a server", build=by_python("fts5"), server="fts5"),
    Engine(
        name="whoosh",
        title="Whoosh 2.7, on a server",
        build=by_python("whoosh_index"),
        server="whoosh_index",
    ),
)
