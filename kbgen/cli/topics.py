"""Commands that show topics: list, show."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, json_option, needs, print_json

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.tickets.ticket import Ticket
    from kbgen.topics.coverage import Coverage
    from kbgen.topics.embedding.interface import CachedEmbedding
    from kbgen.topics.registry import Registry
    from kbgen.topics.topic import Topic

STATUSES = ("answered", "partly", "unanswered", "dismissed")


@click.group()
def topics() -> None:
    """What customers ask again and again: find it in tickets, and draft the articles that are missing."""


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
