"""The store in a SQLite file: durable, open to several at once, and clear where it fails."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ballots import DAY, a_ballot

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import Store, StoreError
from kbgen.feedback.store.table import open_store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "votes.sqlite"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{database}")) as opened:
        yield opened


def test_durable(database: Path, store: Store) -> None:
    """A vote is in the write-ahead log, which is synced at each commit, before save returns."""
    store.save([a_ballot(1)], DAY)
    connection = store._db  # type: ignore[attr-defined]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    with closing(sqlite3.connect(database)) as other:
        assert other.execute("SELECT count(*) FROM vote").fetchone() == (1,)


def test_no_address(database: Path, store: Store) -> None:
    """A vote is stored with its day and with nothing that names the reader."""
    store.save([a_ballot(1)], DAY)
    with closing(sqlite3.connect(database)) as other:
        names = [row[1] for row in other.execute("PRAGMA table_info(vote)")]
        assert names == [
            *("seq", "id", "article", "revision", "helpful", "reason", "comment", "day"),
            *("section", "query", "held", "visitor", "sum"),
        ]
        assert len(other.execute("SELECT day FROM vote").fetchone()[0]) == len("2026-11-23")


def test_newer_schema_lets_go(database: Path) -> None:
    """A database that is refused is closed again."""
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA user_version = 99")
    open_before = len(list(Path("/proc/self/fd").iterdir()))
    errors = []
    for _ in range(3):
        with pytest.raises(KbgenError) as caught:
            open_store(f"sqlite:///{database}")
        errors.append(caught.value)
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before


@pytest.mark.parametrize("data", [b"This is a letter, not a database. " * 50, b"SQLite format 3\x00" + b"\xff" * 200])
def test_no_database(database: Path, data: bytes) -> None:
    """A file that is no database is an error that names it, and keeps its bytes."""
    database.write_bytes(data)
    with pytest.raises(StoreError, match=r"votes\.sqlite' cannot be opened"):
        open_store(f"sqlite:///{database}")
    assert database.read_bytes() == data


def test_folder_is_made(tmp_path: Path) -> None:
    """The folder of a new database is made."""
    with closing(open_store(f"sqlite:///{tmp_path}/a/b/votes.sqlite")):
        assert (tmp_path / "a/b/votes.sqlite").is_file()


def test_folder_that_is_a_file(database: Path) -> None:
    """A place where no database can be is an error for people."""
    database.write_bytes(b"")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{database}/votes.sqlite")


def test_relative_and_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three slashes begin a path from the current folder, four one from the root."""
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///here.sqlite").close()
    open_store(f"sqlite:///{tmp_path}/there.sqlite").close()
    assert {"here.sqlite", "there.sqlite"} <= {path.name for path in tmp_path.iterdir()}


def test_summary_makes_no_database(database: Path) -> None:
    """Who only reads is told that there is no database, and none is made."""
    with pytest.raises(KbgenError, match="there is no vote database") as caught:
        open_store(f"sqlite:///{database}", create=False)
    assert "kbgen service" in caught.value.hint
    assert not database.exists()


def together(*work: Callable[[], None]) -> list[Exception]:
    """Run each in a thread of its own, all begun at one moment; what they raised."""
    failed: list[Exception] = []
    start = threading.Barrier(len(work))

    def run(one: Callable[[], None]) -> None:
        start.wait()
        try:
            one()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_many_threads(store: Store) -> None:
    """Votes of many threads through one store are all kept, while others read."""

    def save(first: int) -> Callable[[], None]:
        return lambda: [store.save([a_ballot(n)], DAY) for n in range(first, first + 25)] and None

    def read() -> None:
        for _ in range(20):
            list(store.ballots())

    assert together(*(save(n * 100 + 1) for n in range(6)), read, read) == []
    assert {ballot.vote.id for ballot in store.ballots()} == {
        a_ballot(n * 100 + m).vote.id for n in range(6) for m in range(1, 26)
    }


