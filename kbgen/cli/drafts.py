"""Commands for drafts: topics draft, topics accept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kbgen.cli.options import config_option, needs
from kbgen.cli.topics import covered_topics, embedding_of


@click.command("draft")
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


@click.command("accept")
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
