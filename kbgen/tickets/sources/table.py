"""The table of sources: every format that kbgen reads, by its name."""

from __future__ import annotations

from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.tickets.sources.csv import read_csv
from kbgen.tickets.sources.interface import Source
from kbgen.tickets.sources.jsonl import read_jsonl

SOURCES: dict[str, Source] = {"csv": read_csv, "jsonl": read_jsonl}
ENDINGS = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def source_for(file: Path, format_name: str | None) -> Source:
    """The source named, or the one that the file's ending names; raises a `KbgenError` where neither helps."""
    if not file.is_file():
        raise KbgenError(f"there is no file '{file}'", hint="check the path of the export")
    name = format_name or ENDINGS.get(file.suffix.lower())
    if name is None:
        raise KbgenError(
            f"the ending of '{file.name}' names no known format", hint=f"say which it is: --format {'|'.join(SOURCES)}"
        )
    return SOURCES[name]
