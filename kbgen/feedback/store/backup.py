"""Backups of a SQLite database: taken while the service runs, put back while it does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback.store.connection import connect, failing_clearly, sqlite_file, wrapped
from kbgen.feedback.store.marker import Marker, marker_of
from kbgen.feedback.store.migration import pending
from kbgen.feedback.store.reports import COLUMNS
from kbgen.feedback.store.rows import row_sum
from kbgen.feedback.store.sqlite import SqliteStore


def backup(url: str, target: Path) -> int:
    """Copy a database to a file, whole as it was at one moment, without what could tell who voted.

    Returns the number of votes in it. Raises a `KbgenError`; a file that is there already stays as it is.
    """
    source = database_file(url)
    if target.exists():
        raise KbgenError(f"'{target}' exists already", hint="choose another name for the backup")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    beside.unlink(missing_ok=True)
    try:
        with failing_clearly(source, "be copied"), closing(SqliteStore(source)), closing(connect(beside)) as copy:
            with closing(sqlite3.connect(source)) as original:
                original.backup(copy)  # at once: the service goes on writing to its log meanwhile
            copy.executescript(
                "PRAGMA journal_mode = DELETE; DELETE FROM salt; UPDATE vote SET visitor = NULL; VACUUM;"
            )
        votes = checked(beside)
        _sync(beside)
        beside.replace(target)
        _sync(target.parent)
    finally:
        beside.unlink(missing_ok=True)
    return votes


def restore(source: Path, url: str) -> tuple[int, Path | None]:
    """Put a backup in the place of a database; the number of its votes, and where what was there before is now."""
    if not source.is_file():
        raise KbgenError(f"there is no backup at '{source}'")
    file = database_file(url, there=False)
    votes = checked(source)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.part")
    with failing_clearly(file, "be restored"), closing(Marker(file, alone=True)):
        shutil.copyfile(source, beside)
        _sync(beside)
        before = _set_aside(file)
        beside.replace(file)
        _sync(file.parent)
    SqliteStore(file, accept_loss=True).close()  # what the backup holds is what there is from now on
    return votes, before


def checked(file: Path) -> int:
    """The number of votes in a copy; raises a `KbgenError` where not all of them are what was stored."""
    with (
        failing_clearly(file, "be read"),
        closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as db,
    ):
        pending("sqlite", db.execute("PRAGMA user_version").fetchone()[0], f"'{file}'")
        faults = [str(row[0]) for row in db.execute("PRAGMA quick_check(1)") if row[0] != "ok"]
        ballots, digest = db.execute("SELECT ballots, digest FROM ledger").fetchone()
        sums = [row_sum(*row) for row in db.execute(f"SELECT {COLUMNS} FROM vote")]
    if faults or (ballots, digest) != (len(sums), wrapped(sum(sums))):
        said = faults[0] if faults else f"it should hold {ballots} votes as they were stored"
        raise KbgenError(f"'{file}' is damaged: {said}", hint="use an earlier backup")
    return len(sums)


def database_file(url: str, *, there: bool = True) -> Path:
    """The file of a SQLite database, which has to exist unless told otherwise."""
    scheme, _, rest = url.partition("://")
    if scheme != "sqlite":
        raise KbgenError(
            "this works on a SQLite database alone", hint="PostgreSQL has pg_dump and pg_restore for its own"
        )
    file = sqlite_file(rest)
    if there and not file.is_file():
        raise KbgenError(f"there is no vote database at '{file}'", hint="write the URL that the service has")
    return file


def _set_aside(file: Path) -> Path | None:
    """Rename a database with its log; the new name of the file, `None` where there was none."""
    if not file.exists():
        return None
    number = 1
    while (aside := file.with_name(f"{file.name}-replaced{number}")).exists():
        number += 1
    for suffix in ("-wal", "-shm"):
        beside = file.with_name(f"{file.name}{suffix}")
        if beside.exists():
            beside.replace(aside.with_name(f"{aside.name}{suffix}"))
    file.replace(aside)
    shutil.copyfile(marker_of(file), marker_of(aside))
    return aside


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
