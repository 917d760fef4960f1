"""The command `topics report`: what customers ask, as a page."""

from __future__ import annotations

import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.effect import live_day
from kbgen.cli.options import config_option, date_option, needs
from kbgen.cli.topics import covered_topics, embedding_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kbgen.articles.settings import SiteSettings
    from kbgen.tickets.ticket import Ticket
    from kbgen.topics.coverage import Coverage
    from kbgen.topics.effect import Effect
    from kbgen.topics.registry import Registry


@click.command("report")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the page.")
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@config_option
@date_option
def report(output: Path | None, opened: bool, config: Path, today: date | None) -> None:
    """Write a page for people: what customers ask, what is answered, and what to write first.

    One HTML file that loads nothing, by default .kbgen/topics-report.html. It holds labels and phrases of topics, and
    no ticket.
    """
    from kbgen.articles.lifecycle import build_day
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.report.file import default_file, refuse_published, write_report
        from kbgen.report.gathering import gathered
        from kbgen.report.page import page

    settings = load_settings(config)
    file = output or default_file(settings)
    refuse_published(file, settings)
    registry, covered, tickets = covered_topics(settings)
    found = gathered(
        settings,
        registry,
        covered,
        tickets,
        embedding_of(settings),
        today=today or build_day(),
        effects=_effects(settings, registry, covered, tickets),
    )
    write_report(file, page(found, settings.language, settings.kbgen.look))
    told = ", ".join(f"{topics} {status}" for status, (topics, _) in found.by_status.items())
    click.echo(f"Wrote {file}: {len(found.rows)} topics ({told}) in {found.tickets} tickets.")
    click.echo("It holds customers' words: read it before you pass it on.")
    if opened:
        webbrowser.open(file.absolute().as_uri())


def _effects(
    settings: SiteSettings, registry: Registry, covered: Mapping[str, Coverage], tickets: Sequence[Ticket]
) -> list[Effect]:
    """What became of the topics that an article answers, where git knows since when."""
    from kbgen.topics.effect import effect

    created = {ticket.id: ticket.created for ticket in tickets if ticket.created}
    if not created:
        return []
    ends = (min(created.values()), max(created.values()))
    days = {topic.id: [created[id_] for id_ in topic.tickets if id_ in created] for topic in registry.topics}
    paths = {topic.id: covered[topic.id].article for topic in registry.topics if covered[topic.id].status == "answered"}
    live = {path: live_day(settings, path) for path in sorted(set(paths.values()))}
    return [effect(id_, path, day, days, ends) for id_, path in paths.items() if (day := live[path])]
