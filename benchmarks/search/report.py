"""The report: figures as Markdown tables, one help centre after the other."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from engines import ENGINES
from packages import PACKAGES
from peers import run
from tables import line, processor

OURS = "kbgen"
Figures = Sequence[Mapping[str, Any]]
"""Lines that a trial printed; of those about the same, the last counts."""
COSTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "index kB": lambda cost: kilobytes(cost, "index_bytes"),
    "scripts kB": lambda cost: kilobytes(cost, "script_bytes"),
    "first kB": lambda cost: kilobytes(cost, "first_bytes"),
    "further kB": lambda cost: kilobytes(cost, "further_bytes"),
    "load ms": lambda cost: shown(cost, "load_ms", 0),
    "fresh p50 ms": lambda cost: shown(cost, "fresh_p50_ms", 2),
    "fresh p95 ms": lambda cost: shown(cost, "fresh_p95_ms", 2),
    "p50 ms": lambda cost: shown(cost, "p50_ms", 2),
    "p95 ms": lambda cost: shown(cost, "p95_ms", 2),
    "build s": lambda cost: shown(cost, "build_seconds", 1),
    "build CPU s": lambda cost: shown(cost, "build_cpu_seconds", 1),
    "build MB": lambda cost: shown(cost, "build_memory_mb", 0),
}


METHOD = """\
MRR@10 is the mean of one over the place of the first article that answers, 0 where none of ten results does. kB are of
files packed by brotli -q 11 each: the whole index on the host; the scripts; what a reader loads beside them before the
first ten results are there; the mean of each further query. Times are of Chromium on loopback (on servers of the
process itself), fresh where a query is asked for the first time; building is of one process, with its start."""


def heading() -> str:
    """Where, and with what."""
    node = run("node", "--version", cwd=Path.cwd()).strip()
    versions = ", ".join(f"{name} {version}" for name, version in PACKAGES.items())
    return f"{os.cpu_count()} cores ({processor()}), Node {node}, {versions}.\n{METHOD}"


def read_figures(files: Iterable[Path]) -> Figures:
    return [json.loads(text) for file in files for text in file.read_text().splitlines() if text.startswith("{")]


def report(figures: Figures, split: str) -> str:
    """The tables of every help centre, with the relevance on one half of the queries."""
    corpora = list(dict.fromkeys((figure["corpus"], figure["articles"]) for figure in figures))
    tables = (
        f"### {name}, {articles:,} articles\n\n{section([each for each in figures if each['corpus'] == name], split)}"
        for name, articles in corpora
    )
    return "\n\n".join([heading(), *tables])


def section(figures: Figures, split: str) -> str:
    return "\n\n".join(filter(None, (relevance_table(figures, split), cost_table(figures))))


def relevance_table(figures: Figures, split: str) -> str:
    """MRR@10: engines as rows, sets as columns, and ours beside the best of the others."""
    found = {(each["engine"], each["set"]): each["mrr10"] for each in figures if each.get("split") == split}
    counts = {each["set"]: each["queries"] for each in figures if each.get("split") == split}
    if not found:
        return ""
    names = [engine for engine in ENGINES if any(name == engine.name for name, _ in found)]
    rows = [[engine.title, *(number(found.get((engine.name, each)), 3) for each in counts)] for engine in names]
    ratios = [number(ratio(found, each), 2) for each in counts]
    heads = [f"MRR@10, {split}", *(f"{each} ({count})" for each, count in counts.items())]
    return table(heads, [*rows, ["kbgen to the best other", *ratios]])


def ratio(found: Mapping[tuple[str, str], float], each: str) -> float | None:
    """Ours to the best of the others, on one set; nothing where there are not both."""
    others = [value for (name, some), value in found.items() if some == each and name != OURS]
    ours = found.get((OURS, each))
    return ours / max(others) if ours is not None and others and max(others) else None


def cost_table(figures: Figures) -> str:
    costs = {each["engine"]: each for each in figures if "build_seconds" in each}
    named = [(engine.title, costs[engine.name]) for engine in ENGINES if engine.name in costs]
    rows = [[title, *(tell(cost) for tell in COSTS.values())] for title, cost in named]
    return table(["", *COSTS], rows) if rows else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([line(heads), line(("---", *("--:" for _ in heads[1:]))), *map(line, rows)])


def kilobytes(cost: Mapping[str, Any], name: str) -> str:
    return number(cost[name] / 1000 if name in cost else None, 1)


def shown(cost: Mapping[str, Any], name: str, digits: int) -> str:
    return number(cost.get(name), digits)


def number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"
