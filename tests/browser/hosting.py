"""A plain web host on loopback: files of a folder, compressed, with a 404 page and receivers of messages and votes."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

TEXTS = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/markdown"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was sent for a GET."""

    path: str
    kind: str
    size: int
    """Bytes of the body as it was sent."""


class Host(SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do, and keeps messages, votes and reports of searches that are posted."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".vtt": "text/vtt", ".webmanifest": "application/json"}  # noqa: RUF012 - as the base class has it
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing."""

    def do_GET(self) -> None:
        """The file, or the site's own 404 page with that status."""
        path = Path(self.translate_path(urlsplit(self.path).path))
        file = path / "index.html" if path.is_dir() else path
        status = 200 if file.is_file() else 404
        file = file if file.is_file() else Path(self.directory) / "404.html"
        kind = self.guess_type(str(file))
        data = file.read_bytes()
        self.send_response(status)
        if kind in TEXTS:
            data = gzip.compress(data, 9)
            self.send_header("Content-Encoding", "gzip")
        self.server.answers.append(Answer(path=self.path, kind=kind, size=len(data)))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind in TEXTS else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self) -> None:
        """Keep the vote or the message; a form without JavaScript is led back to its page."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        is_json = self.headers.get_content_type() in {"application/json", "text/plain"}
        sent = (
            json.loads(body)
            if is_json
            else {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        )
        taken, back = {
            "/receiver": (self.server.received, "/contact.html#sent"),
            "/v1/searches": (self.server.searches, "/"),
            "/v1/votes": (self.server.votes, f"/{sent.get('page', '')}#vote-thanks"),
        }.get(self.path, (self.server.votes, self.path))  # a form may lead anywhere
        if self.server.status < 400:
            taken.append(sent)
        self.send_response(303 if "text/html" in self.headers.get("Accept", "") else self.server.status)
        self.send_header("Location", back)
        self.send_header("Access-Control-Allow-Origin", "*")
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(ThreadingHTTPServer):
    """The host with what it sent and was sent, and the status that it answers a POST with."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        """A host of `folder` at a free port."""
        super().__init__(("127.0.0.1", 0), partial(Host, directory=str(folder)))
        self.forget()

    def forget(self) -> None:
        """As if nobody had been here yet."""
        self.answers: list[Answer] = []
        self.received: list[dict[str, str]] = []
        self.votes: list[dict[str, object]] = []
        self.searches: list[dict[str, object]] = []
        self.status = 202
        self.retry_after = ""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


Hosts = Callable[[str], Server]
"""The host of one of several sites, by its name."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A host of `folder`, stopped at the end."""
    server = Server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address at which a host of `folder` answers."""
    with serving(folder) as server:
        yield server.url
