"""A folder on loopback, as a web host would serve it with brotli, and a note of what was asked for."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli  # type: ignore[import-untyped]

KINDS = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript"}
SCRIPTS = (".js", ".mjs", ".wasm", ".pagefind")
"""How the names of scripts end; Pagefind names its WebAssembly so."""
STYLES = (".css",)
VISIT = "visit.mjs"
"""What asks an engine, and is no part of it."""


class Loopback(http.server.ThreadingHTTPServer):
    """Serves files as they are, so that packing takes no time, and keeps the paths of those that were asked for."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), partial(Answer, directory=str(folder)))
        self.asked: list[Path] = []
        self.url = f"http://127.0.0.1:{self.server_port}/"

    def taken(self) -> list[Path]:
        """What was asked for since this was last called."""
        taken, self.asked = self.asked, []
        return taken


class Answer(http.server.SimpleHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Loopback

    def do_GET(self) -> None:
        """A file, or an empty page for the root."""
        path = Path(self.translate_path(unquote(urlsplit(self.path).path)))
        is_root, body = path.is_dir(), b"<!doctype html><title>Search</title>"
        if path.is_file():
            body = path.read_bytes()
            self.server.asked += [] if path.name == VISIT else [path]
        self.send_response(200 if is_root or path.is_file() else 404)
        self.send_header("Content-Type", KINDS.get(".html" if is_root else path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        # with these two, browsers let pages measure time in steps of 5 µs
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the host keeps its own note."""


@contextmanager
def served(folder: Path) -> Iterator[Loopback]:
    """A folder, served by a thread of this process."""
    with Loopback(folder) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield host
        host.shutdown()


def is_script(path: Path) -> bool:
    return path.name.endswith(SCRIPTS)


def index_files(folder: Path) -> list[Path]:
    """All that readers may load, without scripts and styles."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if not is_script(path) and path.suffix not in STYLES]


@cache
def brotli_bytes(path: Path) -> int:
    """What a file weighs on the way, packed as well as brotli can."""
    return len(brotli.compress(path.read_bytes(), quality=11))
