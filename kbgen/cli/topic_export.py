"""The command `topics export`."""

from __future__ import annotations

from pathlib import Path

import click

from kbgen.cli.options import config_option
from kbgen.cli.topics import known_topics


@click.command("export")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file. Default: standard output."
)
@config_option
def export_topics(output: Path | None, config: Path) -> None:
    """Print one JSON line for each ticket: its id, the id of its topic, and how well it belongs there.

    The tier is core, fringe, or one-off for a ticket of no topic. No text of a ticket is exported.
    """
    from kbgen.articles.settings import load_settings
    from kbgen.outputs.files import write_whole
    from kbgen.tickets.store import TicketStore

    settings = load_settings(config)
    registry = known_topics(settings)
    from kbgen.topics.placement import placement_lines

    text = "".join(placement_lines(registry, (ticket.id for ticket in TicketStore(settings.state).tickets())))
    if output:
        write_whole(output, text)
        click.echo(f"{text.count(chr(10))} tickets written to {output}.")
    else:
        click.echo(text, nl=False)
