"""A plain web host on loopback: files of a folder, compressed, with a 404 page and a receiver of forms."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

TEXTS = {"text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "text/markdown"}


class Host(SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do; `POST /receiver` keeps what a form sends."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".vtt": "text/vtt", ".webmanifest": "application/json"}  # noqa: RUF012 - as the base class has it
    protocol_version = "HTTP/1.1"

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
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind in TEXTS else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self) -> None:
        """Keep the fields of a form."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        server = self.server
        assert isinstance(server, Server)
        server.received.append({name: values[0] for name, values in parse_qs(body).items()})
        self.send_response(303 if "text/html" in self.headers.get("Accept", "") else server.status)
        self.send_header("Location", "/contact.html#sent")
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(ThreadingHTTPServer):
    """The host with what its receiver was sent."""

    daemon_threads = True
    received: list[dict[str, str]]
    status = 202

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A host of `folder`, stopped at the end."""
    server = Server(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    server.received = []
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
