"""Commands that show topics: list, show."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, date_option, json_option, needs, print_json, table

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.engines.interface import Engine
    from kbgen.tickets.ticket import Ticket
    from kbgen.topics.coverage import Coverage
    from kbgen.topics.embedding.interface import Embedding
    from kbgen.topics.portrait import Portrait
    from kbgen.topics.registry import Registry

STATUSES = ("answered", "findable", "partly", "contradicted", "unanswered", "dismissed")
SORTS = ("tickets", "severity", "trend")
MOVING = ("rising", "new", "seasonal", "steady", "unknown", "fading")
WIDEST, WIDE, NARROWEST = 160, 110, 24
"""Columns: of a list where there is no terminal or a very wide one, from which the article is shown, of a question."""
LONGEST_PATH = 36
NUMBERS = ("tickets", "a week", "severity")
EXAMPLES = 4


@click.group()
def topics() -> None:
    """What customers ask again and again: find it in tickets, and draft the articles that are missing."""


def embedding_of(settings: SiteSettings, kind: str | None = None, engine: Engine | None = None) -> Embedding:
    """The embedding that was asked for, else the best that is installed; see `choice.embedding`."""
    with needs("topics"):
        from kbgen.tickets.store import TicketStore
        from kbgen.topics.embedding.choice import embedding
        from kbgen.topics.vectors import plain

        store = TicketStore(settings.state)
        return embedding(kind, settings.state, lambda: [plain(ticket.question) for ticket in store.stream()], engine)


def known_topics(settings: SiteSettings) -> Registry:
    """The topics that were found on this machine; raises a `KbgenError` where there are none."""
    with needs("topics"):
        from kbgen.topics.registry import read_registry
    from kbgen.errors import KbgenError

    registry = read_registry(settings.root, settings.state)
    if not registry.topics:
        raise KbgenError("no topics are known yet", hint="import tickets first: kbgen topics import FILE")
    return registry


def covered_topics(settings: SiteSettings) -> tuple[Registry, dict[str, Coverage], tuple[Ticket, ...]]:
    """Everything that is known of the topics of a help centre."""
    registry = known_topics(settings)
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.outputs.redirects import FILE, redirects
    from kbgen.search.synonyms import FILE as SYNONYMS
    from kbgen.search.synonyms import load_synonyms
    from kbgen.tickets.store import TicketStore
    from kbgen.topics.coverage import Surroundings, coverage

    tickets = TicketStore(settings.state).tickets()
    library = load(settings.content, build_day())
    with progress("Comparing topics with articles") as tell:
        beside = Surroundings(
            site_url=settings.site_url,
            redirects=redirects(library, settings.root / FILE),
            language=settings.language,
            synonyms=load_synonyms(settings.root / SYNONYMS, settings.language),
            tell=tell,
        )
        return registry, coverage(registry, tickets, library, embedding_of(settings), beside), tickets


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; what it gives takes how many of how many are done."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def tell(done: int, everything: int) -> None:
            bar.length = everything
            bar.update(done - bar.pos)

        yield tell


@topics.command("list")
@config_option
@click.option("--limit", type=click.IntRange(1), help="How many topics at most. Default: all.")
@click.option("--status", type=click.Choice(STATUSES), help="Only topics of this status.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="tickets",
    show_default=True,
    help="What comes first: most tickets, most severe, or rising fastest.",
)
@date_option
@json_option
def list_topics(  # noqa: PLR0913, PLR0917 - one parameter an option
    config: Path, limit: int | None, status: str | None, sort: str, today: date | None, as_json: bool
) -> None:
    """List topics: how many tickets, whether they become more, what they ask, and whether an article answers it."""
    from kbgen.articles.settings import load_settings

    registry, covered, tickets = covered_topics(load_settings(config))
    from kbgen.topics.portrait import portraits

    found = portraits(registry, covered, tickets, today)
    chosen = sorted((p for p in found if status in {None, p.state.status}), key=_order(sort))[:limit]
    if as_json:
        print_json("topics", [portrait.as_json() for portrait in chosen])
        return
    if chosen:
        _print_list(chosen, sort)
    counts = Counter(state.status for state in covered.values())
    click.echo("\n" + ", ".join(f"{counts[name]} {name}" for name in STATUSES if counts[name]) + ".")
    if any(portrait.trend.direction == "unknown" for portrait in chosen):
        click.echo("A trend of “?” has too few tickets or weeks to tell.")


def _order(sort: str) -> Callable[[Portrait], tuple[float, ...]]:
    if sort == "severity":
        return lambda p: (-p.severity.score, -p.topic.size)
    if sort == "trend":
        return lambda p: (MOVING.index(p.trend.direction), -p.trend.per_week, -p.topic.size)
    return lambda p: (-p.topic.size,)


def _print_list(chosen: list[Portrait], sort: str) -> None:
    """Print a row for each topic; where there is little room, only what it is sorted by stands beside its size."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    narrow = ("topic", "tickets", "severity" if sort == "severity" else "trend", "status")
    head = ("topic", "tickets", "a week", "trend", "severity", "status", "article") if width >= WIDE else narrow
    rows = [head, *(tuple(_cells(portrait)[name] for name in head) for portrait in chosen)]
    used = sum(max(len(row[n]) for row in rows) + 2 for n in range(len(head)))
    room = max(NARROWEST, width - used)
    labels = ["asks", *(_cut(portrait.topic.label, room) for portrait in chosen)]
    table(
        [(*row, label) for row, label in zip(rows, labels, strict=True)],
        right=tuple(head.index(n) for n in NUMBERS if n in head),
    )


def _cells(portrait: Portrait) -> dict[str, str]:
    trend = portrait.trend
    return {
        "topic": portrait.topic.id,
        "tickets": str(portrait.topic.size),
        "a week": f"{trend.per_week:.1f}" if trend.weeks else "–",
        "trend": "?" if trend.direction == "unknown" else trend.direction,
        "severity": f"{portrait.severity.score:.2f}",
        "status": portrait.state.status,
        "article": _cut(portrait.state.article, LONGEST_PATH),
    }


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


@topics.command("show")
@click.argument("topic_id", metavar="TOPIC")
@config_option
@date_option
@json_option
def show_topic(topic_id: str, config: Path, today: date | None, as_json: bool) -> None:
    """Show one topic: what it costs, questions without personal data, and how far articles answer it.

    An id that was merged into another topic shows that one.
    """
    from kbgen.articles.settings import load_settings

    settings = load_settings(config)
    known_topics(settings).topic(topic_id)
    registry, covered, tickets = covered_topics(settings)
    from kbgen.topics.portrait import portraits

    topic = registry.topic(topic_id)
    (portrait,) = (p for p in portraits(registry, covered, tickets, today) if p.topic.id == topic.id)
    if as_json:
        print_json("topic", portrait.as_json())
        return
    for line in portrait.lines(settings.shown, EXAMPLES):
        click.echo(line)
