"""Losses: what was acknowledged and is not there any more is found, said, and can be put back."""

from __future__ import annotations

import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ballots import DAY, a_ballot
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.feedback.store.backup import backup, restore
from kbgen.feedback.store.marker import Marker, State, marker_of
from kbgen.feedback.store.sqlite import LossError, SqliteStore

VOTES = 40


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database as it lies on a disk after the machine lost its power: with a log, and nobody who has it open."""
    alive = tmp_path / "alive" / "votes.sqlite"
    with closing(SqliteStore(alive)) as store:
        for number in range(1, VOTES + 1):
            store.save([a_ballot(number, visitor=f"{number:032x}", comment="x" * 100)], DAY)
        shutil.copytree(alive.parent, tmp_path / "lost")
    return tmp_path / "lost" / "votes.sqlite"


def votes(file: Path) -> int:
    with closing(SqliteStore(file)) as store:
        return sum(tally.n for tally in store.tallies())


def wal(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def test_a_power_loss_is_no_loss(database: Path) -> None:
    """What was acknowledged is in the log, and the next start finds it."""
    assert votes(database) == VOTES


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_damage_in_the_log_is_found(database: Path, place: float) -> None:
    """SQLite forgets what comes after it without a word; the marker does not. The log is kept for whoever mends it."""
    data = bytearray(wal(database).read_bytes())
    data[int(len(data) * place)] ^= 0xFF
    wal(database).write_bytes(data)
    with pytest.raises(LossError, match=rf"{VOTES} were stored") as caught:
        SqliteStore(database)
    assert "kbgen feedback restore" in caught.value.hint
    assert "--accept-loss" in caught.value.hint
    assert database.with_name("votes.sqlite-wal-damaged").read_bytes() == data
    with pytest.raises(LossError):
        SqliteStore(database)


def test_a_lost_log_is_found(database: Path) -> None:
    """So is a log that is missing, and a database that is missing."""
    wal(database).unlink()
    with pytest.raises(LossError):
        SqliteStore(database)
    database.unlink()
    with pytest.raises(LossError):
        SqliteStore(database)


def test_a_loss_can_be_accepted(database: Path) -> None:
    """Who has no backup goes on with what is there, and the next loss is found again."""
    data = wal(database).read_bytes()
    wal(database).write_bytes(data[: len(data) // 2])
    with closing(SqliteStore(database, accept_loss=True)) as store:
        left = sum(tally.n for tally in store.tallies())
        assert 0 < left < VOTES
        store.save([a_ballot(99)], DAY)
    assert votes(database) == left + 1


def test_another_database_in_its_place_is_found(database: Path, tmp_path: Path) -> None:
    """An older copy, or somebody else's database, is not taken for what was acknowledged."""
    other = tmp_path / "other.sqlite"
    SqliteStore(other).close()
    wal(database).unlink()
    shutil.copyfile(other, database)
    with pytest.raises(LossError):
        SqliteStore(database)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a bit, a stretch or an end that is not what it was."""
    kind, place = chance.choice(["bit", "zeros", "cut", "random"]), chance.randrange(len(data))
    if kind == "bit":
        return data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
    if kind == "cut":
        return data[:place]
    length = min(chance.choice([16, 512, 4096]), len(data) - place)
    middle = bytes(length) if kind == "zeros" else chance.randbytes(length)
    return data[:place] + middle + data[place + length :]


def is_found(file: Path, expected: list[object]) -> bool:
    """Whether damage is said: at the start, by the check, or by an error; `True` too where it changed no vote."""
    try:
        with closing(SqliteStore(file)) as store:
            faults = store.check()
            return bool(faults) or list(store.ballots()) == expected
    except KbgenError:
        return True


def test_any_damage_is_found(database: Path, tmp_path: Path) -> None:
    """Whatever happens to whichever file: it is said, or no vote differs."""
    with closing(SqliteStore(database)) as store:
        expected: list[object] = list(store.ballots())
        shutil.copytree(database.parent, tmp_path / "with-log")
    chance = random.Random(4)  # noqa: S311 - the same damage in every run
    for trial in range(120):
        source = tmp_path / "with-log" if trial % 2 else database.parent
        folder = tmp_path / "trial"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        hit = folder / ("votes.sqlite-wal" if trial % 2 else "votes.sqlite")
        hit.write_bytes(damaged(hit.read_bytes(), chance))
        assert is_found(folder / "votes.sqlite", expected), trial


def test_a_backup_is_taken_while_votes_come(database: Path, tmp_path: Path) -> None:
    """It holds what there was at one moment, and nothing that tells who voted."""
    url = f"sqlite:///{database}"
    with closing(SqliteStore(database)) as store:
        store.salt(DAY)
        store.save([a_ballot(50, visitor="5" * 32)], DAY)
        assert backup(url, tmp_path / "backup.sqlite") == VOTES + 1
        store.save([a_ballot(51)], DAY)
    data = (tmp_path / "backup.sqlite").read_bytes()
    assert b"5" * 32 not in data
    with closing(sqlite3.connect(tmp_path / "backup.sqlite")) as copy:
        assert copy.execute("SELECT count(*) FROM salt").fetchone() == (0,)
    with pytest.raises(KbgenError, match="exists already"):
        backup(url, tmp_path / "backup.sqlite")


def test_a_backup_is_put_back(database: Path, tmp_path: Path) -> None:
    """What was there before is kept beside it, and the service starts with the backup."""
    url = f"sqlite:///{database}"
    backup(url, tmp_path / "backup.sqlite")
    wal(database).write_bytes(b"damage")
    database.write_bytes(b"damage")
    restored, before = restore(tmp_path / "backup.sqlite", url)
    assert (restored, votes(database)) == (VOTES, VOTES)
    assert before is not None
    assert before.read_bytes() == b"damage"


def test_no_backup_is_put_under_a_running_service(database: Path, tmp_path: Path) -> None:
    """Its votes would go to a file that nobody sees; so it has to stop first."""
    backup(f"sqlite:///{database}", tmp_path / "backup.sqlite")
    with closing(SqliteStore(database)), pytest.raises(KbgenError, match="in use") as caught:
        restore(tmp_path / "backup.sqlite", f"sqlite:///{database}")
    assert "stop the service" in caught.value.hint


def test_a_damaged_backup_is_refused(database: Path, tmp_path: Path) -> None:
    """Neither a file that is no database nor one with too few votes takes the place of anything."""
    backup(f"sqlite:///{database}", tmp_path / "backup.sqlite")
    (tmp_path / "letter").write_bytes(b"Dear database, " * 100)
    with closing(sqlite3.connect(tmp_path / "backup.sqlite")) as copy, copy:
        copy.execute("DELETE FROM vote WHERE seq = 7")
    for name in ("letter", "backup.sqlite", "missing"):
        with pytest.raises(KbgenError):
            restore(tmp_path / name, f"sqlite:///{database}")
    assert votes(database) == VOTES


def test_only_sqlite_is_copied(tmp_path: Path) -> None:
    """PostgreSQL has programs of its own for that, which the message names."""
    with pytest.raises(KbgenError) as caught:
        backup("postgresql://localhost/votes", tmp_path / "backup")
    assert "pg_dump" in caught.value.hint


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A database as the first kbgen made it."""
    file = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript("""
            CREATE TABLE vote (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL,
                revision TEXT NOT NULL, helpful INTEGER, reason TEXT, comment TEXT NOT NULL, day TEXT NOT NULL) STRICT;
            CREATE INDEX vote_of_article ON vote (article);
            PRAGMA user_version = 1;
        """)
        row = ("00000000-0000-0000-0000-000000000001", "g/a.md", "0123456789abcdef", 1, None, "Où?", "2026-11-23")
        db.execute(
            "INSERT INTO vote (id, article, revision, helpful, reason, comment, day) VALUES (?,?,?,?,?,?,?)", row
        )
    return file


