"""The table of sources: every format that kbgen reads; which one an export has is told from what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.tickets.sources.csv import Csv
from kbgen.tickets.sources.encoding import likely_encoding
from kbgen.tickets.sources.export import FIRST_BYTES, Export
from kbgen.tickets.sources.freshdesk import FRESHDESK
from kbgen.tickets.sources.github import GITHUB
from kbgen.tickets.sources.helpdesk import TICKETS
from kbgen.tickets.sources.helpscout import HELPSCOUT
from kbgen.tickets.sources.intercom import INTERCOM
from kbgen.tickets.sources.interface import Beginning, Reading, Row, Source
from kbgen.tickets.sources.json_records import JsonRecords
from kbgen.tickets.sources.mailbox import EML, MBOX
from kbgen.tickets.sources.records import Record, looks_like_json, records_of
from kbgen.tickets.sources.shapes import Object
from kbgen.tickets.sources.zammad import ZAMMAD
from kbgen.tickets.sources.zendesk import ZENDESK

SOURCES: tuple[Source, ...] = (
    ZENDESK,
    FRESHDESK,
    INTERCOM,
    HELPSCOUT,
    ZAMMAD,
    GITHUB,
    JsonRecords(),
    MBOX,
    EML,
    Csv(),
)
"""The first that claims an export reads it: those with the most particular marks stand first."""

FORMATS = tuple(source.name for source in SOURCES)
_SEEN = 20
"""How many records are looked at for one that tells the format."""


def source_of(export: Export, format_name: str | None = None) -> Source:
    """The source named, or the one that claims the export; raises a `KbgenError` where none does."""
    if format_name:
        return next(source for source in SOURCES if source.name == format_name)
    first = export.parts[0]
    where = first.where
    with export.unwatched():
        data = first.first()
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise KbgenError("the file is empty", where=where, hint="export it again")
    beginning = _beginning(export)
    source = next((source for source in SOURCES if source.claims(beginning)), None)
    if source is None:
        raise KbgenError(_strange(data), where=where, hint=f"export another, or name it: --format {'|'.join(FORMATS)}")
    return source


def read_tickets(path: Path, format_name: str | None = None, reading: Reading | None = None) -> Iterator[Row]:
    """The tickets of an export and the rows that were skipped, in its order."""
    with Export(path) as export:
        yield from source_of(export, format_name).rows(export, reading or Reading())


def _beginning(export: Export) -> Beginning:
    with export.unwatched():
        with export.parts[0].text("surrogateescape") as stream:
            text = stream.read(FIRST_BYTES)
        return Beginning(text=text, record=_first_record(export) if looks_like_json(text) else {})


def _first_record(export: Export) -> Object:
    rows = (row for row in records_of(export) if not isinstance(row, Record) or row.kind in TICKETS)
    return next((row.data for row in islice(rows, _SEEN) if isinstance(row, Record)), {})


def _strange(data: bytes) -> str:
    if likely_encoding(data).startswith("utf-16"):
        return "the file looks like UTF-16 without a byte order mark; say so with --encoding utf-16-le"
    if data.lstrip().startswith(b"<"):
        return "the file is XML or HTML, which kbgen does not read"
    return "the format of the file is not known"
