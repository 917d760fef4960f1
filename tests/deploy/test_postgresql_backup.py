"""Backup and restore with PostgreSQL's own commands, as the manual says it."""

from __future__ import annotations

import subprocess
import uuid
from contextlib import closing
from datetime import date
from pathlib import Path

from postgresql import Cluster, programs

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.store.interface import Store
from kbgen.feedback.store.table import open_store
from kbgen.feedback.vote import Vote

DAY = date(2026, 11, 23)


def cast(store: Store, votes: int) -> None:
    texts = [
        Vote(id=str(uuid.uuid4()), article="a.md", revision="0123456789abcdef", helpful=True) for _ in range(votes)
    ]
    store.save([Ballot(vote=vote, day=DAY) for vote in texts], DAY)


def votes(url: str) -> int:
    with closing(open_store(url, create=False)) as store:
        assert store.check() == []
        return sum(1 for _ in store.ballots())


def test_a_dump_brings_votes_and_messages_back(postgresql: Cluster, tmp_path: Path) -> None:
    """What was there at the time of the dump is there again, nothing is found to be wrong, and votes go on."""
    url, dump = postgresql.database(), tmp_path / "votes.dump"
    with closing(open_store(url)) as store:
        cast(store, 3)
        store.save([Message(id=str(uuid.uuid4()), email="kim@customer.example", message="Hello")], DAY)
        made = subprocess.run([programs() / "pg_dump", "--format", "custom", url], check=True, capture_output=True)
        dump.write_bytes(made.stdout)
        cast(store, 2)
    assert votes(url) == 5
    with dump.open("rb") as given:
        restore = [programs() / "pg_restore", "--dbname", url, "--clean", "--if-exists"]
        subprocess.run(restore, check=True, capture_output=True, stdin=given)
    assert votes(url) == 3
    with closing(open_store(url)) as store:
        assert [message.message for message in store.messages()] == ["Hello"]
        cast(store, 1)
    assert votes(url) == 4
