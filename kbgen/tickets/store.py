"""The ticket store: one SQLite file below `.kbgen/`, ignored by git, safe to delete.

A row is an id and the ticket's values, without the names of its fields, compressed; `layout` holds the names. This was
measured against JSON as text and against blocks of columns: see benchmarks/ticket_store.py.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket

VERSION = 2
KEY_BYTES = 32
_FIELDS = tuple(field.name for field in fields(Ticket))
_VALUES = attrgetter(*_FIELDS)
_MOST_NAMED = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS ticket (id TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS layout (fields TEXT NOT NULL) STRICT;
"""
_STAGE = "CREATE TABLE staging.ticket (id TEXT PRIMARY KEY, replies INT, created TEXT, data BLOB) STRICT, WITHOUT ROWID"
_KEEP = """
INSERT INTO staging.ticket VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
SET replies = excluded.replies, created = excluded.created, data = excluded.data
WHERE (-excluded.replies, excluded.created, excluded.data) < (-replies, created, data)
"""
"""Of several tickets with one id: the one with most replies, then the oldest, whichever comes first."""

_NEW = "SELECT count(*) FROM staging.ticket WHERE id NOT IN (SELECT id FROM main.ticket)"
_CHANGED = (
    "SELECT count(*) FROM staging.ticket JOIN main.ticket USING (id) WHERE main.ticket.data <> staging.ticket.data"
)
_MERGE = """
INSERT INTO main.ticket SELECT id, data FROM staging.ticket WHERE true
ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE data <> excluded.data
"""

Decoder = Callable[[Any], Ticket]


@dataclass(frozen=True, kw_only=True)
class Saved:
    """How many tickets were not known, known with other words, and known as they are."""

    new: int
    changed: int
    known: int


class TicketStore:
    """Keeps tickets that have passed the door."""

    def __init__(self, state: Path) -> None:
        """Use the folder for caches."""
        self._folder = state
        self._file = state / "tickets.sqlite"

    def key(self) -> bytes:
        """The secret of this machine for hashing requesters; made when it is first asked for."""
        file = self._folder / "key"
        try:
            if not file.is_file() or len(file.read_bytes()) < KEY_BYTES:
                self._make_folder()
                beside = self._folder / f".key.{os.getpid()}.part"
                with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                    stream.write(secrets.token_bytes(KEY_BYTES))
                beside.replace(file)
            return file.read_bytes()
        except OSError as error:
            raise self._unwritable(error) from error

    def save(self, tickets: Iterable[Ticket]) -> Saved:
        """Store tickets, all or none; their order does not matter, and known ones leave the file as it is."""
        staging = self._folder / f".import.{os.getpid()}.part"
        try:
            with closing(self._open()) as db:
                _private(staging)
                db.execute("ATTACH ? AS staging", (str(staging),))
                db.execute("PRAGMA staging.journal_mode = OFF")
                return self._merge(db, tickets)
        except (sqlite3.Error, OSError) as error:
            raise self._unwritable(error) from error
        finally:
            with suppress(OSError):
                staging.unlink()

    def _merge(self, db: sqlite3.Connection, tickets: Iterable[Ticket]) -> Saved:
        db.execute(_STAGE)
        with db:
            db.executemany(_KEEP, ((t.id, len(t.replies), t.created, _packed(t)) for t in tickets))
            staged, new, changed = (
                db.execute(query).fetchone()[0] for query in ("SELECT count(*) FROM staging.ticket", _NEW, _CHANGED)
            )
            if new or changed:
                db.execute(_MERGE)
        return Saved(new=new, changed=changed, known=staged - new - changed)

    def tickets(self) -> tuple[Ticket, ...]:
        """Every ticket, by id."""
        return tuple(self.stream())

    def stream(self) -> Iterator[Ticket]:
        """Every ticket, by id, one at a time."""
        yield from self._read("SELECT data FROM ticket ORDER BY id")

    def of(self, ids: Iterable[str]) -> Iterator[Ticket]:
        """The tickets with these ids, by id; an id that is not known is passed over."""
        for some in batched_sorted(ids):
            marks = ", ".join("?" * len(some))
            yield from self._read(f"SELECT data FROM ticket WHERE id IN ({marks}) ORDER BY id", some)  # noqa: S608

    def __len__(self) -> int:
        """How many tickets there are."""
        return sum(1 for _ in self._rows("SELECT id FROM ticket"))

    def _read(self, query: str, values: tuple[str, ...] = ()) -> Iterator[Ticket]:
        for decode, row in self._rows(query, values):
            try:
                yield decode(row)
            except (ValueError, TypeError, zlib.error) as error:
                raise self._unreadable() from error

    def _rows(self, query: str, values: tuple[str, ...] = ()) -> Iterator[tuple[Decoder, Any]]:
        if not self._file.is_file() or not self._file.stat().st_size:
            return
        try:
            with closing(sqlite3.connect(f"{self._file.absolute().as_uri()}?mode=ro", uri=True)) as db:
                decode = _decoder(db)
                for (data,) in db.execute(query, values):
                    yield decode, data
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._unreadable() from error

    def _open(self) -> sqlite3.Connection:
        self._make_folder()
        _private(self._file)
        db = sqlite3.connect(self._file)
        try:
            _bring_up_to_date(db)
        except (ValueError, TypeError, zlib.error) as error:
            db.close()
            raise self._unreadable() from error
        except BaseException:
            db.close()
            raise
        return db

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        ignored = self._folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")

    def _unreadable(self) -> KbgenError:
        return KbgenError(
            f"the ticket store '{self._file}' cannot be read: it is damaged, or of a later kbgen",
            hint="update kbgen, or delete the file and import the tickets again",
        )

    def _unwritable(self, error: Exception) -> KbgenError:
        return KbgenError(
            f"the ticket store below '{self._folder}' cannot be written: {error}",
            hint="make room on the disk; if the store is damaged, delete it and import again",
        )


