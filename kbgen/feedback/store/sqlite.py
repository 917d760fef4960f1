"""Feedback in one SQLite file: write-ahead log, synced at each commit, with a marker that finds what gets lost."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback.store.connection import WAIT, connect, failing_clearly, sqlite_file, wrapped
from kbgen.feedback.store.interface import StoreError
from kbgen.feedback.store.marker import Marker, State
from kbgen.feedback.store.migration import pending
from kbgen.feedback.store.reports import COLUMNS, Transaction
from kbgen.feedback.store.rows import Row, row_sum
from kbgen.feedback.store.sql import SqlStore

log = logging.getLogger("kbgen.feedback")

_MARKED = 3
"""The first schema that has a ledger."""
NOTHING = State(identity="", commits=0, ballots=0, digest=0)
_LEDGER = "SELECT identity, commits, ballots, digest FROM ledger"


def open_sqlite(path: str, *, create: bool) -> SqliteStore:
    """The store in the file that a URL names."""
    file = sqlite_file(path)
    if not create and not file.is_file():
        raise KbgenError(f"there is no vote database at '{file}'", hint="start the service first: kbgen service")
    return SqliteStore(file)


class LossError(StoreError):
    """A database that holds less than was acknowledged."""


class SqliteTransaction:
    """A transaction of SQLite that keeps account of what it changes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Begin with nothing changed."""
        self._db = db
        self.ballots = 0
        self.digest = 0

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement; see `Transaction`."""
        return self._db.execute(statement, values).fetchall()

    def each(self, statement: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row; see `Transaction`."""
        self._db.executemany(statement, rows)

    def record(self, came: Sequence[int], went: Sequence[int]) -> None:
        """Account for ballots; see `Transaction`."""
        self.ballots += len(came) - len(went)
        self.digest += sum(came) - sum(went)


class SqliteStore(SqlStore):
    """A store for one machine; any thread may use it, one at a time."""

    among = "IN (SELECT value FROM json_each(?))"

    def __init__(self, file: Path, *, accept_loss: bool = False) -> None:
        """Open the file, or make it; raises a `LossError` where acknowledged votes are missing, unless accepted."""
        self.file = file
        self._lock = threading.RLock()
        with ExitStack() as opened, failing_clearly(file, "be opened"):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._db = connect(file)
            opened.callback(self._db.close)
            self._bring_up_to_date(opened, accept_loss=accept_loss)
            self._use_write_ahead_log()
            self._db.execute("PRAGMA synchronous = FULL")
            if accept_loss:
                self._accept()
            self._marker.write(self._state())
            opened.pop_all()

    def _bring_up_to_date(self, opened: ExitStack, *, accept_loss: bool) -> None:
        """Find what was lost, unless that is accepted, then migrate."""
        with self._alone():
            version = self._version()
        needed = pending("sqlite", version, f"'{self.file}'")
        self._marker = Marker(self.file, alone=accept_loss)
        opened.callback(self._marker.close)
        if not accept_loss:
            self._compare()
        if needed:
            self._keep_copy(version)
            self._migrate()

    def _accept(self) -> None:
        """Take what is there for what was acknowledged; votes that were damaged are held back."""
        damaged = f"sum <> row_sum({COLUMNS})"
        with self._alone():
            self._db.execute(f"UPDATE vote SET held = 'damaged' WHERE {damaged}")
            self._db.execute(f"UPDATE vote SET sum = row_sum({COLUMNS}) WHERE {damaged}")
            ballots, digest = self._db.execute("SELECT count(*), coalesce(wrapped_sum(sum), 0) FROM vote").fetchone()
            self._db.execute("UPDATE ledger SET commits = commits + 1, ballots = ?, digest = ?", (ballots, digest))
        self._marker.reset(self._state())

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def _state(self) -> State:
        identity, commits, ballots, digest = self._db.execute(_LEDGER).fetchone()
        return State(identity=identity, commits=commits, ballots=ballots, digest=digest)

    def _compare(self) -> None:
        """Raise a `LossError` where the database is behind its marker, and keep its log before SQLite shortens it."""
        acknowledged = self._marker.read()  # before the ledger: another process may write in between
        state = self._state() if self._version() >= _MARKED else NOTHING
        if acknowledged is None and state.commits:
            log.warning("'%s' has no marker: whether votes are missing cannot be told this time", self.file)
        if acknowledged is None or acknowledged == state:
            return
        if acknowledged.identity == state.identity and acknowledged.commits < state.commits:
            return
        self._keep_log()
        url = f"sqlite:///{self.file}"
        raise LossError(
            f"the vote database '{self.file}' has lost acknowledged votes: {acknowledged.ballots} were stored, up to "
            f"commit {acknowledged.commits}; the file holds {state.ballots}, up to commit {state.commits}",
            hint=f"copy the files away first; then restore a backup ('kbgen feedback restore FILE --database {url}') "
            f"or go on with what is there ('kbgen feedback check --accept-loss --database {url}')",
        )

    def _keep_log(self) -> None:
        """A copy of a log that SQLite is about to shorten; the first one stays."""
        written = self.file.with_name(f"{self.file.name}-wal")
        copy = self.file.with_name(f"{self.file.name}-wal-damaged")
        if written.exists() and written.stat().st_size and not copy.exists():
            shutil.copy2(written, copy)

    def _keep_copy(self, version: int) -> None:
        """What is there before a migration stays in a file beside it."""
        copy = self.file.with_name(f"{self.file.name}-schema{version}")
        if version and not copy.exists():
            part = copy.with_name(f".{copy.name}.part")
            part.unlink(missing_ok=True)
            self._db.execute("VACUUM INTO ?", (str(part),))
            part.replace(copy)

    def _migrate(self) -> None:
        """Bring the file to the schema of this kbgen, in one step."""
        with self._alone():
            for migration in pending("sqlite", self._version(), f"'{self.file}'"):  # another may have been here
                for statement in (*migration.statements, f"PRAGMA user_version = {migration.number}"):
                    self._db.execute(statement)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A transaction that other programs wait for; undone where its block fails."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

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

    def listed(self, values: Sequence[object]) -> object:
        """Several values as one; see `SqlStore`."""
        return json.dumps(values)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that changes nothing; see `SqlStore`."""
        with self._lock, failing_clearly(self.file, "be read"):
            yield SqliteTransaction(self._db)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that is on disk, and marked so, when its block is left; see `SqlStore`."""
        with self._lock, failing_clearly(self.file, "be written"):
            with self._alone():
                transaction = SqliteTransaction(self._db)
                yield transaction
                state = self._accounted(transaction)
            self._marker.write(state)

    def _accounted(self, transaction: SqliteTransaction) -> State:
        before = self._state()
        state = State(
            identity=before.identity,
            commits=before.commits + 1,
            ballots=before.ballots + transaction.ballots,
            digest=wrapped(before.digest + transaction.digest),
        )
        values = (state.commits, state.ballots, state.digest)
        self._db.execute("UPDATE ledger SET commits = ?, ballots = ?, digest = ?", values)
        return state

    def salt(self, today: date) -> str:
        """The salt of the day; what was destroyed for it leaves the log, too."""
        salt = super().salt(today)
        with self._lock, failing_clearly(self.file, "be written"):
            self._db.execute("PRAGMA busy_timeout = 100")  # a reader that is in the way now is not in an hour
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        return salt

    def check(self) -> list[str]:
        """Compare every page and every ballot with what was acknowledged; see `Store`."""
        with self._lock, failing_clearly(self.file, "be read"):
            faults = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
            self._db.execute("BEGIN")
            try:
                return [*faults, *self._compared_with_ledger()]
            finally:
                self._db.execute("COMMIT")

    def _compared_with_ledger(self) -> Iterator[str]:
        state, ballots, digest = self._state(), 0, 0
        for *fields, kept in self._db.execute(f"SELECT {COLUMNS}, sum FROM vote"):
            ballots += 1
            digest += kept
            if row_sum(*fields) != kept:
                yield f"a vote on '{fields[1]}' is not what was stored"
        if (ballots, wrapped(digest)) != (state.ballots, state.digest):
            yield f"{state.ballots} votes were acknowledged, and {ballots} are there that are not all the same"

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
            self._marker.close()
