"""Commands for feedback: summary and service."""

from __future__ import annotations

import click

from kbgen.cli.options import json_option, needs, print_json, table


@click.group()
def feedback() -> None:
    """What readers said of the articles."""


@feedback.command("summary")
@click.option(
    "--database",
    default="sqlite:///votes.sqlite",
    show_default=True,
    envvar="KBGEN_DATABASE",
    metavar="URL",
    help="Where the votes are.",
)
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
@click.option(
    "--database",
    default="sqlite:///votes.sqlite",
    show_default=True,
    envvar="KBGEN_DATABASE",
    metavar="URL",
    help="Where votes are kept.",
)
@click.option(
    "--origin",
    multiple=True,
    envvar="KBGEN_ORIGIN",
    metavar="URL",
    help="Address of a help centre whose readers may vote. May be given more than once.",
)
def service(host: str, port: int, database: str, origin: tuple[str, ...]) -> None:
    """Run the service that takes votes. It answers 202 when a vote is on disk, never before.

    Each option can also be set as KBGEN_HOST, KBGEN_PORT, KBGEN_DATABASE and KBGEN_ORIGIN (addresses separated by
    spaces).
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
    run(ServiceSettings(database=database, origins=origins, host=host, port=port))