def test_a_database_of_the_first_kbgen(first_schema: Path) -> None:
    """Its votes stay, what it was before is kept beside it, and the check finds nothing wrong."""
    with closing(SqliteStore(first_schema)) as store:
        assert list(store.ballots()) == [a_ballot(1, comment="Où?")]
        assert store.check() == []
        store.save([a_ballot(2)], DAY)
    with closing(sqlite3.connect(first_schema.with_name("old.sqlite-schema1"))) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM vote").fetchone() == (1,)


@pytest.fixture
def marker(tmp_path: Path) -> Iterator[Marker]:
    opened = Marker(tmp_path / "votes.sqlite")
    yield opened
    opened.close()


def state(commits: int, identity: str = "00112233445566aa") -> State:
    return State(identity=identity, commits=commits, ballots=commits, digest=-commits)


def test_a_marker_only_goes_forward(marker: Marker) -> None:
    """Of two processes the later one counts; another database does not overwrite it, unless it is told to."""
    assert marker.read() is None
    for commits in (1, 3, 2):
        marker.write(state(commits))
    marker.write(state(9, "ff" * 8))
    assert marker.read() == state(3)
    marker.reset(state(1, "ff" * 8))
    assert marker.read() == state(1, "ff" * 8)


@settings(max_examples=50)
@given(st.integers(0, 1023), st.integers(1, 255), st.integers(2, 9))
def test_a_marker_with_a_torn_write(place: int, change: int, commits: int) -> None:
    """Whichever byte is wrong, the marker says the last state or the one before, and never another."""
    folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path("/tmp")  # noqa: S108 - many files, a moment each
    database = folder / "kbgen-marker-of-a-test.sqlite"
    with closing(Marker(database)) as marker:
        for number in range(1, commits + 1):
            marker.write(state(number))
        data = bytearray(marker.file.read_bytes())
        data[place] ^= change
        marker.file.write_bytes(data)
        assert marker.read() in {state(commits), state(commits - 1)}
    marker_of(database).unlink()


