"""The readings: an engine loaded and asked by a headless Chromium."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path
from shutil import copyfile
from statistics import fmean, median, quantiles
from typing import Any

from loopback import VISIT, Loopback, brotli_bytes, index_files, is_script, served
from packages import script
from playwright.sync_api import Browser, Page

VISITORS = 5
"""How many readers begin with an empty cache; each asks something else first."""
WARMING = 20
"""How many queries are asked before times count."""
Visit = tuple[float, list[Path]]
"""How long loading took, and what was asked for until the first results were there."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """What readers of one engine load, in bytes packed by brotli."""

    index_bytes: int
    """The whole index on the host, each file packed by itself."""
    script_bytes: float
    first_bytes: float
    """Beside the scripts, before the first results with their titles and addresses are there."""
    further_bytes: float
    """The mean of each further query."""
    load_ms: float
    """From nothing to an engine that can be asked, on loopback."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long an engine that is loaded takes for a query, in ms."""

    fresh_p50_ms: float
    fresh_p95_ms: float
    """Of queries asked for the first time."""
    p50_ms: float
    p95_ms: float
    """Of queries asked again."""


def reading(browser: Browser, folder: Path, queries: Sequence[str], limit: int) -> tuple[Load, Wait]:
    """Several first visits, then all queries on one page."""
    copyfile(script(VISIT), folder / VISIT)
    with served(folder) as host:
        visits = [first_visit(browser, host, query, limit) for query in spread(queries)]
        with visitor(browser, host) as page:
            ask(page, queries[:1], limit)
            host.taken()
            fresh = ask(page, queries[1:], limit)
            further = sum(map(brotli_bytes, host.taken())) / max(1, len(fresh))
            again = ask(page, queries[1:], limit)
    return load(folder, visits, further), wait(times(fresh), times(again))


def load(folder: Path, visits: Sequence[Visit], further: float) -> Load:
    return Load(
        index_bytes=sum(map(brotli_bytes, index_files(folder))),
        script_bytes=fmean(sum(map(brotli_bytes, filter(is_script, paths))) for _, paths in visits),
        first_bytes=fmean(sum(map(brotli_bytes, filterfalse(is_script, paths))) for _, paths in visits),
        further_bytes=further,
        load_ms=median(ms for ms, _ in visits),
    )


def wait(fresh: Sequence[float], again: Sequence[float]) -> Wait:
    """Times of queries that were asked for the first time, and of the same asked again."""
    fresh, again = fresh[WARMING:], again[WARMING:]
    return Wait(fresh_p50_ms=median(fresh), fresh_p95_ms=late(fresh), p50_ms=median(again), p95_ms=late(again))


def times(answers: Sequence[dict[str, Any]]) -> list[float]:
    return [answer["ms"] for answer in answers]


def late(times: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return quantiles(times, n=20, method="inclusive")[-1]


def spread(queries: Sequence[str]) -> list[str]:
    """Queries for the first visits, from all over the list."""
    return [queries[len(queries) * number // VISITORS] for number in range(VISITORS)]


def first_visit(browser: Browser, host: Loopback, query: str, limit: int) -> Visit:
    host.taken()
    with visitor(browser, host) as page:
        milliseconds = float(page.evaluate("async () => window.took"))
        ask(page, [query], limit)
        return milliseconds, host.taken()


def found_by(browser: Browser, folder: Path, queries: Sequence[str], limit: int) -> list[list[str]]:
    """What an engine finds that needs a browser."""
    copyfile(script(VISIT), folder / VISIT)
    with served(folder) as host, visitor(browser, host) as page:
        return [answer["found"] for answer in ask(page, queries, limit)]


@contextlib.contextmanager
def visitor(browser: Browser, host: Loopback) -> Iterator[Page]:
    """A page of a reader with an empty cache, with the engine loaded."""
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        page.set_default_timeout(600_000)
        page.goto(host.url)
        page.evaluate(f"async () => {{ window.visit = await import('/{VISIT}'); window.took = await visit.load() }}")
        yield page


def ask(page: Page, queries: Sequence[str], limit: int) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate(
        "([queries, limit]) => visit.ask(queries, limit)", [list(queries), limit]
    )
    return answers
