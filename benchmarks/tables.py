"""How the figures are told: the machine and the versions, and a Markdown table for each size."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generators import Generator, versions
from measures import Effort, Weight
from peers import Skipped

LABELS = {
    "cold": "cold",
    "unchanged": "unchanged",
    "body": "a word in an article",
    "title": "a title",
    "rename": "name of a file",
    "settings": "name of the site",
    "clone": "fresh clone, warm cache",
}
COLUMNS = ("", "", "wall s", "×", "CPU s", "×", "peak MB", "site MB", "kB an article", "kB a page", "index MB")
METHOD = """\
Wall and CPU seconds are of the build and every process it started, the median of three where it takes less than 5 s;
× is their ratio to kbgen. Peak MB are proportional set sizes summed over these processes, sampled up to 20 times a
second, so that a short peak may be missed. Index MB are part of site MB; kB a page is the median article's HTML."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """What an action cost with one generator and the site that came of it, or why that is not known."""

    title: str
    action: str
    result: tuple[Effort, Weight] | Skipped


def heading(generators: Sequence[Generator]) -> str:
    """When, where and with what."""
    cores, memory = os.cpu_count(), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    machine = f"{datetime.now(UTC):%Y-%m-%d}: {cores} cores ({processor()}), {memory:.0f} GB, {platform.system()}"
    return f"{machine}, Python {platform.python_version()}.\n{versions(generators)}.\n{METHOD}"


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def table(rows: Sequence[Row]) -> str:
    """The rows of one size, those of one action together."""
    ours = {row.action: row.result[0] for row in rows if row.title == "kbgen" and isinstance(row.result, tuple)}
    lines = [line(COLUMNS), line(("---", "---", *("--:" for _ in COLUMNS[2:])))]
    for action in LABELS:
        lines += [line(cells(row, ours.get(action))) for row in rows if row.action == action]
    return "\n".join(lines)


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cells(row: Row, ours: Effort | None) -> tuple[str, ...]:
    """The cells of a row; `ours` is what kbgen took."""
    names = (LABELS[row.action], row.title)
    if isinstance(row.result, Skipped):
        return (*names, row.result.reason, *("" for _ in COLUMNS[3:]))
    effort, site = row.result
    wall, cpu = (f"{effort.wall / ours.wall:.2f}", f"{effort.cpu / ours.cpu:.2f}") if ours else ("-", "-")
    costs = (f"{effort.wall:.2f}", wall, f"{effort.cpu:.2f}", cpu, f"{effort.memory:.0f}")
    index = f"{site.index:.2f}" if site.index else "-"
    return (*names, *costs, f"{site.site:.1f}", f"{site.article:.1f}", f"{site.page:.1f}", index)
