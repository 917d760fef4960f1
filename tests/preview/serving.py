"""A preview as a process, and what a program sees of it over HTTP."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from centres import end, wait_for


@dataclass(frozen=True)
class Answer:
    """What came back, no redirect followed."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as it reads."""
        return self.body.decode()


@dataclass(frozen=True)
class Preview:
    """A help centre in `folder`, served at `port`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is written; underscores in names of headers are hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    @property
    def build(self) -> int:
        """How many builds have succeeded."""
        return int(json.loads(self.get("/__kbgen/status").body)["build"])

    @property
    def error(self) -> str:
        """Why the last build failed."""
        return str(json.loads(self.get("/__kbgen/status").body)["error"])

    @property
    def listening(self) -> int:
        """How many streams are open."""
        return int(self.get("/__kbgen/status").headers["x-listening"])

    @property
    def log(self) -> str:
        """What the terminal shows."""
        return (self.folder / "serve.log").read_text()

    def write(self, path: str, text: str) -> None:
        """Save a file below the help centre's folder, as an editor does that writes in place."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def shows(self, path: str, words: str) -> bool:
        """Whether a page has these words."""
        return words in self.get(path).text

    @contextmanager
    def built_anew(self) -> Iterator[None]:
        """Return when a build has succeeded since the block began."""
        before = self.build
        yield
        eventually(lambda: self.build > before)

    def settle(self) -> None:
        """Return when one save is one build: what was changed before has been built."""
        before = -1
        while self.build != before + 1:
            before = self.build
            with self.built_anew():
                self.write("content/settled.md", "---\ntitle: Settled\nkind: faq\n---\n\nWords.\n")

    @contextmanager
    def stream(self) -> Iterator[http.client.HTTPResponse]:
        """Listen to the events."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", "/__kbgen/events")
            with contextlib.closing(connection.getresponse()) as answer:
                yield answer


def eventually(holds: Callable[[], bool]) -> None:
    """Return when `holds` does; builds take their time where many tests run at once."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not become true within twenty seconds")


def next_status(
    stream: http.client.HTTPResponse, holds: Callable[[dict[str, Any]], bool] = lambda _: True
) -> dict[str, Any]:
    """The next status that a stream tells for which `holds` does."""
    while line := stream.readline():
        if line.startswith(b"data: "):
            found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            if holds(found):
                return found
    raise AssertionError("the stream ended")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def preview(folder: Path, *options: str, port: int = 0, env: Mapping[str, str] | None = None) -> Iterator[Preview]:
    """`kbgen serve` in a folder, once its first build has ended; stopped at the end."""
    port = port or free_port()
    command = [sys.executable, "-m", "kbgen", "serve", "--port", str(port), "--date", "2026-11-23", *options]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, start_new_session=True, env={**os.environ, **(env or {})}
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/__kbgen/status")
            yield Preview(folder, port, process)
        finally:
            end(process)
