"""The marker: a small file beside a database that says how far it was acknowledged, so that a loss is seen.

Damage in a write-ahead log makes SQLite forget everything after it, without a word. The marker is synced after each
commit and before its votes are acknowledged; a database that is behind its marker has lost some.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import KbgenError

if sys.platform != "win32":
    import fcntl

_RECORD = struct.Struct(">8sqqq")
_SLOT = 512
"""Bytes from one slot to the next: a sector, which a disk writes whole."""


@dataclass(frozen=True, kw_only=True)
class State:
    """How far a database has come."""

    identity: str
    """16 hexadecimal digits of the database."""
    commits: int
    ballots: int
    digest: int
    """The sum of the sums of all ballots, in 64 bits."""


_IN_PROCESS = threading.Lock()
"""Locks of files are between processes; this one is between threads."""


class Marker:
    """The file; two slots take turns, so that one of them is whole whatever happens while the other is written."""

    def __init__(self, database: Path, *, alone: bool = False) -> None:
        """Open the file beside a database; with `alone` raises a `KbgenError` while somebody else has it open."""
        self.file = marker_of(database)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self.file, flags, 0o600)
        try:
            self._share(alone=alone)
            if os.fstat(self._descriptor).st_size < 2 * _SLOT:
                self._put_at(0, bytes(2 * _SLOT))
        except BlockingIOError as error:
            self.close()
            raise KbgenError(
                f"the vote database '{database}' is in use", hint="stop the service, and try again when it has ended"
            ) from error

    def read(self) -> State | None:
        """What was acknowledged last, or `None` where nothing was."""
        with _IN_PROCESS:
            return self._read()

    def write(self, state: State) -> None:
        """Say how far the database has come, durably; what was said of a later state of it stays."""
        with self._one_at_a_time():
            known = self._read()
            if known is None or (known.identity == state.identity and known.commits < state.commits):
                self._put(state)

    def reset(self, state: State) -> None:
        """Say that the database is as it should be, whatever was said before."""
        with self._one_at_a_time():
            self._put_at(0, bytes(2 * _SLOT))
            self._put(state)

    def close(self) -> None:
        """Let go of the file; once more does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def _read(self) -> State | None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        data = os.read(self._descriptor, 2 * _SLOT)
        slots = [_unpacked(data[place : place + _RECORD.size + 4]) for place in (0, _SLOT)]
        return max((state for state in slots if state), key=lambda state: state.commits, default=None)

    def _put(self, state: State) -> None:
        record = _RECORD.pack(bytes.fromhex(state.identity), state.commits, state.ballots, state.digest)
        self._put_at(state.commits % 2 * _SLOT, record + zlib.crc32(record).to_bytes(4))

    def _put_at(self, place: int, data: bytes) -> None:
        os.lseek(self._descriptor, place, os.SEEK_SET)
        os.write(self._descriptor, data)
        getattr(os, "fdatasync", os.fsync)(self._descriptor)

    def _share(self, *, alone: bool) -> None:
        """Tell other processes that the database is open here."""
        if sys.platform != "win32":
            fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Keep other threads and processes from writing; that they have it open is another lock."""
        with _IN_PROCESS:
            if sys.platform != "win32":
                fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
            try:
                yield
            finally:
                if sys.platform != "win32":
                    fcntl.lockf(self._descriptor, fcntl.LOCK_UN)


def marker_of(database: Path) -> Path:
    """The marker's file."""
    return database.with_name(f"{database.name}-acknowledged")


def _unpacked(data: bytes) -> State | None:
    record, crc = data[:-4], data[-4:]
    if len(record) != _RECORD.size or zlib.crc32(record).to_bytes(4) != crc:
        return None
    identity, commits, ballots, digest = _RECORD.unpack(record)
    return State(identity=identity.hex(), commits=commits, ballots=ballots, digest=digest)