def test_the_first_copy_of_a_damaged_log_stays(database: Path) -> None:
    """A service that is started again and again does not overwrite what might still be mended."""
    data = bytearray(wal(database).read_bytes())
    data[len(data) // 2] ^= 0xFF
    wal(database).write_bytes(data)
    for _ in range(3):
        with pytest.raises(LossError):
            SqliteStore(database)
    assert database.with_name("votes.sqlite-wal-damaged").read_bytes() == data


def test_a_loss_of_rows_can_be_accepted(database: Path) -> None:
    """What is gone is gone, what differs is held back, and from then on the check is content."""
    with closing(SqliteStore(database)) as store:
        store._db.execute("DELETE FROM vote WHERE seq = 3")
        store._db.execute("UPDATE vote SET helpful = 0 WHERE seq = 4")
        assert len(store.check()) == 2
    with closing(SqliteStore(database, accept_loss=True)) as store:
        assert store.check() == []
        assert [ballot.held for ballot in store.ballots(held=True)] == ["damaged"]
        assert sum(tally.n for tally in store.tallies()) == VOTES - 2


def test_a_loss_is_not_accepted_under_a_running_service(database: Path) -> None:
    """It would take away what the service is just storing."""
    with closing(SqliteStore(database)), pytest.raises(KbgenError, match="in use"):
        SqliteStore(database, accept_loss=True)


def test_a_backup_ends_while_votes_come(database: Path, tmp_path: Path) -> None:
    """However many votes come meanwhile, the copy is made at once."""
    over = threading.Event()
    with closing(SqliteStore(database)) as store:

        def vote() -> None:
            number = 1000
            while not over.is_set():
                number += 1
                store.save([a_ballot(number)], DAY)

        voting = threading.Thread(target=vote)
        voting.start()
        try:
            for number in range(5):
                assert backup(f"sqlite:///{database}", tmp_path / f"{number}.sqlite") >= VOTES
        finally:
            over.set()
            voting.join()


def test_nobody_else_reads_the_files(tmp_path: Path) -> None:
    """Database, log, marker and backup are their owner's alone."""
    with closing(SqliteStore(tmp_path / "new" / "votes.sqlite")) as store:
        store.save([a_ballot(1)], DAY)
        backup(f"sqlite:///{store.file}", tmp_path / "new" / "backup.sqlite")
        modes = {file.name: file.stat().st_mode & 0o077 for file in (tmp_path / "new").iterdir()}
    assert len(modes) == 5
    assert set(modes.values()) == {0}


def test_a_changed_vote_is_no_sound_backup(database: Path, tmp_path: Path) -> None:
    """A backup whose votes differ from their sums, or from a newer kbgen, is refused before anything is moved."""
    for number, harm in enumerate(("UPDATE vote SET helpful = 0 WHERE seq = 2", "PRAGMA user_version = 99")):
        copy = tmp_path / f"a # copy {number}.sqlite"
        backup(f"sqlite:///{database}", copy)
        with closing(sqlite3.connect(copy)) as db, db:
            db.execute(harm)
        with pytest.raises(KbgenError, match=r"damaged|newer kbgen"):
            restore(copy, f"sqlite:///{database}")
    assert votes(database) == VOTES
    assert not list(tmp_path.rglob("*-replaced*"))


def test_a_backup_is_not_put_into_another_kind_of_database(database: Path, tmp_path: Path) -> None:
    """PostgreSQL is restored by its own programs; the message holds no password."""
    backup(f"sqlite:///{database}", tmp_path / "backup.sqlite")
    with pytest.raises(KbgenError) as caught:
        restore(tmp_path / "backup.sqlite", "postgresql://kbgen:secret-word@localhost/kbgen")
    assert "secret-word" not in str(caught.value)
