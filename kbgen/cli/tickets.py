"""The command that takes tickets in: topics import."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kbgen.cli.options import config_option, needs
from kbgen.cli.topics import embedding_of

if TYPE_CHECKING:
    from kbgen.articles.settings import SiteSettings
    from kbgen.engines.interface import Engine
    from kbgen.tickets.door import Door
    from kbgen.tickets.intake import Intake
    from kbgen.tickets.removal import Removal
    from kbgen.tickets.sources.export import Export
    from kbgen.tickets.store import Saved
    from kbgen.tickets.ticket import Ticket
    from kbgen.topics.embedding.interface import Embedding

SHOWN_ROWS = 10
SHOWN_TEXT = 240
REPORT = "import-skipped.txt"
"""The file below `.kbgen/` that lists every skipped row of the last import."""

FORMATS = ("csv", "jsonl", "mbox", "eml", "zendesk", "freshdesk", "intercom", "helpscout", "zammad", "github")


def _mapping(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    from kbgen.tickets.sources.interface import FIELDS

    pairs = {}
    for value in values:
        field, separator, column = value.partition("=")
        if not separator or field not in FIELDS:
            raise click.BadParameter(f"'{value}' is not FIELD=COLUMN; the fields are: {', '.join(FIELDS)}")
        pairs[field] = column
    return pairs


def _encoding(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from kbgen.tickets.sources.encoding import known_encoding

    if value is not None and not known_encoding(value):
        raise click.BadParameter(f"'{value}' is no encoding that Python knows; for example utf-16-le or cp1252")
    return value


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@config_option
@click.option("--format", "format_name", type=click.Choice(FORMATS), help="Format of FILE. Default: by what it holds.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_mapping,
    help="Column of a field: id, created, subject, text, replies, requester, requester_name, agent, tags, product, "
    "plan, lang, url, reopened, first_reply or satisfied. May be given more than once.",
)
@click.option("--map-file", type=click.Path(path_type=Path), help="YAML file that names columns: 'field: column'.")
@click.option(
    "--staff",
    multiple=True,
    metavar="DOMAIN_OR_ADDRESS",
    help="Whose mails are answers, for mbox and EML. May be given more than once. Default: guessed and shown.",
)
@click.option("--encoding", callback=_encoding, help="Encoding of FILE, for example cp1252. Default: UTF-8 or UTF-16.")
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
    "--embedding",
    "kind",
    type=click.Choice(["minilm", "static", "words"]),
    help=(
        "What compares tickets. minilm reads each of them, some 200 a second and core, and finds most. static lets it "
        "read one in three, at most 3,000, and is worth it from 20,000 tickets on. words needs no model and finds "
        "least. Default: minilm; words where onnxruntime is not installed."
    ),
)
@click.option("--refit", is_flag=True, help="Group all tickets anew, instead of adding the new ones to known topics.")
@click.option(
    "--dask",
    default="",
    metavar="ADDRESS",
    help="Let the workers of this Dask scheduler do the work, for example tcp://10.0.0.5:8786. Default: all cores.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be read from where, and a first ticket; store nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before going on.")
def import_tickets(  # noqa: PLR0913, PLR0917 - one for each option
    file: Path,
    config: Path,
    format_name: str | None,
    columns: dict[str, str],
    map_file: Path | None,
    staff: tuple[str, ...],
    encoding: str | None,
    strict: bool,
    report: Path | None,
    presidio: tuple[str, ...],
    kind: str | None,
    refit: bool,
    dask: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Read a ticket export, take personal data out of it, and find what recurs.

    FILE is an export, packed or not, or a folder of them. Tickets are stored below .kbgen/ and never leave this
    machine; topics.lock keeps what may be committed.
    """
    from kbgen.articles.settings import load_settings

    with needs("topics"):
        from kbgen.engines.choice import engine_at
        from kbgen.tickets.intake import Intake
        from kbgen.tickets.sources.columns import read_mapping
        from kbgen.tickets.sources.export import Export
        from kbgen.tickets.sources.interface import Reading
        from kbgen.tickets.sources.table import source_of
        from kbgen.tickets.store import TicketStore

    settings = load_settings(config)
    store = TicketStore(settings.state)
    reading = Reading(columns={**(read_mapping(map_file) if map_file else {}), **columns}, staff=staff)
    with Export(file, encoding) as export, engine_at(dask) as engine:
        source = source_of(export, format_name)
        _show_fields(file, source.title, source.fields(export, reading))
        intake = Intake(source.rows(export, reading), _door(settings, store.key(), presidio))
        _show_first(intake.first())
        if dry_run:
            click.echo("Nothing was stored.")
            return
        if not yes and sys.stdin.isatty() and sys.stdout.isatty():
            click.confirm("Go on with all tickets?", default=True, abort=True)
        try:
            with _progress(export):
                saved = store.save(intake.removal.settled(intake.tickets(engine), strict=strict))
        finally:
            _report(intake.removal, report)
        _tell_import(file, settings, intake, saved)
        _find(settings, store.tickets(), embedding_of(settings, kind, engine), engine, refit=refit)


