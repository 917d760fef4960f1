"""Commands for the database of feedback: look after it, take votes out and in, and decide on those held back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.feedback import database_option
from kbgen.cli.options import json_option, print_json, table
from kbgen.errors import KbgenError, nearest
from kbgen.feedback.retention import COMMENTS, RARE_SEARCHES, SEARCHES

if TYPE_CHECKING:
    from datetime import date, datetime

    from kbgen.feedback.ballot import Ballot, SkippedRow

SHOWN_ROWS = 10


@click.command()
@database_option
@click.option("--accept-loss", is_flag=True, help="Go on with what is there; only where there is no backup.")
def check(database: str, accept_loss: bool) -> None:
    """Compare every vote with what was acknowledged."""
    from kbgen.feedback.store.backup import database_file
    from kbgen.feedback.store.sqlite import SqliteStore
    from kbgen.feedback.store.table import open_store

    if accept_loss:
        SqliteStore(database_file(database), accept_loss=True).close()
    with closing(open_store(database, create=False)) as store:
        faults, votes = store.check(), sum(1 for _ in store.ballots())
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo("Restore a backup with 'kbgen feedback restore FILE', or ask for help before you go on.", err=True)
        raise SystemExit(1)
    click.echo(f"{votes} votes, all as they were stored.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@database_option
def backup(file: Path, database: str) -> None:
    """Copy the votes to FILE while the service runs. The copy holds nothing that could tell who voted."""
    from kbgen.feedback.store.backup import backup as copied

    click.echo(f"{copied(database, file)} votes copied to {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@database_option
def restore(file: Path, database: str) -> None:
    """Put the backup FILE in the place of the votes. The service has to be stopped; what was there is kept."""
    from kbgen.feedback.store.backup import restore as put_back

    votes, before = put_back(file, database)
    click.echo(f"{votes} votes are in place.")
    if before:
        click.echo(f"What was there before: {before}")


@click.command()
@database_option
@click.option("--format", "form", default="csv", show_default=True, type=click.Choice(["csv", "jsonl"]), help="Form.")
def export(database: str, form: str) -> None:
    """Print every vote with its comment, in the order in which they came; who voted is not in it."""
    from kbgen.feedback.export import export_lines
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        for line in export_lines(store.ballots(), form):
            click.echo(line, nl=False)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@database_option
@click.option(
    "--format",
    "service",
    type=click.Choice(["kbgen", "plausible", "umami", "matomo", "ga4", "form"]),
    help="Where FILE comes from. Default: by what it holds.",
)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of all votes in a FILE that does not say when they came.",
)
def import_(file: Path, database: str, service: str | None, day: datetime | None) -> None:
    """Take in the votes of FILE, an export of kbgen or of a service that an adapter sends votes to.

    A vote that is there already stays as it is, so the same file, or one of a longer time, can be taken in again.
    """
    from kbgen.feedback.store.table import open_store

    ballots = _read(file, service, day.date() if day else None)
    with closing(open_store(database)) as store:
        new = store.restore(ballots)
    click.echo(f"{new} votes taken in, {len(ballots) - new} were there already.")


def _read(file: Path, service: str | None, day: date | None) -> list[Ballot]:
    """The votes of a file; rows that are none are told, and a file of such rows alone is an error."""
    from kbgen.errors import KbgenError
    from kbgen.feedback.ballot import SkippedRow
    from kbgen.feedback.takeover.table import read_votes

    skipped: list[SkippedRow] = []
    ballots: list[Ballot] = []
    for row in read_votes(file, service, day):
        if isinstance(row, SkippedRow):
            skipped.append(row)
        else:
            ballots.append(row)
    _tell_skipped(skipped)
    if skipped and not ballots:
        raise KbgenError(
            f"no vote could be read from '{file.name}'", hint="check the file; was the right one exported?"
        )
    return ballots


def _tell_skipped(skipped: list[SkippedRow]) -> None:
    from kbgen.feedback.plain_text import plain

    if skipped:
        click.echo(f"{len(skipped)} rows skipped:", err=True)
    for row in skipped[:SHOWN_ROWS]:
        click.echo(f"  {plain(str(row.where))}: {plain(row.problem)}", err=True)
    if len(skipped) > SHOWN_ROWS:
        click.echo(f"  … and {len(skipped) - SHOWN_ROWS} more", err=True)


@click.command()
@click.argument("article")
@database_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(article: str, database: str, yes: bool) -> None:
    """Delete every vote and comment on ARTICLE, a path below content/."""
    from kbgen.feedback.store.table import open_store

    article = article.removeprefix("./").removeprefix("content/")
    with closing(open_store(database, create=False)) as store:
        counts = Counter(ballot.vote.article for ballot in store.ballots())
        votes = counts[article]
        if not votes:
            near = nearest(article, counts)
            raise KbgenError(f"there is no vote on '{article}'", hint=f"did you mean '{near}'?" if near else "")
        if not yes:
            click.confirm(f"Delete {votes} votes on {article}? They cannot be brought back", abort=True)
        click.echo(f"{store.erase(article)} votes deleted.")


@click.command()
@database_option
@click.option(
    "--comments", default=COMMENTS, show_default=True, type=click.IntRange(0), help="Days that comments are kept."
)
@click.option(
    "--searches", default=SEARCHES, show_default=True, type=click.IntRange(0), help="Days that searches are kept."
)
def forget(database: str, comments: int, searches: int) -> None:
    """Delete comments and searches that are older than so many days; votes stay. The service does it once an hour."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.feedback.store.table import open_store

    today = build_day()
    with closing(open_store(database, create=False)) as store:
        rare = today - timedelta(min(searches, RARE_SEARCHES))
        gone = store.forget(comments=today - timedelta(comments), searches=today - timedelta(searches), rare=rare)
    click.echo(f"{gone} comments and searches deleted.")