def batched_sorted(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids in order, each once, in groups that one query can name."""
    ordered = iter(sorted(set(ids), key=str.encode))
    while some := tuple(islice(ordered, _MOST_NAMED)):
        yield some


def _private(file: Path) -> None:
    """Make the file if there is none; nobody but its owner may read it."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    file.chmod(0o600)


def _packed(ticket: Ticket) -> bytes:
    values = json.dumps(_VALUES(ticket), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(values.encode("utf-8", "replace"), 1)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _decoder(db: sqlite3.Connection) -> Decoder:
    """How rows become tickets: the first version held objects as text, this one values in the order of `layout`."""
    version = _version(db)
    if version > VERSION:
        raise ValueError
    if version < VERSION:
        return lambda data: _ticket(json.loads(data))
    names = json.loads(db.execute("SELECT fields FROM layout").fetchone()[0])
    return lambda data: _ticket(dict(zip(names, json.loads(zlib.decompress(data)), strict=True)))


def _ticket(data: dict[str, Any]) -> Ticket:
    found: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Ticket(**found)


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """Write the rows of an older kbgen anew, in one transaction."""
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if _version(db) > VERSION:
        raise ValueError
    old = _version(db) < VERSION or db.execute("SELECT fields FROM layout").fetchone() != (json.dumps(_FIELDS),)
    if not old:
        return
    decode = _decoder(db) if "ticket" in tables else None
    with db:
        db.execute("BEGIN IMMEDIATE")
        rows = []
        if decode:
            rows = [decode(data) for (data,) in db.execute("SELECT data FROM ticket")]
            db.execute("DROP TABLE ticket")
        db.execute("DROP TABLE IF EXISTS layout")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)
        db.execute("INSERT INTO layout VALUES (?)", (json.dumps(_FIELDS),))
        db.executemany("INSERT INTO ticket VALUES (?, ?)", ((ticket.id, _packed(ticket)) for ticket in rows))
        db.execute(f"PRAGMA user_version = {VERSION}")
