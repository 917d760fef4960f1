"""Commands for votes: summary, digest and comments, of the group `feedback`."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.feedback import database_option
from kbgen.cli.options import config_option, json_option, print_json, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbgen.articles.settings import SiteSettings
    from kbgen.feedback.counting import Counted
    from kbgen.feedback.summary import ArticleFeedback, TextCount
    from kbgen.feedback.tally import Comment, Mislead, Tally
    from kbgen.feedback.voted import Places


@click.command()
@config_option
@database_option
@json_option
def summary(config: Path, database: str, as_json: bool) -> None:
    """Print the votes of each article: yes, no, reasons, and what so many votes can tell.

    In the folder of a help centre it also says how each text did before and after a major edit.
    """
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        tallies, misleads = store.tallies(), store.misleads()
        comments = store.comments() if as_json else []
    rows = _rows(config, tallies, misleads, comments)
    if as_json:
        print_json("articles", [row.as_json() for row in rows])
    else:
        _tell(rows)


def _rows(
    config: Path, tallies: Sequence[Tally], misleads: Sequence[Mislead], comments: Sequence[Comment]
) -> list[ArticleFeedback]:
    from kbgen.feedback.counting import counted, without_votes
    from kbgen.feedback.digest_file import FILE, read_digest
    from kbgen.feedback.findability import misleading
    from kbgen.feedback.summary import Beside, said, summary, text_summary

    if not config.is_file():
        return summary(tallies, Beside(searches=misleading(misleads), comments=said(comments)))
    settings = _settings(config)
    kept = read_digest(settings.root / FILE)
    done = counted(tallies, without_votes(kept), places_of(settings))
    searches, texts = misleading(misleads, done.moved), said(comments, done.moved)
    return text_summary(done.digest, Beside(searches=searches, comments=texts, revisions=done.current))


def _tell(rows: Sequence[ArticleFeedback]) -> None:
    from kbgen.feedback.plain_text import plain
    from kbgen.feedback.summary import FEWEST

    if not rows:
        click.echo("No votes yet.")
        return
    lines = [("article", "yes", "no", "helped", "95 % interval", "reasons"), *map(_cells, rows)]
    table(lines, right=(1, 2, 3))
    for row in rows:
        for before, after in row.trend:
            click.echo(f"\n{row.article}: before a major edit {_share(before)}, since then {_share(after)}")
        if row.misled:
            led = ", ".join(f"“{plain(search.query)}” {search.n}" for search in row.searches)
            told = f"searches: {led}" if led else "the searches are too few to be shown"
            click.echo(f"\n{row.article}: {row.misled} had looked for something else; {told}")
    click.echo(f"\nBelow {FEWEST} votes an article's share says too little to act on; such articles come last.")


def _cells(row: ArticleFeedback) -> tuple[str, str, str, str, str, str]:
    from kbgen.feedback.count import NOT_FOUND

    share = f"{row.yes / row.votes:.0%}" if row.enough else "too few"
    low, high = row.interval
    reasons = ", ".join(f"{name} {count}" for name, count in row.reasons.items() if name != NOT_FOUND)
    return row.article, str(row.yes), str(row.no), share, f"{low:.0%} to {high:.0%}", reasons


def _share(count: TextCount) -> str:
    low, high = count.interval
    return f"{count.yes} of {count.votes} helped ({low:.0%} to {high:.0%})"


@click.command()
@config_option
@database_option
def digest(config: Path, database: str) -> None:
    """Write what all votes come to into feedback.json, which is committed and which builds read.

    The file holds numbers alone: no comment and no search. Votes that it has and the database has lost stay in it.
    """
    from kbgen.feedback.counting import counted
    from kbgen.feedback.digest_file import FILE, read_digest, write_digest
    from kbgen.feedback.store.table import open_store

    settings = _settings(config)
    file = settings.root / FILE
    kept = read_digest(file)
    with closing(open_store(database, create=False)) as store:
        tallies = store.tallies()
    done = counted(tallies, kept, places_of(settings), anew=True)
    _note(done)
    written = write_digest(file, done.digest)
    votes = sum(row.count.votes for article in done.digest.values() for row in article.rows.values())
    state = "written" if written else "as it was"
    click.echo(f"{FILE}: {votes:,} votes on {len(done.digest):,} articles, {state}.")


def _note(done: Counted) -> None:
    """Tell what a person should know of a count."""
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    for path in done.gone:
        click.echo(f"note: {path} is no longer there; its votes stay under this path", err=True)


@click.command()
@click.argument("article", default="")
@config_option
@database_option
@json_option
def comments(article: str, config: Path, database: str, as_json: bool) -> None:
    """Print what readers wrote, the latest first: on one ARTICLE, a path below content/, or on all."""
    from kbgen.feedback.store.table import open_store

    with closing(open_store(database, create=False)) as store:
        found = store.comments()
    if config.is_file():
        settings = _settings(config)
        moved = places_of(settings).present({comment.article for comment in found}).moved
        article = article.removeprefix(f"{settings.shown()}/")
    else:
        moved = {}
    chosen = [comment for comment in found if not article or moved.get(comment.article, comment.article) == article]
    if as_json:
        print_json("comments", [vars(comment) for comment in chosen])
    else:
        _tell_comments(chosen)


def _tell_comments(chosen: Sequence[Comment]) -> None:
    from kbgen.feedback.plain_text import plain

    for comment in chosen:
        place = f"{comment.article}#{comment.section}" if comment.section else comment.article
        said = ", ".join(filter(None, ("yes" if comment.helpful else "no", comment.reason or "")))
        click.echo(f"{plain(place)}  {comment.day}  {said}\n  {plain(comment.text)}\n")
    click.echo(f"{len(chosen)} comments." if chosen else "No comments.")


def _settings(config: Path) -> SiteSettings:
    from kbgen.articles.settings import load_settings

    return load_settings(config)


def places_of(settings: SiteSettings) -> Places:
    """Where the help centre keeps its articles, as they stand today."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.feedback.voted import Places

    return Places(content=settings.content, root=settings.root, today=build_day())
