"""The ticket store: one SQLite file below `.kbgen/`, ignored by git, safe to delete."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket

_SCHEMA = "CREATE TABLE IF NOT EXISTS ticket (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID"
_SAVE = (
    "INSERT INTO ticket VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE data <> excluded.data"
)


KEY_BYTES = 32


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
                self._folder.mkdir(parents=True, exist_ok=True)
                beside = self._folder / f".key.{os.getpid()}.part"
                with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                    stream.write(secrets.token_bytes(KEY_BYTES))
                beside.replace(file)
            return file.read_bytes()
        except OSError as error:
            raise self._unwritable(error) from error

    def save(self, tickets: Iterable[Ticket]) -> int:
        """Store tickets in one transaction, by id, of several with one id the first; how many are new or changed."""
        seen: set[str] = set()
        first = (t for t in tickets if t.id not in seen and not seen.add(t.id))  # type: ignore[func-returns-value]
        try:
            with closing(self._open()) as db, db:
                before = db.total_changes
                db.executemany(_SAVE, ((t.id, json.dumps(asdict(t), ensure_ascii=False)) for t in first))
                return db.total_changes - before
        except (sqlite3.Error, OSError) as error:
            raise self._unwritable(error) from error

    def tickets(self) -> tuple[Ticket, ...]:
        """Every ticket, by id."""
        if not self._file.is_file():
            return ()
        try:
            with closing(self._open()) as db:
                rows = db.execute("SELECT data FROM ticket ORDER BY id").fetchall()
            return tuple(_ticket(json.loads(data)) for (data,) in rows)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise KbgenError(
                f"the ticket store '{self._file}' cannot be read", hint="delete it and import the tickets again"
            ) from error

    def _unwritable(self, error: Exception) -> KbgenError:
        return KbgenError(
            f"the ticket store below '{self._folder}' cannot be written: {error}",
            hint="make room on the disk; if the store is damaged, delete it and import again",
        )

    def _open(self) -> sqlite3.Connection:
        self._folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._file)
        db.execute(_SCHEMA)
        return db


def _ticket(data: dict[str, Any]) -> Ticket:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Ticket(**fields)