def _door(settings: SiteSettings, key: bytes, presidio: tuple[str, ...]) -> Door:
    """The door of this help centre: it knows the site's address and the product's words."""
    from kbgen.tickets.door import Door, terms_of
    from kbgen.tickets.people import models_of
    from kbgen.tickets.people import presidio as people_of

    return Door(
        key,
        sites=(settings.site_url,) if settings.site_url else (),
        terms=terms_of((settings.site_name, *_texts(settings))),
        people=people_of(models_of(presidio)) if presidio else None,
    )


def _texts(settings: SiteSettings) -> list[str]:
    """What the articles say; nothing where there is no article yet."""
    from kbgen.articles.library import load
    from kbgen.articles.lifecycle import build_day
    from kbgen.errors import KbgenError

    try:
        return [f"{article.title} {article.body}" for article in load(settings.content, build_day()).published]
    except KbgenError:
        return []


def _report(removal: Removal, file: Path | None) -> None:
    from kbgen.outputs.files import write_whole

    if file:
        write_whole(file, json.dumps({"schema_version": 1, **removal.as_json()}, indent=2) + "\n")


def _show_fields(file: Path, title: str, fields: dict[str, str]) -> None:
    click.echo(f"{file.name} is read as {title}:")
    for field, origin in fields.items():
        click.echo(f"  {field} ← {origin}")


def _show_first(ticket: Ticket | None) -> None:
    if ticket is None:
        return
    text = " ".join(ticket.text.split())
    click.echo("The first ticket, without personal data:")
    click.echo(f"  {ticket.subject or '(no subject)'}")
    click.echo(f"  {text[:SHOWN_TEXT]}{'…' if len(text) > SHOWN_TEXT else ''}")
    click.echo(f"  replies: {len(ticket.replies)}")


@contextmanager
def _progress(export: Export) -> Iterator[None]:
    """A bar on a terminal that moves with the bytes that are read; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=export.size, label="Reading", file=sys.stderr) as bar:
        export.watch = bar.update
        yield


def _tell_import(file: Path, settings: SiteSettings, intake: Intake, saved: Saved) -> None:
    from kbgen.errors import KbgenError
    from kbgen.outputs.files import write_whole

    removal = intake.removal
    known = removal.tickets - saved.new - saved.changed
    click.echo(
        f"Read {removal.tickets} tickets from {file.name}: {saved.new} new, {saved.changed} changed, {known} known."
    )
    skipped = settings.state / REPORT
    write_whole(skipped, "".join(f"line {row.line}: {row.reason}\n" for row in intake.skipped))
    if intake.skipped:
        click.echo(f"Skipped {intake.skipped_rows} rows:")
        for row in intake.skipped[:SHOWN_ROWS]:
            click.echo(f"  line {row.line}: {row.reason}")
        if intake.skipped_rows > SHOWN_ROWS:
            click.echo(f"  … and {intake.skipped_rows - SHOWN_ROWS} more, all in {skipped}")
    kinds = ", ".join(f"{kind} {count}" for kind, count in removal.removed.most_common())
    click.echo(f"Personal data removed: {kinds or 'none found'}.")
    for line in removal.told():
        click.echo(line)
    if not removal.tickets:
        raise KbgenError(f"no ticket could be read from '{file}'", hint="check the file; was the right one exported?")


def _find(
    settings: SiteSettings, tickets: tuple[Ticket, ...], embedding: Embedding, engine: Engine, *, refit: bool
) -> None:
    with needs("topics"):
        from kbgen.tickets.duplicates import duplicates
        from kbgen.topics.continuation import continued
        from kbgen.topics.embedding.choice import told
        from kbgen.topics.mining import MiningSettings
        from kbgen.topics.registry import read_registry, write_registry
    from kbgen.articles.lifecycle import build_day

    twice = duplicates(tickets)
    counted = [ticket for ticket in tickets if ticket.id not in twice.ids]
    if twice.ids:
        click.echo(f"Not counted: {len(twice.repeats)} repeats of one person, {twice.mailed} parts of mass mailings.")
    registry = read_registry(settings.root, settings.state)
    mining = MiningSettings()
    day = build_day().isoformat()
    fresh = continued(registry, counted, embedding, mining, day=day, refit=refit, engine=engine)
    write_registry(settings.root, settings.state, fresh, embedding=embedding.name, settings=mining)
    placed = sum(topic.size for topic in fresh.topics)
    click.echo(
        f"{len(fresh.topics)} topics found in {placed} of {len(counted)} tickets; "
        f"{len(counted) - placed} recur in none."
    )
    click.echo(f"Compared by {told(embedding.name)}.")
    if fresh.topics:
        click.echo("See them with: kbgen topics list")
    else:
        click.echo(f"A topic needs at least {mining.smallest} tickets that ask the same. Import a longer period.")
