"""Faults: the service is killed, stopped, starved and lied to, and loses no vote that it acknowledged."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import pytest
from ballots import a_ballot
from postgresql import Cluster
from service_process import ORIGIN, Service, free_port, serving

from kbgen.feedback.store.table import open_store

pytestmark = pytest.mark.slow


class Load:
    """Readers who vote as fast as they can, each on an article of their own, and remember what was acknowledged."""

    def __init__(self, port: int, readers: int = 6) -> None:
        """Begin."""
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self._port, self._over = port, threading.Event()
        self._threads = [threading.Thread(target=self._vote, daemon=True) for _ in range(readers)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> list[str]:
        """End, and say which votes were acknowledged."""
        self._over.set()
        for thread in self._threads:
            thread.join(20)
        return self.acknowledged

    def _vote(self) -> None:
        while not self._over.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
            with closing(connection):
                try:
                    while not self._over.is_set():
                        self._send(connection)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.02)

    def _send(self, connection: http.client.HTTPConnection) -> None:
        id_ = str(uuid.uuid4())
        vote = {"id": id_, "article": f"{id_}.md", "revision": "0123456789abcdef", "helpful": True}
        headers = {"Origin": ORIGIN, "Content-Type": "application/json", "User-Agent": id_}
        connection.request("POST", "/v1/votes", json.dumps(vote), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 202:
            self.acknowledged.append(id_)
        else:
            self.refused.append(answer.status)


@contextmanager
def under_load(service: Service) -> Iterator[Load]:
    load = Load(service.port)
    try:
        yield load
    finally:
        load.stop()


def kept(url: str) -> set[str]:
    with closing(open_store(url, create=False)) as store:
        assert store.check() == []
        return {ballot.vote.id for ballot in store.ballots()}


def test_a_hundred_kills(tmp_path: Path) -> None:
    """Killed a hundred times while six readers vote, at any moment, the service has every acknowledged vote."""
    acknowledged: list[str] = []
    chance = random.Random(5)  # noqa: S311 - the same pauses in every run
    for _ in range(100):
        with serving(tmp_path) as service, under_load(service) as load:
            time.sleep(chance.uniform(0.05, 0.5))
            service.signal(signal.SIGKILL)
            acknowledged += load.stop()
    assert len(acknowledged) > 300
    assert set(acknowledged) <= kept(f"sqlite:///{tmp_path / 'votes.sqlite'}")


def test_a_restart_in_a_burst(tmp_path: Path) -> None:
    """Told to stop, the service stores what it took and ends; readers who come again meet its successor."""
    port = free_port()
    load = Load(port)
    for _ in range(5):
        with serving(tmp_path, port=port) as service:
            time.sleep(0.4)
            service.signal(signal.SIGTERM)
            assert service.process.wait(15) == 0
    acknowledged = load.stop()
    assert len(acknowledged) > 10
    assert set(acknowledged) <= kept(f"sqlite:///{tmp_path / 'votes.sqlite'}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("a disk of its own can only be mounted as root")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    """While the disk is full votes are refused with 503; when there is room again the same service goes on."""
    filler = small_disk / "filler"
    with serving(small_disk) as service, under_load(service) as load:
        while not load.acknowledged:
            time.sleep(0.02)
        with filler.open("wb", buffering=0) as stream, suppress(OSError):
            while True:
                stream.write(bytes(4096))
        while 503 not in load.refused:
            time.sleep(0.02)
        filler.unlink()
        before = len(load.acknowledged)
        while len(load.acknowledged) < before + 20:
            time.sleep(0.02)
        acknowledged = load.stop()
    assert set(load.refused) == {503}
    assert set(acknowledged) <= kept(f"sqlite:///{small_disk / 'votes.sqlite'}")


def test_a_locked_database(tmp_path: Path) -> None:
    """While another program holds the database votes are refused with 503, and taken again afterwards."""
    with serving(tmp_path) as service:
        service.vote()
        with closing(sqlite3.connect(tmp_path / "votes.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(HTTPError) as refused:
                service.vote()
            assert refused.value.code == 503
            assert refused.value.headers["Retry-After"]
            other.execute("ROLLBACK")
        service.vote()
    assert len(kept(f"sqlite:///{tmp_path / 'votes.sqlite'}")) == 2


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_stops_and_comes_back(tmp_path: Path, postgresql: Cluster, mode: str) -> None:
    """Two services on one PostgreSQL that is stopped, also as if its power went, keep every acknowledged vote."""
    url = postgresql.database()
    with (
        serving(tmp_path, "--database", url) as first,
        serving(tmp_path, "--database", url) as second,
        under_load(first) as one,
        under_load(second) as two,
    ):
        for _ in range(3):
            time.sleep(0.5)
            postgresql.stop(mode)
            time.sleep(0.2)
            postgresql.start()
        before = len(one.acknowledged), len(two.acknowledged)
        while len(one.acknowledged) < before[0] + 20 or len(two.acknowledged) < before[1] + 20:
            time.sleep(0.05)
        acknowledged = one.stop() + two.stop()
    assert set(one.refused + two.refused) <= {503}
    assert set(acknowledged) <= kept(url)


def test_slow_connections(tmp_path: Path) -> None:
    """Three hundred connections that send a byte now and then are closed, and honest readers do not wait for them."""
    with serving(tmp_path) as service:
        slow = [socket.create_connection(("127.0.0.1", service.port)) for _ in range(300)]
        half = b"POST /v1/votes HTTP/1.1\r\nHost: x\r\nOrigin: https://help.example.com\r\nX-A: "
        body = half + b"b\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
        for number, connection in enumerate(slow):
            connection.sendall(body if number % 3 == 0 else half if number % 3 == 1 else b"")
        waited = []
        for number in range(60):
            began = time.perf_counter()
            service.vote(article=f"{number}.md")
            waited.append(time.perf_counter() - began)
            for connection in slow[number::20]:
                try:
                    connection.send(b"a")
                except OSError:
                    continue
            time.sleep(0.2)
        assert sorted(waited)[-3] < 5.0
        talked = [connection for number, connection in enumerate(slow) if number % 3 != 2]
        assert sum(map(is_closed, talked)) == len(talked)
        for connection in slow:
            connection.close()


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has ended a connection, with an answer or without."""
    connection.settimeout(5)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def test_nothing_of_the_reader_is_kept(tmp_path: Path) -> None:
    """After a load of readers with known addresses and browsers no byte of them is in any file, log or backup."""
    agents = [f"Mozilla/5.0 (Canary {number}) Gecko" for number in range(100)]
    with serving(tmp_path, "--proxies", "1") as service:
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)
        with closing(connection):
            for number, agent in enumerate(agents):
                vote = {"article": "a.md", "revision": "0" * 16, "helpful": number % 2 == 0, "id": str(uuid.uuid4())}
                headers = {"Origin": ORIGIN, "Content-Type": "application/json", "User-Agent": agent}
                headers |= {"X-Forwarded-For": f"203.0.113.{number}", "Referer": f"{ORIGIN}/canary/"}
                for body in (json.dumps(vote), "{", json.dumps({**vote, "helpful": "canary"})):
                    connection.request("POST", "/v1/votes", body, headers)
                    connection.getresponse().read()
        url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
        command = ["-m", "kbgen", "feedback", "backup", str(tmp_path / "backup.sqlite"), "--database", url]
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        files = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    files |= {f"{file.name} afterwards": file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert any(b"a.md" in data for data in files.values())
    for name, data in files.items():
        assert not [trace for trace in (b"203.0.113", b"Canary", b"canary", b"Gecko") if trace in data], name


def test_no_salt_outlives_its_day(tmp_path: Path) -> None:
    """The salts of other days, and the digests made with them, are in no file after the day has changed."""
    today = datetime.now(UTC).date()
    url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    with closing(open_store(url)) as store:
        old = store.salt(today - timedelta(2))
        store.save([a_ballot(1, visitor="c0ffee" * 5 + "00")], today - timedelta(2))
        files = [file.read_bytes() for file in tmp_path.iterdir()]
        assert any(old.encode() in data for data in files)
    with serving(tmp_path) as service:
        service.vote()
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        assert old.encode() not in data, file.name
        assert b"c0ffee" * 5 not in data, file.name
