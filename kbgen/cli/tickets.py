"""The command that takes tickets in: topics import."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, needs
from kbgen.cli.topics import embedding_of

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.tickets.ticket import SkippedRow, Ticket

SHOWN_ROWS = 10


def _mapping(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from kbgen.tickets.sources.interface import FIELDS

    pairs = {}
    for value in values:
        field, separator, column = value.partition("=")
        if not separator or field not in FIELDS:
            raise click.BadParameter(f"'{value}' is not FIELD=COLUMN; the fields are: {', '.join(FIELDS)}")
        pairs[field] = column
    return pairs


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
@click.option(
    "--format", "format_name", type=click.Choice(["csv", "jsonl"]), help="Format of FILE. Default: by its ending."
)
@click.option(
    "--strict", is_flag=True, help="Fail, and store nothing, where something may be personal and is not certain."
)
@click.option(
    "--privacy-report", "report", type=click.Path(path_type=Path), help="Write what was removed to this JSON file."
)
@click.option(
    "--presidio", multiple=True, metavar="LANG=MODEL", help="Find names with Presidio and this spaCy model, too."
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_mapping,
    help="Column of a field: id, created, subject, text, replies, requester or tags. May be given more than once.",
)
@click.option("--refit", is_flag=True, help="Group all tickets anew, instead of adding the new ones to known topics.")
def import_tickets(  # noqa: PLR0913, PLR0917 (one argument an option)
    file: Path,
    config: Path,
    format_name: str | None,
    columns: dict[str, str],
    refit: bool,
    strict: bool,
    report: Path | None,
    presidio: tuple[str, ...],
) -> None:
    """Read a ticket export, take personal data out of it, and find what recurs.

    Tickets are stored below .kbgen/ and never leave this machine; topics.lock keeps what may be committed.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.tickets.door import Door
        from kbgen.tickets.people import models_of
        from kbgen.tickets.people import presidio as people_of
        from kbgen.tickets.removal import Removal
        from kbgen.tickets.sources.table import source_for
        from kbgen.tickets.store import TicketStore
        from kbgen.tickets.ticket import RawTicket

    from kbgen.errors import KbgenError
    from kbgen.outputs.files import write_whole

    settings = load_settings(config)
    store = TicketStore(settings.state)
    people = people_of(models_of(presidio)) if presidio else None
    door = Door(store.key(), people=people)
    removal = Removal()
    skipped: list[SkippedRow] = []
    read = 0

    def admitted() -> Iterator[Ticket]:
        nonlocal read
        for row in source_for(file, format_name)(file, columns):
            if isinstance(row, RawTicket):
                admission = door.admit(row)
                removal.add(admission)
                if admission.ticket:
                    read += 1
                    yield admission.ticket
            else:
                skipped.append(row)

    try:
        changed = store.save(removal.settled(admitted(), strict=strict))
    finally:
        if report:
            write_whole(report, json.dumps({"schema_version": 1, **removal.as_json()}, indent=2) + "\n")
    _tell_import(file, read, changed, skipped, removal.removed)
    for line in removal.told():
        click.echo(line)
    if not read:
        raise KbgenError(f"no ticket could be read from '{file}'", hint="check the file; was the right one exported?")
    _find(settings, store.tickets(), refit=refit)


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


def _find(settings: SiteSettings, tickets: tuple[Ticket, ...], *, refit: bool) -> None:
    with needs("topics"):
        from kbgen.topics.continuation import continued
        from kbgen.topics.mining import MiningSettings
        from kbgen.topics.registry import read_registry, write_registry
    from kbgen.articles.lifecycle import build_day

    registry = read_registry(settings.root, settings.state)
    embedding = embedding_of(settings)
    mining = MiningSettings()
    fresh = continued(registry, tickets, embedding, mining, day=build_day().isoformat(), refit=refit)
    write_registry(settings.root, settings.state, fresh, embedding=embedding.name, settings=mining)
    placed = sum(topic.size for topic in fresh.topics)
    click.echo(
        f"{len(fresh.topics)} topics found in {placed} of {len(tickets)} tickets; "
        f"{len(tickets) - placed} recur in none."
    )
    if fresh.topics:
        click.echo("See them with: kbgen topics list")
    else:
        click.echo(f"A topic needs at least {mining.smallest} tickets that ask the same. Import a longer period.")
