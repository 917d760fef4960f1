"""Connections to SQLite files, and what goes wrong with them in words for people."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import StoreError, UnstorableError
from kbgen.feedback.store.rows import FIELDS, row_sum

WAIT = 2.0
"""Seconds that a transaction waits for another program's."""


def sqlite_file(path: str) -> Path:
    """The file that a `sqlite:///…` URL names: one slash more makes the path absolute."""
    file = Path(path.removeprefix("/"))
    if not path.startswith("/") or not file.name:
        raise KbgenError(f"'sqlite://{path}' names no file", hint="for example sqlite:///votes.sqlite")
    return file


_MAKING = threading.Lock()


def _make(file: Path) -> None:
    """Make a new file that is its owner's alone: comments are nobody else's business.

    A file that is there is never opened: closing it again would take away the locks of this process's connections.
    """
    with _MAKING, suppress(FileExistsError):  # another process may have been faster
        if not file.exists():
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def connect(file: Path) -> sqlite3.Connection:
    """A connection that overwrites what it deletes, and knows the functions that migrations use."""
    _make(file)
    db = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=WAIT)
    db.execute("PRAGMA secure_delete = ON")
    db.create_function("row_sum", len(FIELDS), row_sum, deterministic=True)
    db.create_aggregate("wrapped_sum", 1, _WrappedSum)
    return db


class _WrappedSum:
    def __init__(self) -> None:
        self._sum = 0

    def step(self, value: int) -> None:
        self._sum += value

    def finalize(self) -> int:
        return wrapped(self._sum)


def wrapped(number: int) -> int:
    """A number in 64 bits, as SQLite keeps it."""
    return (number + (1 << 63)) % (1 << 64) - (1 << 63)


@contextmanager
def failing_clearly(file: Path, doing: str) -> Iterator[None]:
    """Say what a database could not do in words for people."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise UnstorableError(f"the vote database '{file}' does not take this: {error}") from error
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"the vote database '{file}' cannot {doing}: {error}", hint="check the disk, and who may write to the file"
        ) from error
