"""Commands for what people decide about topics: rename, merge, split, dismiss, answer, of the group `topics`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, needs
from kbgen.cli.topics import embedding_of, known_topics

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.topics.registry import Registry

undo_option = click.option("--undo", is_flag=True, help="Take the decision back.")


@click.command()
@click.argument("topic_id", metavar="TOPIC")
@click.argument("label")
@config_option
def rename(topic_id: str, label: str, config: Path) -> None:
    """Call TOPIC by a LABEL of your own; an empty LABEL takes it back at the next import.

    The label stands in topics.lock, so that it goes with the repository.
    """
    with needs("topics"):
        from kbgen.topics.decisions import renamed
    now = _decide(config, topic_id, lambda registry: renamed(registry, topic_id, label))
    click.echo(f"{now} is called “{label}” from now on." if label else f"{now} has no label of yours any more.")


@click.command()
@click.argument("topic_id", metavar="TOPIC")
@click.option("--because", "reason", default="", metavar="REASON", help="Why no article is needed. Required.")
@undo_option
@config_option
def dismiss(topic_id: str, reason: str, undo: bool, config: Path) -> None:
    """Set TOPIC aside, for a reason that the list of decisions shows; it stays so over every import."""
    if bool(reason) == undo:
        raise click.UsageError("say why with --because REASON, or take it back with --undo")
    with needs("topics"):
        from kbgen.topics.decisions import dismissed, undecided
    if undo:
        now = _decide(config, topic_id, lambda registry: undecided(registry, topic_id))
        click.echo(f"{now} is open again.")
    else:
        now = _decide(config, topic_id, lambda registry: dismissed(registry, topic_id, reason))
        click.echo(f"{now} is set aside: {reason}")


@click.command()
@click.argument("topic_id", metavar="TOPIC")
@click.argument("article", required=False, default="")
@undo_option
@config_option
def answer(topic_id: str, article: str, undo: bool, config: Path) -> None:
    """Say that ARTICLE, a path below content/, answers TOPIC, whatever kbgen finds."""
    if bool(article) == undo:
        raise click.UsageError("name the ARTICLE that answers it, or take it back with --undo")
    with needs("topics"):
        from kbgen.topics.decisions import answered, undecided
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings

    if undo:
        now = _decide(config, topic_id, lambda registry: undecided(registry, topic_id))
        click.echo(f"Nobody says any more which article answers {now}.")
        return
    library = load(load_settings(config).content, build_day())
    paths = [each.path for each in library.published if not each.is_index]
    now = _decide(config, topic_id, lambda registry: answered(registry, topic_id, article, paths))
    click.echo(f"{now} is answered by {article}.")


@click.command()
@click.argument("topic_ids", nargs=-1, required=True, metavar="TOPIC...")
@click.option("--into", required=True, metavar="TOPIC", help="The topic that the others become part of.")
@config_option
def merge(topic_ids: tuple[str, ...], into: str, config: Path) -> None:
    """Make TOPICs that ask the same part of another one; their ids go on naming it."""
    with needs("topics"):
        from kbgen.topics.decisions import merged
    registry = _rearrange(config, lambda registry, _: merged(registry, into, topic_ids))
    topic = registry.topic(into)
    click.echo(f"{topic.id} has {topic.size} tickets now: {topic.label}")


@click.command()
@click.argument("topic_id", metavar="TOPIC")
@click.option("--by", "phrase", required=True, metavar="PHRASE", help="Words that only the one kind of ticket holds.")
@config_option
def split(topic_id: str, phrase: str, config: Path) -> None:
    """Make the tickets of TOPIC that hold a PHRASE a topic of their own; later ones with it follow.

    The phrase is written to topics.lock. At least three tickets of two people must hold it.
    """
    with needs("topics"):
        from kbgen.topics import decisions
    new = ""

    def parted(registry: Registry, settings: SiteSettings) -> Registry:
        nonlocal new
        from kbgen.tickets.store import TicketStore

        changed, new = decisions.split(registry, topic_id, phrase, TicketStore(settings.state).tickets())
        return changed

    registry = _rearrange(config, parted)
    for topic in (registry.topic(topic_id), registry.topic(new)):
        click.echo(f"{topic.id} has {topic.size} tickets: {topic.label}")


def _decide(config: Path, topic_id: str, decide: Callable[[Registry], Registry]) -> str:
    """Write a decision to topics.lock; the present id of the topic."""
    from kbgen.articles.settings import load_settings
    from kbgen.topics.registry import read_registry, write_decisions

    settings = load_settings(config)
    registry = read_registry(settings.root, settings.state)
    changed = decide(registry)
    write_decisions(settings.root, changed)
    return registry.known(topic_id)


def _rearrange(config: Path, decide: Callable[[Registry, SiteSettings], Registry]) -> Registry:
    """Write a decision that moves tickets, and the topics that it makes."""
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings
    from kbgen.tickets.store import TicketStore

    settings = load_settings(config)
    changed = decide(known_topics(settings), settings)
    from kbgen.topics.continuation import rearranged
    from kbgen.topics.registry import write_arranged

    tickets = TicketStore(settings.state).tickets()
    registry = rearranged(changed, tickets, embedding_of(settings), day=build_day().isoformat())
    write_arranged(settings.root, settings.state, registry)
    return registry
