"""Commands for feedback: summary, searches and service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import F, json_option, needs, print_json, table

if TYPE_CHECKING:
    from kbgen.feedback.missed import SearchCount

LONGEST_SHOWN = 60
database_option: Callable[[F], F] = click.option(
    "--database",
    default="sqlite:///votes.sqlite",
    show_default=True,
    envvar="KBGEN_DATABASE",
    metavar="URL",
    help="Where votes and searches are.",
)


@click.group()
def feedback() -> None:
    """What readers said of the articles, and what they looked for."""


@feedback.command("summary")
@database_option
@json_option
def feedback_summary(database: str, as_json: bool) -> None:
    """Print the votes of each article: yes, no, reasons, and what so many votes can tell."""
    from kbgen.feedback.store.table import open_store
    from kbgen.feedback.summary import FEWEST, summary

    store = open_store(database, create=False)
    rows = summary(store.votes())
    store.close()
    if as_json:
        print_json("articles", [row.as_json() for row in rows])
        return
    if not rows:
        click.echo("No votes yet.")
        return
    lines = [("article", "yes", "no", "helped", "95 % interval", "reasons")]
    for row in rows:
        enough = row.votes >= FEWEST
        share = f"{row.yes / row.votes:.0%}" if enough else "too few"
        interval = f"{row.low:.0%} to {row.high:.0%}"
        reasons = ", ".join(f"{name} {count}" for name, count in row.reasons.items())
        lines.append((row.article, str(row.yes), str(row.no), share, interval, reasons))
    table(lines, right=(1, 2, 3))
    click.echo(f"\nBelow {FEWEST} votes an article's share says too little to act on.")


@feedback.command("searches")
@database_option
@click.option("--days", default=90, show_default=True, type=click.IntRange(1), help="Days to look back, with today.")
@json_option
def feedback_searches(database: str, days: int, as_json: bool) -> None:
    """Print what people looked for and did not find: no result, or none that they opened."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.feedback.missed import FEWEST, missed
    from kbgen.feedback.store.table import open_store

    store = open_store(database, create=False)
    found = missed(store.searches(build_day() - timedelta(days - 1)))
    store.close()
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


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="KBGEN_HOST", help="Address to listen on.")
@click.option(
    "--port",
    default=8100,
    show_default=True,
    envvar="KBGEN_PORT",
    type=click.IntRange(1, 65535),
    help="Port to listen on.",
)
@database_option
@click.option(
    "--origin",
    multiple=True,
    envvar="KBGEN_ORIGIN",
    metavar="URL",
    help="Address of a help centre whose readers may vote. May be given more than once.",
)
@click.option(
    "--site",
    envvar="KBGEN_SITE",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder of the built site that the first --origin shows, to suggest articles from it.",
)
def service(host: str, port: int, database: str, origin: tuple[str, ...], site: Path | None) -> None:
    """Run the service that takes votes and searches. It answers 202 when one is on disk, never before.

    With --site it also suggests articles. Each option can also be set as KBGEN_HOST, KBGEN_PORT, KBGEN_DATABASE,
    KBGEN_SITE and KBGEN_ORIGIN (addresses separated by spaces).
    """
    with needs("service"):
        from kbgen.service.server import check_address, run
        from kbgen.service.settings import ServiceSettings, read_origins
    from kbgen.feedback.store.table import open_store

    origins = read_origins(list(origin))
    if not origins:
        raise click.UsageError("name the help centre whose readers may vote: --origin https://help.example.com")
    check_address(host, port)
    open_store(database).close()
    click.echo(f"Taking votes for {', '.join(origins)} on http://{host}:{port}/v1/votes", err=True)
    if site:
        _tell_suggestions(site, host, port)
    run(ServiceSettings(database=database, origins=origins, site=str(site or ""), host=host, port=port))


def _tell_suggestions(site: Path, host: str, port: int) -> None:
    from kbgen.search.reader import languages

    if known := languages(site):
        click.echo(f"Suggesting articles ({', '.join(known)}) on http://{host}:{port}/v1/suggest", err=True)
    else:
        click.echo(f"warning: '{site}' has no search index yet; articles are suggested once it is built", err=True)
