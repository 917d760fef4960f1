"""The page as the preview serves it: as it was built, with the script that keeps it up to date."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

_POLICY = re.compile(
    rb"""(<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content=)("[^"]*"|'[^']*')""", re.IGNORECASE
)
_LOADED = re.compile(rb"""\s(?:src|href|poster|data-main)=["']?([^"'#?\s>]+)""")
_ELSEWHERE = re.compile(r"//|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"</head\s*>", re.IGNORECASE)
_PAGES = frozenset({"", ".html", ".htm", ".md"})
"""Endings of what a page leads to and does not show."""

Stamp = Callable[[PurePosixPath], str]
"""What changes whenever the file at a path below the site does; empty where there is no file."""


def version(page: bytes, address: str, stamp: Stamp) -> str:
    """What changes whenever a page looks different: its text and the files of the site that it shows."""
    digest = hashlib.sha256(page)
    for path in sorted(_shown(page, address)):
        digest.update(f"{path}\0{stamp(path)}\0".encode())
    return digest.hexdigest()[:32]


def _shown(page: bytes, address: str) -> set[PurePosixPath]:
    """The files below the site that a page at `address` loads: pictures, styles, scripts, videos, captions."""
    folder = PurePosixPath("/") / (address if address.endswith("/") else address.rpartition("/")[0]).strip("/")
    links = (html.unescape(link.decode("utf-8", "replace")) for link in _LOADED.findall(page))
    paths = (unquote(link) for link in links if not _ELSEWHERE.match(link))
    return {_below(folder / path) for path in paths if PurePosixPath(path).suffix not in _PAGES}


def _below(path: PurePosixPath) -> PurePosixPath:
    """A path without `..`, as a browser resolves it."""
    parts: list[str] = []
    for part in path.parts[1:]:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return PurePosixPath(*parts)


def live(page: bytes, *, script: str, build: int, version: str) -> bytes:
    """The page with the preview's script, before which nothing is painted, and a policy that lets it run."""
    folder = script.rpartition("/")[0]
    tag = (
        f'<link rel="modulepreload" href="{folder}/place.js">'
        f'<script type="module" blocking="render" src="{script}"'
        f' data-kbgen-build="{build}" data-kbgen-version="{version}"></script>'
    ).encode()
    page = _POLICY.sub(_adapted, page)
    end = _END_OF_HEAD.search(page)
    return page[: end.start()] + tag + page[end.start() :] if end else page + tag


def _adapted(meta: re.Match[bytes]) -> bytes:
    """The tag of a policy that lets the script run and listen; the same bytes where it does already."""
    old = html.unescape(meta[2][1:-1].decode())
    new = adapted(old)
    return meta[0] if new == old else meta[1] + f'"{html.escape(new)}"'.encode()


def adapted(policy: str) -> str:
    """A policy that allows scripts of the site's own and talking to it, and for the rest is as it was."""
    directives = _directives(policy)
    default = directives.get("default-src")
    changed = {}
    for name in ("script-src", "script-src-elem", "connect-src", "worker-src", "child-src"):
        sources = directives.get(name, default if name in {"script-src", "connect-src"} else None)
        if sources is not None and not {"'self'", "*"}.intersection(sources):
            changed[name] = ["'self'", *(source for source in sources if source != "'none'")]
    text = "; ".join(" ".join([name, *sources]) for name, sources in {**directives, **changed}.items())
    return text if changed else policy


def _directives(policy: str) -> dict[str, list[str]]:
    words = [directive.split() for directive in policy.split(";")]
    return {name.lower(): sources for name, *sources in filter(None, words)}