def test_two_stores_on_one_file(database: Path, store: Store) -> None:
    """Two services on one database wait for each other, and no vote is lost."""
    with closing(open_store(f"sqlite:///{database}")) as other:

        def save(into: Store, first: int) -> Callable[[], None]:
            return lambda: [into.save([a_ballot(n)], DAY) for n in range(first, first + 30)] and None

        assert together(save(store, 1), save(other, 100)) == []
        assert len(list(store.ballots())) == len(list(other.ballots())) == 60


def test_new_file_opened_by_many(tmp_path: Path) -> None:
    """A new database may be opened by several at once: one of them makes its table, the others wait."""
    for turn in range(15):
        url = f"sqlite:///{tmp_path}/{turn}.sqlite"
        assert together(*[lambda url=url: open_store(url).close() for _ in range(8)]) == []  # type: ignore[misc]


def test_locked_by_another(database: Path, store: Store) -> None:
    """While another program holds the database, saving waits, then fails clearly, and succeeds again after."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        store._db.execute("PRAGMA busy_timeout = 50")  # type: ignore[attr-defined]
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            store.save([a_ballot(1)], DAY)
        other.execute("ROLLBACK")
    store.save([a_ballot(1)], DAY)
    assert list(store.ballots()) == [a_ballot(1)]


def test_two_stores_in_one_process_and_one_in_another(database: Path, store: Store) -> None:
    """Whoever opens and closes the file beside a store takes none of its locks away: nobody removes its log."""
    look = f"from kbgen.feedback.store.table import open_store; s = open_store('sqlite:///{database}')"
    look += "; print(sum(t.n for t in s.tallies())); s.close()"
    for number in range(1, 4):
        open_store(f"sqlite:///{database}").close()
        store.save([a_ballot(number)], DAY)
        done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
        assert done.stdout == f"{number}\n"


FULL_DISK = """
import resource, sys
from uuid import UUID
from kbgen.feedback.store.interface import StoreError
from kbgen.feedback.store.table import open_store
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.vote import Vote
from datetime import date
DAY = date(2026, 11, 23)
store = open_store("sqlite:///" + sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
saved, failed = 0, 0
while failed < 3:
    vote = Vote(id=str(UUID(int=saved + 1)), article="a.md", revision="0" * 16, helpful=True, comment="x" * 900)
    try:
        store.save([Ballot(vote=vote, day=DAY)], DAY)
        saved += 1
    except StoreError:
        failed += 1
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
vote = Vote(id=str(UUID(int=saved + 1)), article="a.md", revision="0" * 16, helpful=True)
store.save([Ballot(vote=vote, day=DAY)], DAY)
print(saved + 1)
"""


def test_full_disk(database: Path) -> None:
    """A full disk is said, costs no vote that was acknowledged, and the same store goes on when there is room."""
    done = subprocess.run([sys.executable, "-c", FULL_DISK, database], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with closing(open_store(f"sqlite:///{database}")) as store:
        assert [ballot.vote.id for ballot in store.ballots()] == [
            a_ballot(n + 1).vote.id for n in range(int(done.stdout))
        ]


WRITER = """
import sys
from uuid import UUID
from kbgen.feedback.store.table import open_store
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.vote import Vote
from datetime import date
DAY = date(2026, 11, 23)
store = open_store("sqlite:///" + sys.argv[1])
number = int(sys.argv[2])
while True:
    number += 1
    vote = Vote(id=str(UUID(int=number)), article="a.md", revision="0" * 16, helpful=True)
    store.save([Ballot(vote=vote, day=DAY)], DAY)
    print(number, flush=True)
"""


@pytest.mark.slow
def test_killed_while_writing(database: Path) -> None:
    """A writer that is killed at any moment loses no vote that it had acknowledged, and harms no earlier one."""
    acknowledged: set[str] = set()
    for turn in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, database, str(turn * 1_000_000)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(20 + turn * 37):
                acknowledged.add(a_ballot(int(writer.stdout.readline())).vote.id)
            writer.send_signal(signal.SIGKILL)
            acknowledged |= {a_ballot(int(line)).vote.id for line in writer.stdout.read().split("\n")[:-1]}
        with closing(sqlite3.connect(database)) as check:
            assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(open_store(f"sqlite:///{database}")) as store:
            assert acknowledged <= {ballot.vote.id for ballot in store.ballots()}
    assert len(acknowledged) > 1000
