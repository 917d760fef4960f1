"""Votes in one SQLite file: write-ahead log, synced at each commit."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import StoreError
from kbgen.feedback.vote import Reason, Vote

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE vote (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    revision TEXT NOT NULL,
    helpful INTEGER,
    reason TEXT,
    comment TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX vote_of_article ON vote (article);
PRAGMA user_version = 1;
"""
_SAVE = """
INSERT INTO vote (id, article, revision, helpful, reason, comment, day) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    article = excluded.article, revision = excluded.revision, helpful = excluded.helpful,
    reason = excluded.reason, comment = excluded.comment
"""


def open_sqlite(path: str, *, create: bool) -> SqliteStore:
    """The store in the file that a `sqlite:///…` URL names: one slash more makes the path absolute."""
    file = Path(path.removeprefix("/"))
    if not path.startswith("/") or not file.name:
        raise KbgenError(f"'sqlite://{path}' names no file", hint="for example sqlite:///votes.sqlite")
    if not create and not file.is_file():
        raise KbgenError(f"there is no vote database at '{file}'", hint="start the service first: kbgen service")
    return SqliteStore(file)


class SqliteStore:
    """A store for one machine; any thread may use it, one at a time."""

    def __init__(self, file: Path) -> None:
        """Open the file, and create its table where it is new."""
        self._file = file
        self._lock = threading.Lock()
        with self._failing_clearly("be opened"):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=2.0)
        try:
            with self._failing_clearly("be opened"):
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA busy_timeout = 2000")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
        finally:
            self._db.execute("COMMIT")
        if version > SCHEMA_VERSION:
            raise KbgenError(
                f"the vote database '{self._file}' was written by a newer kbgen (schema {version})",
                hint="update kbgen: pip install --upgrade kbgen",
            )
        self._use_write_ahead_log()
        self._db.execute("PRAGMA synchronous = FULL")

    def _use_write_ahead_log(self) -> None:
        """Switch the log on; SQLite does not wait for others here, so we do."""
        for attempt in range(40):
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if attempt == 39:
                    raise
                time.sleep(0.05)
            else:
                return

    def save(self, votes: Sequence[Vote]) -> None:
        """Store votes in one transaction; see `Store`."""
        day = datetime.now(UTC).date().isoformat()
        rows = [(v.id, v.article, v.revision, v.helpful, v.reason and v.reason.value, v.comment, day) for v in votes]
        with self._lock, self._failing_clearly("take votes"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(_SAVE, rows)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def votes(self) -> list[Vote]:
        """Every vote; see `Store`."""
        columns = "id, article, revision, helpful, reason, comment"
        with self._lock, self._failing_clearly("be read"):
            rows = self._db.execute(f"SELECT {columns} FROM vote ORDER BY seq").fetchall()  # noqa: S608 - our own text
        return [_vote(row) for row in rows]

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _failing_clearly(self, doing: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"the vote database '{self._file}' cannot {doing}: {error}",
                hint="check the disk, and who may write to the file",
            ) from error


def _vote(row: tuple[str, str, str, int | None, str | None, str]) -> Vote:
    id_, article, revision, helpful, reason, comment = row
    return Vote(
        id=id_,
        article=article,
        revision=revision,
        helpful=None if helpful is None else bool(helpful),
        reason=Reason(reason) if reason else None,
        comment=comment,
    )
