"""The command `review`: what to mend or to write next."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, date_option, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbgen.articles.library import Library
    from kbgen.articles.settings import SiteSettings
    from kbgen.review.item import Item
    from kbgen.review.queue import Evidence
    from kbgen.search.contract import Broken


@click.command()
@config_option
@click.option(
    "--database",
    envvar="KBGEN_DATABASE",
    metavar="URL",
    help="Also read votes and searches from here. Default: the votes in feedback.json alone.",
)
@click.option("--days", default=90, show_default=True, type=click.IntRange(1), help="Days of searches, with today.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="Number of things to list.")
@date_option
@json_option
def review(  # noqa: PLR0913, PLR0917 - one parameter an option
    config: Path, database: str | None, days: int, limit: int, today: date | None, as_json: bool
) -> None:
    """List what to mend or to write next, most useful first, each with its evidence and what to do.

    Votes, failed searches, age, answer phrases and topics are put in one order: by the readers in a quarter who are
    fairly sure to have missed their answer.
    """
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings
    from kbgen.review.queue import review_queue

    settings = load_settings(config)
    library = load(settings.content, today or build_day(), shown=settings.shown)
    queue = review_queue(library, _evidence(settings, library, database, days), settings.shown)
    if as_json:
        print_json("queue", [item.as_json() for item in queue[:limit]])
    else:
        _tell(queue, limit)


def _evidence(settings: SiteSettings, library: Library, database: str | None, days: int) -> Evidence:
    from kbgen.feedback.counting import counted
    from kbgen.feedback.digest_file import FILE, read_digest
    from kbgen.feedback.findability import misleading
    from kbgen.feedback.store.table import open_store
    from kbgen.feedback.voted import Places
    from kbgen.review.queue import Evidence
    from kbgen.topics.lock import open_topics

    kept = read_digest(settings.root / FILE)
    places = Places(content=settings.content, root=settings.root, today=library.today)
    broken, topics = _broken(settings, library), open_topics(settings.root)
    if not database:
        return Evidence(digest=counted([], kept, places).digest, broken=broken, topics=topics)
    with closing(open_store(database, create=False)) as store:
        tallies, misleads = store.tallies(), store.misleads()
        searches = store.searches(library.today - timedelta(days - 1))
    done = counted(tallies, kept, places)
    return Evidence(
        digest=done.digest,
        searches=searches,
        days=days,
        misleads=misleading(misleads, done.moved),
        broken=broken,
        topics=topics,
    )


def _broken(settings: SiteSettings, library: Library) -> Sequence[Broken]:
    """The answer phrases that do not find their articles, none where the site has not been built."""
    from kbgen.errors import KbgenError
    from kbgen.search.contract import Promise, verdict

    promises = [Promise(article.path, phrase) for article in library.published for phrase in article.meta.answers]
    try:
        return verdict(settings.site, settings.state, promises).broken
    except KbgenError as error:
        click.echo(f"note: the answer phrases were not tried: {error.problem}", err=True)
        return ()


def _tell(queue: Sequence[Item], limit: int) -> None:
    from kbgen.feedback.plain_text import plain

    for item in queue[:limit]:
        click.echo(f"{item.rank}. {plain(item.title)} ({item.kind} {plain(item.subject)}), {_amount(item.readers)}")
        for cause in item.causes:
            click.echo(f"   - {plain(cause.evidence)}")
        click.echo(f"   Next: {plain(item.causes[0].action)}\n")
    if not queue:
        click.echo("Nothing to review: no votes, searches, dates or topics ask for it.")
    elif len(queue) > limit:
        click.echo(f"{len(queue) - limit} more; see them with --limit {len(queue)}.")


def _amount(readers: float) -> str:
    return f"{readers:.1f} readers a quarter"
