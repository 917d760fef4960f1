"""Power losses, simulated: every write of SQLite is recorded, and only what it had synced is sure to be on the disk.

At a power loss a disk has everything from before the last sync of a file, and of what came after it any part.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
import pytest
from ballots import DAY, a_ballot

from kbgen.feedback.store import sqlite
from kbgen.feedback.store.marker import Marker, State
from kbgen.feedback.store.rows import FIELDS, row_sum
from kbgen.feedback.store.sqlite import SqliteStore

SECTOR = 512
COMMITS = 60
LOSSES = 200


@dataclass
class Disk:
    """What happened, in order: writes, syncs and cuts of files, marks, and acknowledgements."""

    events: list[tuple[Any, ...]] = field(default_factory=list)

    def lost(self, moment: int, folder: Path, chance: random.Random) -> int:
        """Make the files as a power loss at a moment may leave them; how many votes were acknowledged before it."""
        before = self.events[:moment]
        for name in sorted({event[1] for event in before if event[0] == "write"}):
            own = [event for event in before if event[1] == name]
            gone = max((place for place, event in enumerate(own) if event[0] == "delete"), default=-1)
            if own[gone + 1 :]:
                (folder / name).write_bytes(self._left(own[gone + 1 :], chance))
        marks = [event[1] for event in before if event[0] == "mark"]
        with closing(Marker(folder / "votes.sqlite")) as marker:
            if marks:
                marker.reset(marks[-1])
        return sum(event[0] == "ack" for event in before)

    @staticmethod
    def _left(events: Sequence[tuple[Any, ...]], chance: random.Random) -> bytes:
        synced = max((place for place, event in enumerate(events) if event[0] == "sync"), default=-1)
        keep = chance.choice([0.0, 0.5, 0.9, 1.0])
        data = bytearray()
        for place, (kind, _, *what) in enumerate(events):
            if place > synced and chance.random() >= keep:
                continue
            if kind == "write":
                offset, written = what
                if place > synced and chance.random() < 0.3:
                    written = written[: chance.randrange(0, len(written) // SECTOR + 1) * SECTOR]
                data.extend(bytes(max(0, offset + len(written) - len(data))))
                data[offset : offset + len(written)] = written
            elif kind == "cut":
                del data[what[0] :]
        return bytes(data)


class RecordingFile(apsw.VFSFile):
    """A file of SQLite whose writes are recorded."""

    def __init__(self, disk: Disk, filename: str | apsw.URIFilename | None, flags: list[int]) -> None:
        """Open it in the usual way."""
        self._disk = disk
        self._name = Path(filename.filename() if isinstance(filename, apsw.URIFilename) else str(filename)).name
        super().__init__("", filename, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        """Write, and record it."""
        super().xWrite(data, offset)
        self._disk.events.append(("write", self._name, offset, bytes(data)))

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        """Sync, and record it."""
        super().xSync(flags)
        self._disk.events.append(("sync", self._name))

    def xTruncate(self, size: int) -> None:  # noqa: N802 - SQLite's name
        """Cut the file, and record it."""
        super().xTruncate(size)
        self._disk.events.append(("cut", self._name, size))


class RecordingDisk(apsw.VFS):
    """The usual disk, with recording files."""

    def __init__(self, disk: Disk) -> None:
        """Stand before the usual one, under a name of its own."""
        self._disk = disk
        super().__init__("recording", "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        """Open a file."""
        return RecordingFile(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        """Delete a file, and record it."""
        super().xDelete(filename, syncdir)
        self._disk.events.append(("delete", Path(filename).name))


class Connection:
    """A connection of apsw with the methods of the standard library's that the store calls."""

    def __init__(self, file: Path, synchronous: str) -> None:
        """Connect through the recording disk; the log is written back often, so that this is tried, too."""
        self._db = apsw.Connection(str(file), vfs="recording")
        self._synchronous = synchronous
        self._db.execute("PRAGMA wal_autocheckpoint = 25")
        self._db.create_scalar_function("row_sum", row_sum, len(FIELDS))
        self._db.create_aggregate_function("wrapped_sum", lambda: ([], lambda c, v: c.append(v), sum), 1)  # type: ignore[arg-type,return-value]

    def execute(self, statement: str, values: Sequence[Any] = ()) -> apsw.Cursor:
        """Run a statement; with how much of a sync the test decides."""
        if "synchronous" in statement:
            statement = f"PRAGMA synchronous = {self._synchronous}"
        return self._db.execute(statement, tuple(values))

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        self._db.executemany(statement, [tuple(row) for row in rows])

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._db.in_transaction

    def close(self) -> None:
        """Close."""
        self._db.close()


@pytest.fixture(params=["FULL", "NORMAL"])
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Disk]:
    """A run of the store with as much durability as it has, or with less, as it happened on the disk."""
    disk = Disk()
    vfs = RecordingDisk(disk)
    put = Marker._put

    def mark(marker: Marker, state: State) -> None:
        put(marker, state)
        disk.events.append(("mark", state))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "connect", lambda file: Connection(file, request.param))
        patch.setattr(Marker, "_put", mark)
        store = SqliteStore(tmp_path / "votes.sqlite")
        for number in range(COMMITS):
            store.save([a_ballot(number * 3 + n, visitor=f"{number}-{n}", comment="x" * 700) for n in range(3)], DAY)
            disk.events.append(("ack", number))
        events = list(disk.events)
        store.close()
    vfs.unregister()
    return request.param, Disk(events)


@pytest.mark.slow
def test_power_losses(recorded: tuple[str, Disk], tmp_path: Path) -> None:
    """In 200 power losses no acknowledged vote is lost and no file is spoiled; with less durability votes are lost."""
    durability, disk = recorded
    chance = random.Random(11)  # noqa: S311 - the same losses in every run
    lost = 0
    for turn in range(LOSSES):
        folder = tmp_path / str(turn)
        folder.mkdir()
        acknowledged = disk.lost(chance.randrange(1, len(disk.events) + 1), folder, chance)
        with closing(SqliteStore(folder / "votes.sqlite", accept_loss=durability == "NORMAL")) as store:
            kept = sum(tally.n for tally in store.tallies())
            assert store.check() == []
        lost += kept < acknowledged * 3
    assert (lost == 0) is (durability == "FULL"), lost


@pytest.mark.slow
@pytest.mark.parametrize("recorded", ["NORMAL"], indirect=True)
def test_a_loss_is_said(recorded: tuple[str, Disk], tmp_path: Path) -> None:
    """Where less durability loses votes, the next start says so every time."""
    _, disk = recorded
    chance = random.Random(12)  # noqa: S311 - the same losses in every run
    said = 0
    for turn in range(LOSSES // 4):
        folder = tmp_path / str(turn)
        folder.mkdir()
        acknowledged = disk.lost(chance.randrange(1, len(disk.events) + 1), folder, chance)
        try:
            with closing(SqliteStore(folder / "votes.sqlite")) as store:
                assert sum(tally.n for tally in store.tallies()) >= acknowledged * 3
        except sqlite.LossError:
            said += 1
    assert said > 0
