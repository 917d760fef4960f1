"""Visits: a built site on loopback, and a headless Chromium that weighs its pages or has Lighthouse audit them."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from peers import Site, npm_command, run
from playwright.sync_api import Browser, BrowserType

JS, CSS = "text/javascript", "text/css"
PACKED = {
    ".html": "text/html; charset=utf-8",
    ".js": JS,
    ".mjs": JS,
    ".css": CSS,
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}
"""The types that web hosts send packed."""
PLAIN = {".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".gz": "application/gzip"}
ELSEWHERE = "https://*"
"""Third parties: the sites themselves are served without TLS."""
CATEGORIES = ("accessibility", "best-practices", "seo")
MEASURES = {"CLS": "cumulative-layout-shift", "LCP": "largest-contentful-paint", "TBT": "total-blocking-time"}


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What one visit brought: kB in all, of scripts and of styles, requests here and to third parties."""

    total: float
    js: float
    css: float
    requests: int
    third_party: int


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What Lighthouse said of one visit: figures by name (scores to 100, times in ms), and the audits that failed."""

    figures: dict[str, float]
    failed: frozenset[str]


class Host(http.server.ThreadingHTTPServer):
    """Serves a site on loopback as web hosts do, and notes the type and size of what it sent."""

    daemon_threads = True

    def __init__(self, site: Site) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), partial(Answer, directory=str(site.folder)))
        self.site = site
        self.sent: list[tuple[str, int]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Answer(http.server.SimpleHTTPRequestHandler):
    """One connection to a host."""

    protocol_version = "HTTP/1.1"
    server: Host

    def do_GET(self) -> None:
        """A file, the index of a folder, or the site's own 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        code, path = (200, path) if path.is_file() else (404, self.server.site.folder / "404.html")
        kind = PACKED.get(path.suffix) or PLAIN.get(path.suffix, "application/octet-stream")
        body = packed(path) if path.suffix in PACKED else path.read_bytes()
        self.server.sent.append((kind, len(body)))
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the host keeps its own note."""


@lru_cache
def packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@contextlib.contextmanager
def served(site: Site) -> Iterator[Host]:
    """A site, served by a thread of this process."""
    with Host(site) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield host
        host.shutdown()


@contextlib.contextmanager
def chromium(kind: BrowserType, *flags: str) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = kind.launch(executable_path=found, args=["--disable-gpu", "--no-first-run", *root, *flags])
    try:
        yield browser
    finally:
        browser.close()


def weigh(browser: Browser, host: Host, path: str) -> Weight:
    """One cold visit, until the network has been still for a while."""
    host.sent.clear()
    asked: list[str] = []
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
        network.send("Network.enable")
        network.send("Network.setBlockedURLs", {"urls": [ELSEWHERE]})
        page.goto(host.url + path, wait_until="networkidle", timeout=60_000)
        page.wait_for_timeout(1000)
    return Weight(
        total=sum(size for _, size in host.sent) / 1000,
        js=sum(size for kind, size in host.sent if kind == JS) / 1000,
        css=sum(size for kind, size in host.sent if kind == CSS) / 1000,
        requests=len(host.sent),
        third_party=sum(url.startswith("http") and not url.startswith(host.url) for url in asked),
    )


def audit(kind: BrowserType, url: str, cache: Path) -> Audit:
    """One visit by Lighthouse, as a phone on a slow network, with a browser of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--port={port}", f"--blocked-url-patterns={ELSEWHERE}", "--no-enable-error-reporting"]
    options += [f"--only-categories={','.join([*CATEGORIES, 'performance'])}", "--output=json", "--quiet"]
    with chromium(kind, f"--remote-debugging-port={port}"):
        return read_audit(json.loads(run(*npm_command(cache, "lighthouse"), url, *options, cwd=cache, seconds=120)))


def read_audit(report: dict[str, Any]) -> Audit:
    categories, audits = report["categories"], report["audits"]
    scores = {name: 100 * categories[name]["score"] for name in CATEGORIES}
    measures = {name: audits[key]["numericValue"] for name, key in MEASURES.items()}
    asked = {ref["id"] for name in CATEGORIES for ref in categories[name]["auditRefs"]}
    failed = frozenset(name for name in asked if audits[name]["score"] not in {None, 1})
    return Audit(figures=scores | measures, failed=failed)
