"""The exported file: a table, JSON lines, or one JSON document, in UTF-8 or UTF-16."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import SkippedRow

_BOMS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = ",;\t"
_TOTALS = {"Grand total", "Totals", "Gesamtsumme", "Summen"}
"""What marks the row with which Google Analytics ends or begins a table, in English and German."""
_KEYS = {"article", "revision"}
"""What a single line has that is a vote, and not the answer of a service."""
csv.field_size_limit(10_000_000)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One record: where it stands, and its values by the file's own names."""

    where: Where
    cells: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A CSV file with a header; lines before it that are empty or begin with `#` are passed over."""

    file: Path
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row | SkippedRow]:
        """The rows in the order of the file, in constant memory."""
        with _reading(self.file) as text:
            before, delimiter = _preamble(text)
            reader = csv.reader(text, delimiter=delimiter)
            next(reader, None)
            line = before + reader.line_num + 1
            for cells in reader:
                if any(cells) and not _TOTALS & set(cells):
                    yield self._row(cells, Where(path=self.file.name, line=line))
                line = before + reader.line_num + 1

    def _row(self, cells: list[str], where: Where) -> Row | SkippedRow:
        if len(cells) != len(self.columns):
            return SkippedRow(where=where, problem=f"{len(cells)} cells instead of {len(self.columns)}")
        return Row(where=where, cells=dict(zip(self.columns, cells, strict=True)))


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A file with one JSON object on each line."""

    file: Path
    columns: tuple[str, ...]

    def rows(self) -> Iterator[Row | SkippedRow]:
        """The objects in the order of the file, in constant memory."""
        with _reading(self.file) as text:
            for number, line in enumerate(text, 1):
                if line.strip():
                    yield _row_of(parsed(line), Where(path=self.file.name, line=number))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that is one JSON value."""

    file: Path
    data: object

    @property
    def columns(self) -> tuple[str, ...]:
        """The names in the value, or in the first object of the list that it is."""
        first = self.data[0] if isinstance(self.data, list) and self.data else self.data
        return tuple(first) if isinstance(first, dict) else ()

    def get(self, name: str) -> object:
        """What the value holds under a name; `None` where it holds nothing or is no object."""
        return self.data.get(name) if isinstance(self.data, dict) else None

    def rows(self) -> Iterator[Row | SkippedRow]:
        """The objects of the list that the value is, or the object that it is."""
        return self.rows_of(self.data if isinstance(self.data, list) else [self.data])

    def rows_of(self, values: object) -> Iterator[Row | SkippedRow]:
        """The objects of a list in the value, each with its number in place of a line."""
        for number, value in enumerate(values if isinstance(values, list) else (), 1):
            yield _row_of(value, Where(path=f"{self.file.name}, entry {number}"))


Exported = Table | Lines | Document
"""What a file can be."""


def open_exported(file: Path) -> Exported:
    """What a file holds, by its first characters; raises a `KbgenError` where it cannot be read."""
    with _reading(file) as text:
        first = next((line for line in text if line.strip()), "").strip()
        more = first.startswith("{") and any(line.strip() for line in text)
    if not first:
        raise KbgenError("the file is empty", where=Where(path=file.name), hint="export it again")
    if not first.startswith(("{", "[")):
        return Table(file=file, columns=_columns(file))
    if first.endswith("}") and (more or set(_names(file)) >= _KEYS):
        return Lines(file=file, columns=_names(file))
    return Document(file=file, data=_whole(file))


def _names(file: Path) -> tuple[str, ...]:
    """The names in the first line that is an object."""
    with _reading(file) as text:
        values = (parsed(line) for line in text)
        return next((tuple(value) for value in values if isinstance(value, dict)), ())


def parsed(text: str) -> object:
    """The JSON value in a text, or `None` where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row_of(value: object, where: Where) -> Row | SkippedRow:
    if isinstance(value, dict):
        return Row(where=where, cells=value)
    return SkippedRow(where=where, problem="this is not a JSON object")


def _columns(file: Path) -> tuple[str, ...]:
    with _reading(file) as text:
        _, delimiter = _preamble(text)
        return tuple(name.strip() for name in next(csv.reader(text, delimiter=delimiter), []))


def _preamble(text: IO[str]) -> tuple[int, str]:
    """Go to the header of a table: the number of lines before it, and what separates its cells."""
    before = 0
    while True:
        place, line = text.tell(), text.readline()
        if not line or (line.strip() and not line.startswith("#")):
            text.seek(place)
            return before, max(_SEPARATORS, key=line.count)
        before += 1


def _whole(file: Path) -> object:
    with _reading(file) as text:
        value = parsed(text.read())
    if value is None:
        raise KbgenError("this is not JSON", where=Where(path=file.name), hint="export the file again, whole")
    return value


@contextmanager
def _reading(file: Path) -> Iterator[IO[str]]:
    """Open a file in its encoding; whatever stands in the way becomes a `KbgenError`."""
    where = Where(path=file.name)
    try:
        with file.open("rb") as data:
            encoding = "utf-16" if data.read(2) in _BOMS else "utf-8-sig"
        with file.open(encoding=encoding, newline="") as text:
            yield text
    except UnicodeError as error:
        raise KbgenError("the file is neither UTF-8 nor UTF-16", where=where, hint="export it in UTF-8") from error
    except csv.Error as error:
        raise KbgenError(f"this is not CSV: {error}", where=where, hint="export the file again, whole") from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=where) from error