@click.command()
@database_option
@json_option
def held(database: str, as_json: bool) -> None:
    """Print the votes that look like spam or cheating. They do not count until you release them."""
    from kbgen.feedback.plain_text import plain
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        ballots = list(store.ballots(held=True))
    if as_json:
        names = ("id", "article", "helpful", "comment")
        rows = [{name: getattr(b.vote, name) for name in names} | {"day": b.day, "held": b.held} for b in ballots]
        print_json("held", rows)
    elif not ballots:
        click.echo("No vote is held back.")
    else:
        lines = [("id", "day", "why", "article", "comment")]
        lines += [(b.vote.id, str(b.day), plain(b.held), b.vote.article, plain(b.vote.comment)[:60]) for b in ballots]
        table(lines)
        click.echo("\nLet them count: kbgen feedback release ID …")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@database_option
def release(ids: tuple[str, ...], database: str) -> None:
    """Let votes count that were held back."""
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        released = store.release(ids)
    _tell(released, ids, "count from now on")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@database_option
def redact(ids: tuple[str, ...], database: str) -> None:
    """Delete the comments of votes; the votes stay. An export says which id each has."""
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        redacted = store.redact(ids)
    _tell(redacted, ids, "have no comment any more")


def _tell(done: int, ids: Sequence[str], what: str) -> None:
    """Say for how many votes something was done; that some were not found is no success."""
    click.echo(f"{done} votes {what}.")
    if done < len(set(ids)):
        click.echo(f"{len(set(ids)) - done} were not found.", err=True)
        raise SystemExit(1)


@click.command()
def token() -> None:
    """Print a new token for reading reports, and the digest that the service has to know."""
    from kbgen.feedback.token import digest_of, new_token

    fresh = new_token()
    click.echo(f"Token:  {fresh}")
    click.echo(f"Digest: {digest_of(fresh)}")
    click.echo(
        "\nGive the digest to the service (--report-token or KBGEN_REPORT_TOKENS), and keep the token to yourself."
    )


COMMANDS = (check, backup, restore, export, import_, erase, forget, held, release, redact, token)
