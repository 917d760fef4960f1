"""Commands for what the articles cover of the topics: phrases and coverage, of the group `topics`."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import Day, config_option, date_option, json_option, needs, print_json, table
from kbgen.cli.topics import STATUSES, covered_topics, embedding_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbgen.articles.settings import SiteSettings
    from kbgen.search.reader import Reader
    from kbgen.topics.coverage import Coverage
    from kbgen.topics.phrases import Proposal
    from kbgen.topics.registry import Registry
    from kbgen.topics.replay import Replay, Row

LONGEST_LABEL = 48
QUARTER = 90


@click.command()
@config_option
@click.option("--write", is_flag=True, help="Add the phrases to the articles' front matter; review them with git diff.")
@json_option
def phrases(config: Path, write: bool, as_json: bool) -> None:
    """Propose answer phrases in customers' words for each article that answers a topic.

    A phrase names nobody: each of its words stands in three tickets of two people, and three tickets say the like.
    """
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.topics.phrases import proposals

    settings = load_settings(config)
    registry, covered, tickets = covered_topics(settings)
    library = load(settings.content, build_day())
    found = proposals(registry, covered, tickets, library, embedding_of(settings))
    refused = _add(found, settings) if write else {}
    if as_json:
        print_json("articles", [{**p.as_json(), "written": write and p.article not in refused} for p in found])
    else:
        _tell_phrases(found, settings, refused, written=write)
    if refused:
        raise SystemExit(1)


def _add(found: list[Proposal], settings: SiteSettings) -> dict[str, str]:
    """Add the phrases to the files; why a file was left alone, by article."""
    from kbgen.errors import KbgenError
    from kbgen.topics.addition import add_answers

    refused = {}
    for proposal in found:
        texts = [phrase.text for phrase in proposal.phrases]
        try:
            add_answers(settings.content / proposal.article, texts, shown=settings.shown(proposal.article))
        except KbgenError as error:
            refused[proposal.article] = str(error)
            click.echo(str(error), err=True)
    return refused


def _tell_phrases(found: list[Proposal], settings: SiteSettings, refused: Mapping[str, str], *, written: bool) -> None:
    for proposal in found:
        left = "  (left alone)" if proposal.article in refused else ""
        click.echo(f"{settings.shown(proposal.article)}  {proposal.title}{left}")
        for phrase in proposal.phrases:
            click.echo(f"  - {phrase.text}  ({phrase.tickets} tickets)")
        click.echo()
    count = sum(len(proposal.phrases) for proposal in found if proposal.article not in refused)
    if not found:
        click.echo("Nothing to propose: what customers say, the articles that answer it say already.")
    elif written:
        click.echo(f"{count} phrases added to {len(found) - len(refused)} articles. Review them: git diff")
    else:
        click.echo(f"{count} phrases for {len(found)} articles. Add them with: kbgen topics phrases --write")


@click.command()
@config_option
@click.option("--replay", "replayed", is_flag=True, help="Search the built site for what customers asked.")
@click.option("--since", type=Day(), help="With --replay: the first day of the questions.")
@click.option("--days", type=click.IntRange(1), help=f"With --replay: how many days of questions. Default: {QUARTER}.")
@click.option(
    "--lang", default="", metavar="CODE", help="With --replay: the language of the index. Default: its only one."
)
@date_option
@json_option
def coverage(  # noqa: PLR0913, PLR0917 - one parameter an option
    config: Path, replayed: bool, since: date | None, days: int | None, lang: str, today: date | None, as_json: bool
) -> None:
    """Say how many tickets the articles answer, topic by topic; with --replay, whether search finds the answers."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings

    if (since or days or lang) and not replayed:
        raise click.UsageError("--since, --days and --lang go with --replay")
    if since and days:
        raise click.UsageError("give --since or --days, not both")
    settings = load_settings(config)
    if not replayed:
        registry, covered, _ = covered_topics(settings)
        _tell_coverage(registry, covered, as_json=as_json)
        return
    reader = _reader(settings, lang)
    registry, covered, tickets = covered_topics(settings)
    from kbgen.topics.replay import replay

    first = since or (today or build_day()) - timedelta((days or QUARTER) - 1)
    done = replay(registry, covered, tickets, reader, first)
    if as_json:
        print_json("replay", done.as_json())
    else:
        _tell_replay(done)


def _reader(settings: SiteSettings, asked: str) -> Reader:
    from kbgen.errors import KbgenError
    from kbgen.search.reader import languages, open_site

    known = languages(settings.site)
    if not known:
        raise KbgenError(f"there is no search index in '{settings.site.name}/'", hint="build the site: kbgen build")
    if not asked and len(known) > 1:
        raise KbgenError("the site has several languages", hint=f"choose one with --lang: {', '.join(known)}")
    return open_site(settings.site, asked or known[0])


def _tell_coverage(registry: Registry, covered: Mapping[str, Coverage], *, as_json: bool) -> None:
    topics = Counter(covered[topic.id].status for topic in registry.topics)
    tickets: Counter[str] = Counter()
    for topic in registry.topics:
        tickets[covered[topic.id].status] += topic.size
    if as_json:
        print_json("coverage", {name: {"topics": topics[name], "tickets": tickets[name]} for name in STATUSES})
        return
    table([("status", "topics", "tickets"), *((n, str(topics[n]), str(tickets[n])) for n in STATUSES)], right=(1, 2))


def _tell_replay(done: Replay) -> None:
    from kbgen.topics.replay import FEWEST, FIRST

    if not done.rows:
        click.echo(f"No ticket was asked since {done.since}; look further back with --since or --days.")
        return
    table([("topic", "asks", "n", "answered", "95 % interval", "article"), *map(_cells, done.rows)], right=(2, 3))
    for row in done.rows:
        if row.article and row.missed:
            click.echo(f"  not found, {row.topic}: “{row.missed[0]}”")
    findable, everything = done.total(with_article=True), done.total()
    click.echo(f"\n{everything.n} questions since {done.since}. Search answers {_share(everything)}.")
    if findable.n:
        click.echo(
            f"An article answers the topic of {findable.n} of them; for these, search answers {_share(findable)}."
        )
    click.echo(
        f"Answered: the article of the topic is among the first {FIRST}, or one that asks the very same. "
        f"Below {FEWEST} questions a share says too little."
    )
    if done.undated:
        click.echo(f"{done.undated} tickets have no day and were left out.")


def _cells(row: Row) -> tuple[str, str, str, str, str, str]:
    low, high = row.interval
    share = f"{row.answered / row.n:.0%}" if row.enough else f"{row.answered} of {row.n}"
    label = row.label if len(row.label) <= LONGEST_LABEL else f"{row.label[: LONGEST_LABEL - 1]}…"
    return row.topic or "–", label, str(row.n), share, f"{low:.0%} to {high:.0%}", row.article or row.status


def _share(row: Row) -> str:
    low, high = row.interval
    return f"{row.answered} of {row.n}, {row.answered / row.n:.0%} ({low:.0%} to {high:.0%})"
