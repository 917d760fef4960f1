"""Readers who vote, and the service that they vote at: for `feedback.py`.

As a program it writes a database: python benchmarks/voting.py FILE VOTES
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.store.sqlite import SqliteStore
from kbgen.feedback.vote import Reason, Vote

ORIGIN = "https://help.example.com"
ARTICLES = 1000
_NUMBERS = count(1)

Request = Callable[[int], bytes]
"""The bytes of the request with a number."""


@dataclass
class Service:
    """A running service, and how to vote at it."""

    process: subprocess.Popen[bytes]
    port: int
    request: Request
    began: float = field(default_factory=time.perf_counter)

    def processes(self) -> list[int]:
        """Its processes."""
        numbers = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
        return [number for number in numbers if group_of(number) == self.process.pid]

    def cpu(self) -> float:
        """Seconds of CPU that they have used."""
        fields = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in self.processes()]
        return sum(int(own[11]) + int(own[12]) for own in fields) / os.sysconf("SC_CLK_TCK")


def group_of(process: int) -> int:
    """The group of a process; 0 where it has just ended."""
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0


@contextmanager
def running(command: list[str], folder: Path, port: int, path: str, request: Request) -> Iterator[Service]:
    """A service from its command, once it answers under a path; it ends with all its processes."""
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    service = Service(process, port, request, began)
    try:
        wait_for(f"http://127.0.0.1:{port}{path}")
        yield service
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


def wait_for(url: str, seconds: float = 30) -> None:
    """Return when an address answers."""
    until = time.perf_counter() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own loopback address
        except OSError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.01)
        else:
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def address(number: int) -> str:
    """An address of its own for each number."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def vote_request(number: int) -> bytes:
    """A vote of a reader of its own."""
    vote = {"id": str(uuid.UUID(int=number)), "article": f"section/article-{number % ARTICLES}.md"}
    body = json.dumps({**vote, "revision": "0123456789abcdef", "helpful": number % 3 > 0}).encode()
    head = f"POST /v1/votes HTTP/1.1\r\nHost: votes\r\nOrigin: {ORIGIN}\r\nContent-Type: application/json\r\n"
    head += f"X-Forwarded-For: {address(number)}\r\nUser-Agent: Mozilla/5.0\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@contextmanager
def kbgen_service(folder: Path, *options: str) -> Iterator[Service]:
    """Our service, behind one proxy."""
    port = free_port()
    command = [sys.executable, "-m", "kbgen", "service", "--port", str(port), "--origin", ORIGIN, "--proxies", "1"]
    with running([*command, *options], folder, port, "/healthz", vote_request) as service:
        yield service


class Load:
    """Votes, sent and timed."""

    def __init__(self, service: Service) -> None:
        """Send to a service."""
        self._service = service
        self._waits: list[float] = []

    def closed(self, connections: int, seconds: float) -> tuple[float, list[float]]:
        """Seconds that it took, and milliseconds from each vote to its acknowledgement."""
        began = time.perf_counter()
        asyncio.run(self._closed(connections, began + seconds))
        return time.perf_counter() - began, self._waits

    def open(self, rate: int, seconds: float) -> list[float]:
        """Milliseconds from the moment when a vote was due to its acknowledgement."""
        asyncio.run(self._open(rate, seconds))
        return self._waits

    async def _closed(self, connections: int, until: float) -> None:
        await asyncio.gather(*(self._keep_voting(until) for _ in range(connections)))

    async def _keep_voting(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._service.port)
        while time.perf_counter() < until:
            await self._vote(reader, writer, time.perf_counter())
        writer.close()

    async def _open(self, rate: int, seconds: float) -> None:
        began, tasks = time.perf_counter(), []
        for number in range(int(rate * seconds)):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.append(asyncio.create_task(self._vote_once(due)))
        await asyncio.gather(*tasks)

    async def _vote_once(self, due: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._service.port)
        await self._vote(reader, writer, due)
        writer.close()

    async def _vote(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, due: float) -> None:
        writer.write(self._service.request(next(_NUMBERS)))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith((b"http/1.1 2", b"http/1.0 2")):
            raise RuntimeError(head.decode())
        if b"content-length: " in head:
            await reader.readexactly(int(head.partition(b"content-length: ")[2].split()[0]))
        self._waits.append((time.perf_counter() - due) * 1000)


def percentile(values: list[float], of: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * of // 100)]


def resident(service: Service) -> float:
    """MiB of memory of its processes, what they share counted once (PSS)."""
    texts = [Path(f"/proc/{process}/smaps_rollup").read_text() for process in service.processes()]
    return sum(int(text.partition("Pss:")[2].split()[0]) for text in texts) / 1024


def ready_after(service: Service) -> float:
    """Seconds from its start until it has shown that it can store."""
    wait_for(f"http://127.0.0.1:{service.port}/readyz")
    return time.perf_counter() - service.began


def write_votes(file: Path, votes: int) -> None:
    """A database of votes on a thousand articles over a year, a comment beside every twentieth."""
    reasons = list(Reason)
    first = date(2026, 1, 1)

    def ballot(number: int) -> Ballot:
        helpful = number % 3 > 0
        vote = Vote(
            id=str(uuid.UUID(int=number + (1 << 100))),
            article=f"section/article-{number % ARTICLES}.md",
            revision=f"{number // 250_000:016x}",
            helpful=helpful,
            reason=None if helpful else reasons[number % len(reasons)],
            comment="The third step is not clear to me." if number % 20 == 0 else "",
        )
        return Ballot(vote=vote, day=first + timedelta(number * 365 // votes))

    store = SqliteStore(file)
    store.restore(map(ballot, range(votes)))
    store.close()


if __name__ == "__main__":
    write_votes(Path(sys.argv[1]), int(sys.argv[2]))
