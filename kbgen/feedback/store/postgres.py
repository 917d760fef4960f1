"""Feedback in PostgreSQL, for several services behind a balancer. Needs the extra `[postgres]`."""

from __future__ import annotations

import re
import select
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import psycopg
from psycopg.errors import DeadlockDetected, NotNullViolation, UniqueViolation

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import Received, StoreError, UnstorableError
from kbgen.feedback.store.migration import pending
from kbgen.feedback.store.reports import Transaction
from kbgen.feedback.store.rows import Row
from kbgen.feedback.store.sql import SqlStore

_ATTEMPTS = 5
"""Times that a group is tried where two services wrote the same vote at one moment."""
_MIGRATING = 7_146_253_001
"""The advisory lock under which one of several services brings the schema up to date."""
_SETTINGS = "-c statement_timeout=60s -c lock_timeout=5s -c synchronous_commit=on"


class PostgresTransaction:
    """A transaction of PostgreSQL."""

    def __init__(self, db: psycopg.Connection[Row]) -> None:
        """Begin."""
        self._db = db

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement; see `Transaction`."""
        cursor = self._db.execute(_native(statement), values)
        return cursor.fetchall() if cursor.description else []

    def each(self, statement: str, rows: Sequence[Row]) -> None:
        """Run a statement for each row, without waiting for one before the next; see `Transaction`."""
        if rows:
            self._db.cursor().executemany(_native(statement), rows)

    def record(self, came: Sequence[int], went: Sequence[int]) -> None:
        """PostgreSQL keeps its own account."""


class PostgresStore(SqlStore):
    """A store for several services; any thread may use it, one at a time."""

    among = "= ANY(?)"

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Connect, and bring the schema up to date."""
        _checked(url)
        self._url = url
        self._lock = threading.RLock()
        self._db: psycopg.Connection[Row] | None = None
        try:
            with self._connected("opened") as db:
                self._migrate(db, create=create)
        except BaseException:
            self.close()
            raise

    def _migrate(self, db: psycopg.Connection[Row], *, create: bool) -> None:
        place = f"'{db.info.dbname}' on {db.info.host or 'this machine'}"
        with db.transaction():
            db.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATING,))
            if not create and db.execute("SELECT to_regclass('kbgen_schema')").fetchone() == (None,):
                raise KbgenError(f"there are no votes in the database {place}", hint="start the service first")
            db.execute("CREATE TABLE IF NOT EXISTS kbgen_schema (version INTEGER NOT NULL)")
            found = db.execute("SELECT version FROM kbgen_schema").fetchone()
            for migration in pending("postgres", int(str(found[0])) if found else 0, place):
                for statement in migration.statements:
                    db.execute(_native(statement))
                db.execute("DELETE FROM kbgen_schema")
                db.execute("INSERT INTO kbgen_schema VALUES (%s)", (migration.number,))

    def listed(self, values: Sequence[object]) -> object:
        """Several values as one; see `SqlStore`."""
        return list(values)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that changes nothing; see `SqlStore`."""
        with self._lock, self._connected("read") as db, db.transaction():
            yield PostgresTransaction(db)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that is on disk when its block is left; see `SqlStore`."""
        with self._lock, self._connected("written") as db, db.transaction():
            yield PostgresTransaction(db)

    def save(self, received: Sequence[Received], today: date) -> None:
        """Store what came; where another service stored the same vote at the same moment, once more."""
        for _ in range(_ATTEMPTS - 1):
            try:
                super().save(received, today)
            except StoreError as error:
                if not isinstance(error.__cause__, UniqueViolation | DeadlockDetected):
                    raise
            else:
                return
        super().save(received, today)

    def check(self) -> list[str]:
        """Compare every ballot with what was stored; see `Store`."""
        return [f"a vote on '{article}' is not what was stored" for article in self.damaged()]

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._db:
                self._db.close()
            self._db, self._url = None, ""

    @contextmanager
    def _connected(self, doing: str) -> Iterator[psycopg.Connection[Row]]:
        """The connection, made anew where it broke; what goes wrong is a `StoreError`."""
        try:
            if not self._url:
                raise psycopg.OperationalError("it was closed")
            self._db = _alive(self._db) or _connect(self._url)
            yield self._db
        except (psycopg.DataError, NotNullViolation) as error:
            raise UnstorableError(f"PostgreSQL does not take this: {_first_line(error)}") from error
        except psycopg.Error as error:
            if isinstance(error, psycopg.OperationalError) and self._db:
                self._db.close()
            reason = _first_line(error)
            raise StoreError(
                f"the vote database in PostgreSQL cannot be {doing}: {reason}",
                hint="check that PostgreSQL runs, and the name and password in the URL",
            ) from error


def _alive(db: psycopg.Connection[Row] | None) -> psycopg.Connection[Row] | None:
    """The connection, unless the server has ended it meanwhile."""
    if db is None or db.closed:
        return None
    readable, _, _ = select.select([db.fileno()], [], [], 0)
    if readable:  # nothing was asked, so this is its end
        db.close()
        return None
    return db


def _checked(url: str) -> None:
    """Refuse a URL that the driver would misread, and repeat parts of its password."""
    place = url.partition("://")[2].partition("/")[0]
    if place.count("@") > 1 or re.search(r"%(?![0-9A-Fa-f]{2})", place):
        raise KbgenError(
            "the URL of the PostgreSQL database cannot be read",
            hint="write special characters of the password as %XX, for example %40 for @",
        )


def _connect(url: str) -> psycopg.Connection[Row]:
    return psycopg.connect(
        url, autocommit=True, connect_timeout=5, options=_SETTINGS, application_name="kbgen", tcp_user_timeout=10_000
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _native(statement: str) -> str:
    """A statement with PostgreSQL's marks for values."""
    return statement.replace("?", "%s")
