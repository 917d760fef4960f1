"""The service as a process: it starts by command, takes votes, and loses none that it acknowledged."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from centres import kbgen, wait_for
from indexes import an_entry, write_index

ORIGIN = "https://help.example.com"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def service(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`kbgen service` in a folder, with a group of its own, so that its workers can be stopped with it."""
    command = [sys.executable, "-m", "kbgen", "service", "--port", str(port), "--origin", ORIGIN]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
        if process.stderr:
            process.stderr.close()


def send(port: int, helpful: bool = True) -> str:
    """Send a vote; its id when it was acknowledged."""
    id_ = str(uuid.uuid4())
    vote = {"id": id_, "article": "a.md", "revision": "0123456789abcdef", "helpful": helpful}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/votes",
        data=json.dumps(vote).encode(),
        headers={"Origin": ORIGIN, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own loopback address
        assert answer.status == 202
    return id_


def test_a_vote_reaches_the_summary(tmp_path: Path) -> None:
    """`kbgen service` takes votes that `kbgen feedback summary --json` prints."""
    port = free_port()
    with service(tmp_path, port):
        for helpful in (True, False, False):
            send(port, helpful)
    done = kbgen("feedback", "summary", "--json", cwd=tmp_path)
    (row,) = json.loads(done.out)["articles"]
    assert (row["article"], row["yes"], row["no"]) == ("a.md", 1, 2)
    assert row["enough"] is False


def test_the_service_suggests_from_the_built_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`kbgen service --site` answers questions, with addresses below the first origin."""
    monkeypatch.setenv("KBGEN_SITE", str(write_index(tmp_path / "site", [an_entry("a.md", "Change your password")])))
    port = free_port()
    with (
        service(tmp_path, port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/suggest?q=pasword", timeout=5) as answer,
    ):
        hits = json.load(answer)["hits"]
    assert [hit["url"] for hit in hits] == [f"{ORIGIN}/a/"]


def test_a_taken_port_is_an_error(tmp_path: Path) -> None:
    """The message names host and port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = kbgen("service", "--port", str(port), "--origin", ORIGIN, cwd=tmp_path)
    assert done.code == 1
    assert f"port {port}" in done.err


def test_a_service_needs_an_origin(tmp_path: Path) -> None:
    """Without a help centre there is nobody to take votes from; that is wrong usage."""
    done = kbgen("service", cwd=tmp_path)
    assert (done.code, "--origin" in done.err) == (2, True)


@pytest.mark.slow
def test_no_acknowledged_vote_is_lost_when_the_service_is_killed(tmp_path: Path) -> None:
    """After kill -9 every vote that got its 202 is in the database."""
    from kbgen.feedback.store.table import open_store

    acknowledged = []
    for _ in range(8):
        port = free_port()
        with service(tmp_path, port) as process:
            acknowledged += [send(port) for _ in range(25)]
            os.killpg(process.pid, signal.SIGKILL)
    store = open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}")
    kept = {vote.id for vote in store.votes()}
    store.close()
    assert set(acknowledged) <= kept
    assert len(acknowledged) == 200
