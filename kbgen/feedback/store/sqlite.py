"""Votes and searches in one SQLite file: write-ahead log, synced at each commit."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.search import Search
from kbgen.feedback.store.interface import Received, StoreError
from kbgen.feedback.vote import Reason, Vote

_SCHEMAS = (
    """
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
""",
    """
CREATE TABLE search (
    day TEXT NOT NULL,
    lang TEXT NOT NULL,
    query TEXT NOT NULL,
    n INTEGER NOT NULL,
    empty INTEGER NOT NULL,
    unclicked INTEGER NOT NULL,
    contacted INTEGER NOT NULL,
    PRIMARY KEY (day, lang, query)
) STRICT, WITHOUT ROWID;
""",
)
"""What each version of the schema adds to the one before."""
SCHEMA_VERSION = len(_SCHEMAS)
KEPT_DAYS = 400
"""Days that searches are kept: long enough to compare with the same month of last year."""
_SAVE = """
INSERT INTO vote (id, article, revision, helpful, reason, comment, day) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    article = excluded.article, revision = excluded.revision, helpful = excluded.helpful,
    reason = excluded.reason, comment = excluded.comment
"""
_COUNT = """
INSERT INTO search (day, lang, query, n, empty, unclicked, contacted) VALUES (?, ?, ?, 1, ?, ?, ?)
ON CONFLICT (day, lang, query) DO UPDATE SET
    n = n + 1, empty = empty + excluded.empty, unclicked = unclicked + excluded.unclicked,
    contacted = contacted + excluded.contacted
"""
_COUNTED = """
SELECT lang, query, sum(n), sum(empty), sum(unclicked), sum(contacted) FROM search
WHERE day >= ? GROUP BY lang, query ORDER BY lang, query
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
            for number, schema in enumerate(_SCHEMAS[version:], version + 1):
                for statement in (*schema.split(";"), f"PRAGMA user_version = {number}"):
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

    def save(self, received: Sequence[Received]) -> None:
        """Store votes and count searches in one transaction; see `Store`."""
        today = datetime.now(UTC).date()
        votes = [_vote_row(each, today) for each in received if isinstance(each, Vote)]
        searches = [_search_row(each, today) for each in received if isinstance(each, Search)]
        with self._lock, self._failing_clearly("be written"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(_SAVE, votes)
                if searches:
                    self._db.execute("DELETE FROM search WHERE day < ?", (_day(today - timedelta(KEPT_DAYS)),))
                    self._db.executemany(_COUNT, searches)
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

    def searches(self, since: date) -> list[SearchCount]:
        """How often each query was searched for; see `Store`."""
        with self._lock, self._failing_clearly("be read"):
            rows = self._db.execute(_COUNTED, (_day(since),)).fetchall()
        names = ("lang", "query", "n", "empty", "unclicked", "contacted")
        return [SearchCount(**dict(zip(names, row, strict=True))) for row in rows]

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


def _day(day: date) -> str:
    return day.isoformat()


def _vote_row(vote: Vote, today: date) -> tuple[object, ...]:
    reason = vote.reason and vote.reason.value
    return vote.id, vote.article, vote.revision, vote.helpful, reason, vote.comment, _day(today)


def _search_row(search: Search, today: date) -> tuple[object, ...]:
    unclicked = search.results > 0 and not search.clicked
    return _day(today), search.lang, search.query, search.results == 0, unclicked, search.contacted


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
