"""The commands for feedback: what they share, and searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import F, json_option, print_json, table

if TYPE_CHECKING:
    from kbgen.feedback.missed import SearchCount

LONGEST_SHOWN = 60
database_option: Callable[[F], F] = click.option(
    "--database",
    default="sqlite:///votes.sqlite",
    show_default=True,
    envvar="KBGEN_DATABASE",
    metavar="URL",
    help="Where votes and searches are: sqlite:///FILE or postgresql://….",
)


@click.group()
def feedback() -> None:
    """What readers said of the articles, and what they looked for."""


@feedback.command("searches")
@database_option
@click.option("--days", default=90, show_default=True, type=click.IntRange(1), help="Days to look back, with today.")
@json_option
def feedback_searches(database: str, days: int, as_json: bool) -> None:
    """Print what people looked for and did not find: no result, or none that they opened."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.feedback.missed import FEWEST, missed
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        found = missed(store.searches(build_day() - timedelta(days - 1)))
    if as_json:
        print_json("searches", [count.as_json() for count in found.searches])
        return
    if found.searches:
        _print_searches(found.searches)
    else:
        click.echo(f"No search that was typed at least {FEWEST} times failed in these {days} days.")
    if found.rare:
        click.echo(f"\nHidden: {found.rare} searches that failed and were typed fewer than {FEWEST} times.")


def _print_searches(counts: Sequence[SearchCount]) -> None:
    lines = [("search", "lang", "n", "no result", "none opened", "wrote to us", "missed, 95 %")]
    for count in counts:
        low, high = count.interval
        query = count.query if len(count.query) <= LONGEST_SHOWN else f"{count.query[: LONGEST_SHOWN - 1]}…"
        empty, unclicked, contacted = str(count.empty), str(count.unclicked), str(count.contacted)
        lines.append((query, count.lang, str(count.n), empty, unclicked, contacted, f"{low:.0%} to {high:.0%}"))
    table(lines, right=(2, 3, 4, 5))
