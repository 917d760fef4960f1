"""What builds cost, beside MkDocs and ProperDocs with Material, Zensical and Hugo, on the same articles.

usage: python benchmarks/build.py [ARTICLES …] [--full] [--only NAMES] [--actions NAMES] [--limit SECONDS]

Without numbers: 100 and 1,000 articles; `--full` adds 5,000 and 10,000. NAMES stand between commas: generators are
kbgen, mkdocs, properdocs, zensical and hugo; actions are cold, unchanged, body, title, rename, settings and clone.
The peers are installed into `.kbgen/benchmarks/venv` in the first run. A peer whose build takes longer than the limit
(300 s) is ended, and left out of what follows at that size. Standard output is for RESULTS.md. Needs Linux.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from actions import ACTIONS, Project, project
from generators import GENERATORS, Generator, install
from measures import Effort, Weight, middle, weight
from peers import Skipped, reason
from tables import LABELS, Row, heading, table

USUAL, LARGE = [100, 1_000], [5_000, 10_000]
START_UP = 20
"""With so few articles, a build shows what it takes to start."""
CHEAP = 5
"""What takes fewer seconds is done three times; the median counts."""
PATIENCE = 3_600
"""Seconds until a build by kbgen is ended."""


def rows(generator: Generator, actions: Sequence[str], count: int, limit: float) -> Iterator[Row]:
    """The rows of one generator; the first that fails is the last."""
    action = actions[0]
    with tempfile.TemporaryDirectory() as name:
        try:
            centre = prepared(generator, Path(name) / "project", count, limit, cold="cold" in actions)
            for action in actions:
                print(f"{count:,} articles, {generator.title}: {LABELS[action]}", file=sys.stderr)
                yield Row(title=generator.title, action=action, result=measured(centre, action, count, limit))
        except (OSError, subprocess.SubprocessError) as error:
            yield Row(title=generator.title, action=action, result=Skipped(name=generator.title, reason=told(error)))


def prepared(generator: Generator, folder: Path, count: int, limit: float, *, cold: bool) -> Project:
    """A project ready for its first action; built before, unless that action is a cold build."""
    install(generator)
    made = project(generator, folder, count)
    if not cold:
        made.build(limit)
    return made


def measured(centre: Project, action: str, count: int, limit: float) -> tuple[Effort, Weight]:
    """What an action costs, and the site that comes of it."""
    efforts: list[Effort] = []
    while not efforts or (len(efforts) < 3 and efforts[0].wall < CHEAP):
        changed = ACTIONS[action](centre, len(efforts))
        efforts.append(changed.build(limit))
    return middle(efforts), weight(changed.folder / "site", count)


def told(error: Exception) -> str:
    """Why there is no figure, in a cell of a table."""
    if isinstance(error, subprocess.TimeoutExpired):
        return f"> {error.timeout:.0f}"
    return reason(error).replace("|", "/")


def chosen(actions: Sequence[str], generator: Generator, count: int) -> list[str]:
    """The actions that say something of a generator: what makes everything anew is only made once when it is large."""
    if generator.whole and count >= max(LARGE):
        return ["cold"] if "cold" in actions else []
    return [action for action in actions if action != "clone" or generator.name == "kbgen"]


def trial(generators: Sequence[Generator], actions: Sequence[str], count: int, limit: float) -> list[Row]:
    """The rows of all generators; kbgen takes as long as it takes."""
    return [
        row
        for generator in generators
        if (some := chosen(actions, generator, count))
        for row in rows(generator, some, count, PATIENCE if generator.name == "kbgen" else limit)
    ]


def main(arguments: argparse.Namespace) -> None:
    generators = [generator for generator in GENERATORS if generator.name in arguments.only]
    actions = [action for action in ACTIONS if action in arguments.actions]
    sizes = sorted({*(arguments.sizes or USUAL), *(LARGE if arguments.full else [])})
    print(heading(generators), flush=True)
    if "cold" in actions:
        print(f"\n### Start-up: {START_UP} articles\n\n{table(trial(generators, ['cold'], START_UP, arguments.limit))}")
    for count in sizes:
        print(f"\n### {count:,} articles\n\n{table(trial(generators, actions, count, arguments.limit))}", flush=True)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(usage="\n".join((__doc__ or "").partition("usage: ")[2].splitlines()))
    made.add_argument("sizes", nargs="*", type=size)
    made.add_argument("--full", action="store_true")
    names = [generator.name for generator in GENERATORS]
    made.add_argument("--only", type=among(names), default=names)
    made.add_argument("--actions", type=among(ACTIONS), default=list(ACTIONS))
    made.add_argument("--limit", type=float, default=300)
    return made


def size(text: str) -> int:
    if (number := int(text)) < START_UP:
        raise argparse.ArgumentTypeError(f"{number} articles are too few; take {START_UP} or more")
    return number


def among(known: Collection[str]) -> Callable[[str], list[str]]:
    """Reads names between commas, each of them known."""

    def names(text: str) -> list[str]:
        unknown = [name for name in text.split(",") if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"'{unknown[0]}' is none of {', '.join(known)}")
        return text.split(",")

    return names


if __name__ == "__main__":
    main(parser().parse_args())
