"""Commands for topics: import, list, show, draft, accept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, json_option, needs, print_json

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.tickets.ticket import SkippedRow, Ticket
    from kbgen.topics.coverage import Coverage
    from kbgen.topics.embedding.interface import CachedEmbedding
    from kbgen.topics.registry import Registry
    from kbgen.topics.topic import Topic

STATUSES = ("answered", "partly", "unanswered", "dismissed")
SHOWN_ROWS = 10


@click.group()
def topics() -> None:
    """What customers ask again and again: find it in tickets, and draft the articles that are missing."""


def _mapping(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from kbgen.tickets.sources.interface import FIELDS

    pairs = {}
    for value in values:
        field, separator, column = value.partition("=")
        if not separator or field not in FIELDS:
            raise click.BadParameter(f"'{value}' is not FIELD=COLUMN; the fields are: {', '.join(FIELDS)}")
        pairs[field] = column
    return pairs


@topics.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format", "format_name", type=click.Choice(["csv", "jsonl"]), help="Format of FILE. Default: by its ending."
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_mapping,
    help="Column of a field: id, created, subject, text, replies, requester or tags. May be given more than once.",
)
def import_tickets(file: Path, config: Path, format_name: str | None, columns: dict[str, str]) -> None:
    """Read a ticket export, take personal data out of it, and find what recurs.

    Tickets are stored below .kbgen/ and never leave this machine; topics.lock keeps what may be committed.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.tickets.door import Door
        from kbgen.tickets.sources.table import source_for
        from kbgen.tickets.store import TicketStore
        from kbgen.tickets.ticket import RawTicket

    from kbgen.errors import KbgenError

    settings = load_settings(config)
    store = TicketStore(settings.state)
    door = Door(store.key())
    removed: Counter[str] = Counter()
    skipped: list[SkippedRow] = []
    read = 0

    def admitted() -> Iterator[Ticket]:
        nonlocal read
        for row in source_for(file, format_name)(file, columns):
            if isinstance(row, RawTicket):
                ticket, kinds = door.admit(row)
                removed.update(kinds)
                read += 1
                yield ticket
            else:
                skipped.append(row)

    changed = store.save(admitted())
    _tell_import(file, read, changed, skipped, removed)
    if not read:
        raise KbgenError(f"no ticket could be read from '{file}'", hint="check the file; was the right one exported?")
    _find(settings, store.tickets())


def _tell_import(file: Path, read: int, changed: int, skipped: list[SkippedRow], removed: Counter[str]) -> None:
    click.echo(f"Read {read} tickets from {file.name}: {changed} new or changed, {read - changed} known.")
    if skipped:
        click.echo(f"Skipped {len(skipped)} rows:")
        for row in skipped[:SHOWN_ROWS]:
            click.echo(f"  line {row.line}: {row.reason}")
        if len(skipped) > SHOWN_ROWS:
            click.echo(f"  … and {len(skipped) - SHOWN_ROWS} more")
    kinds = ", ".join(f"{kind} {count}" for kind, count in removed.most_common())
    click.echo(f"Personal data removed: {kinds or 'none found'}.")


def _find(settings: SiteSettings, tickets: tuple[Ticket, ...]) -> None:
    with needs("topics"):
        from kbgen.topics.finding import find_topics
        from kbgen.topics.mining import MiningSettings
        from kbgen.topics.registry import read_registry, write_registry
    from dataclasses import replace

    registry = read_registry(settings.root, settings.state)
    embedding = embedding_of(settings)
    mining = MiningSettings()
    found = find_topics(tickets, embedding, mining, registry.topics, registry.remembered)
    fresh = replace(registry, topics=found.topics)
    write_registry(settings.root, settings.state, fresh, embedding=embedding.name, settings=mining)
    placed = found.tickets - found.unplaced
    click.echo(
        f"{len(found.topics)} topics found in {placed} of {found.tickets} tickets; {found.unplaced} recur in none."
    )
    if found.topics:
        click.echo("See them with: kbgen topics list")
    else:
        click.echo(f"A topic needs at least {mining.smallest} tickets that ask the same. Import a longer period.")


def embedding_of(settings: SiteSettings) -> CachedEmbedding:
    """The model that finds topics, with its cache."""
    with needs("topics"):
        from kbgen.topics.embedding.interface import CachedEmbedding
        from kbgen.topics.embedding.minilm import MiniLM
    return CachedEmbedding(MiniLM(), settings.state)


def covered_topics(settings: SiteSettings) -> tuple[Registry, dict[str, Coverage], tuple[Ticket, ...]]:
    """Everything that is known of the topics of a help centre."""
    with needs("topics"):
        from kbgen.topics.coverage import coverage
        from kbgen.topics.registry import read_registry
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.errors import KbgenError
    from kbgen.tickets.store import TicketStore

    registry = read_registry(settings.root, settings.state)
    if not registry.topics:
        raise KbgenError("no topics are known yet", hint="import tickets first: kbgen topics import FILE")
    tickets = TicketStore(settings.state).tickets()
    library = load(settings.content, build_day())
    return registry, coverage(registry, tickets, library, embedding_of(settings)), tickets


