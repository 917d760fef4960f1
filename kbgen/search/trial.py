"""The trial: what a phrase finds first in the index of a built site, and which of its files that depends on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kbgen.errors import KbgenError, Where
from kbgen.search.entry import FOLDER
from kbgen.search.index import Index
from kbgen.search.query import EXACT, Query
from kbgen.search.ranking import READ
from kbgen.search.reader import Reader, open_site

TOP = 3
"""Articles that are seen at once."""
FEW = 400
"""So many phrases are tried before other processes have begun."""


class Trial(NamedTuple):
    """What a phrase finds."""

    first: list[str]
    """The articles that it finds first, best first."""
    shards: list[int]
    """The shards that its words lie in; none where the whole index was looked through."""
    entries: list[int]
    """The slots of the entries that were read."""


def trials(site: Path, code: str, phrases: Sequence[str]) -> dict[str, Trial]:
    """Try each phrase in the index of a language; many of them on all cores."""
    cores = _cores()
    tried = partial(_tried, site, code)
    if len(phrases) <= FEW or cores == 1:
        done = tried(phrases)
    else:
        size = -(-len(phrases) // cores)
        portions = [phrases[start : start + size] for start in range(0, len(phrases), size)]
        with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
            done = [trial for portion in pool.map(tried, portions) for trial in portion]
    return dict(zip(phrases, done, strict=True))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tried(site: Path, code: str, phrases: Sequence[str]) -> list[Trial]:
    reader = open_site(site, code)
    try:
        return [_trial(phrase, reader) for phrase in phrases]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise KbgenError(
            "the search index is damaged",
            where=Where(path=str(site / FOLDER / code)),
            hint="build the site anew: kbgen build",
        ) from error


def _trial(phrase: str, reader: Reader) -> Trial:
    query, ranked = reader.best(phrase)
    return Trial(
        first=[reader.index.article(each.slot)["article"] for each in ranked[:TOP]],
        shards=_shards(query, reader.index),
        entries=sorted(each.slot for each in ranked[:READ]),
    )


def _shards(query: Query, index: Index) -> list[int]:
    """Where the words of a query lie; none where one is in no article, so that another one was looked for."""
    if any(EXACT not in asked.meanings.values() for asked in query.asked if asked.word not in index.stop):
        return []
    return sorted({index.place(word) for asked in query.asked for word in (asked.word, *asked.meanings)})
