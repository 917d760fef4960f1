"""The marker: a small file beside a database that says how far it was acknowledged, so that a loss is seen.

Damage in a write-ahead log makes SQLite forget everything after it, without a word. The marker is synced after each
commit and before its votes are acknowledged; a database that is behind its marker has lost some.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import KbgenError

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


class Marker:
    """The file; two slots take turns, so that one of them is whole whatever happens while the other is written."""

    def __init__(self, database: Path, *, alone: bool = False) -> None:
        """Open the file beside a database; with `alone` raises a `KbgenError` while somebody else has it open."""
        self.file = marker_of(database)
        self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            if os.fstat(self._descriptor).st_size < 2 * _SLOT:
                os.posix_fallocate(self._descriptor, 0, 2 * _SLOT)
        except BlockingIOError as error:
            self.close()
            raise KbgenError(
                f"the vote database '{database}' is in use", hint="stop the service, and try again when it has ended"
            ) from error

    def read(self) -> State | None:
        """What was acknowledged last, or `None` where nothing was."""
        slots = [_unpacked(os.pread(self._descriptor, _RECORD.size + 4, place)) for place in (0, _SLOT)]
        return max((state for state in slots if state), key=lambda state: state.commits, default=None)

    def write(self, state: State) -> None:
        """Say how far the database has come, durably; what was said of a later state of it stays."""
        with self._one_at_a_time():
            known = self.read()
            if known is None or (known.identity == state.identity and known.commits < state.commits):
                self._put(state)

    def reset(self, state: State) -> None:
        """Say that the database is as it should be, whatever was said before."""
        with self._one_at_a_time():
            os.pwrite(self._descriptor, bytes(2 * _SLOT), 0)
            self._put(state)

    def close(self) -> None:
        """Let go of the file; once more does no harm."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1

    def _put(self, state: State) -> None:
        record = _RECORD.pack(bytes.fromhex(state.identity), state.commits, state.ballots, state.digest)
        record += zlib.crc32(record).to_bytes(4)
        os.pwrite(self._descriptor, record, state.commits % 2 * _SLOT)
        os.fdatasync(self._descriptor)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Keep other processes from writing; their being open is another lock."""
        fcntl.lockf(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
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