@topics.command("list")
@config_option
@click.option("--limit", type=click.IntRange(1), help="How many topics at most. Default: all.")
@click.option("--status", type=click.Choice(STATUSES), help="Only topics of this status.")
@json_option
def list_topics(config: Path, limit: int | None, status: str | None, as_json: bool) -> None:
    """List topics, largest first: how many tickets, what they ask, and whether an article answers it."""
    from kbgen.articles.settings import load_settings

    registry, covered, _ = covered_topics(load_settings(config))
    chosen = [topic for topic in registry.topics if status in (None, covered[topic.id].status)][:limit]
    if as_json:
        print_json("topics", [_as_json(topic, covered[topic.id]) for topic in chosen])
        return
    for topic in chosen:
        _print_topic(topic, covered[topic.id])
    counts = Counter(covered[topic.id].status for topic in registry.topics)
    click.echo(", ".join(f"{counts[name]} {name}" for name in STATUSES if counts[name]) + ".")


def _print_topic(topic: Topic, state: Coverage) -> None:
    people = f" from {topic.people} people" if topic.people else ""
    click.echo(f"{topic.id}  {topic.label}")
    click.echo(f"          {topic.size} tickets{people} · {', '.join(topic.phrases)}")
    for example in topic.examples[:2]:
        click.echo(f"          “{example}”")
    article = f": content/{state.article}" if state.article else ""
    click.echo(f"          {state.status}{article}\n")


def _as_json(topic: Topic, state: Coverage) -> dict[str, object]:
    return {
        "id": topic.id,
        "label": topic.label,
        "tickets": topic.size,
        "people": topic.people,
        "phrases": topic.phrases,
        "examples": topic.examples[:3],
        "first": topic.first,
        "last": topic.last,
        "status": state.status,
        "article": state.article,
        "near": [{"article": near.article, "likeness": near.likeness} for near in state.near],
    }


@topics.command("show")
@click.argument("topic_id", metavar="TOPIC")
@config_option
@json_option
def show_topic(topic_id: str, config: Path, as_json: bool) -> None:
    """Show one topic: phrases, questions without personal data, and the articles nearest to it."""
    from kbgen.articles.settings import load_settings

    registry, covered, _ = covered_topics(load_settings(config))
    topic = registry.topic(topic_id)
    state = covered[topic.id]
    if as_json:
        print_json("topic", _as_json(topic, state))
        return
    _print_topic(topic, state)
    if topic.first:
        click.echo(f"Asked from {topic.first} to {topic.last}.")
    click.echo("Nearest articles:")
    for near in state.near:
        click.echo(f"  {near.likeness:.2f}  content/{near.article}  {near.title}")


@topics.command("draft")
@click.argument("topic_ids", nargs=-1, metavar="[TOPIC]...")
@config_option
@click.option("--limit", type=click.IntRange(1), help="How many drafts at most. Default: all.")
def draft_topics(topic_ids: tuple[str, ...], config: Path, limit: int | None) -> None:
    """Write a draft for each unanswered topic, or for the TOPICs named, into content/drafts/.

    A draft that a person has edited is left as it is.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.drafts.draft import make_draft
        from kbgen.drafts.writer import Kept, Written, write_draft

    settings = load_settings(config)
    registry, covered, tickets = covered_topics(settings)
    by_id = {ticket.id: ticket for ticket in tickets}
    open_ones = [topic for topic in registry.topics if covered[topic.id].status == "unanswered"]
    chosen = ([registry.topic(id_) for id_ in topic_ids] or open_ones)[:limit]
    embedding = embedding_of(settings)
    counts: Counter[str] = Counter()
    for topic in chosen:
        own = [by_id[id_] for id_ in topic.tickets if id_ in by_id]
        outcome = write_draft(settings.content, make_draft(topic, own, covered[topic.id].near, embedding))
        verb = "wrote" if isinstance(outcome, Written) else "kept" if isinstance(outcome, Kept) else "same"
        why = "  (edited by a person)" if verb == "kept" else ""
        counts[verb] += 1
        click.echo(f"{verb:5}  {outcome.path.relative_to(settings.root)}  {topic.label}{why}")
    kept = f", {counts['kept']} edited by a person and left alone" if counts["kept"] else ""
    click.echo(f"{counts['wrote']} drafts written, {counts['same']} as they were{kept}.")
    click.echo("Answer their boxes, then: kbgen topics accept DRAFT --section SECTION")


@topics.command("accept")
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--section", required=True, help="Folder below content/ where the article goes.")
@click.option("--name", metavar="FILE", help="Name of the article's file. Default: made from its title.")
@config_option
def accept_draft(draft: Path, section: str, name: str | None, config: Path) -> None:
    """Move a finished DRAFT into a section and mark its topic answered; refuses while a box is open."""
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.drafts.acceptance import accept
        from kbgen.topics.registry import read_registry

    settings = load_settings(config)
    registry = read_registry(settings.root, settings.state)
    done = accept(settings, registry, draft, section=section, name=name)
    click.echo(f"Accepted: {done.path.relative_to(settings.root)} answers {', '.join(done.topics)}.")
