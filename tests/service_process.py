"""`kbgen service` as a process of its own, as it runs on a server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from centres import end, wait_for

ORIGIN = "https://help.example.com"


@dataclass
class Service:
    """A running service."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    """What it wrote to its standard error."""

    def vote(self, helpful: bool | None = True, id_: str = "", **fields: object) -> str:
        """Send a vote of a reader of its own; its id once it was acknowledged."""
        id_ = id_ or str(uuid.uuid4())
        vote = {"id": id_, "article": "a.md", "revision": "0123456789abcdef", "helpful": helpful, **fields}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/v1/votes",
            data=json.dumps(vote).encode(),
            headers={"Origin": ORIGIN, "Content-Type": "application/json", "User-Agent": id_},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own loopback address
                assert answer.status == 202
        except urllib.error.HTTPError as refused:
            refused.close()  # it holds the connection
            raise
        return id_

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and its worker."""
        os.killpg(self.process.pid, number)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    folder: Path, *options: str, port: int = 0, variables: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """The service in a folder, in a group of processes of its own, so that its worker ends with it."""
    port = port or free_port()
    command = [sys.executable, "-m", "kbgen", "service", "--port", str(port), *options]
    if "--origin" not in options:
        command += ["--origin", ORIGIN]
    log = folder / "service.log"
    environment = {**os.environ, **(variables or {})}
    with log.open("ab") as stream:
        process = subprocess.Popen(command, cwd=folder, stderr=stream, start_new_session=True, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield Service(process, port, log)
    finally:
        end(process, signal.SIGTERM)
