"""The store: what was made of each page, kept in one SQLite file from build to build."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kbgen.generator.manifest import PageFacts

NAME = "pages.sqlite"
FORMAT = 3
_CREATE = f"""
PRAGMA user_version = {FORMAT};
CREATE TABLE body (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
    site TEXT NOT NULL, path TEXT NOT NULL, facts TEXT NOT NULL, around BLOB NOT NULL, entry TEXT NOT NULL,
    terms TEXT NOT NULL,
    PRIMARY KEY (site, path)
) WITHOUT ROWID;
CREATE TABLE site (site TEXT PRIMARY KEY, shared BLOB NOT NULL) WITHOUT ROWID;
"""

Toc = list[tuple[str, str, int, "Toc"]]
"""Headings: title, anchor, level, and the headings below it."""


@dataclass(kw_only=True)
class Body:
    """What Markdown made of an article, and everything beside its text that had a say in it."""

    html: str
    toc: Toc
    anchors: list[str]
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    """Pages that it links to, each with the anchors, and how the link is written."""
    lookups: dict[str, str] = field(default_factory=dict)
    """Paths that were asked for, and what was found there."""
    reads: dict[str, str] = field(default_factory=dict)
    """Files that were read, and the digest of each."""
    warnings: list[str] = field(default_factory=list)

    def pack(self) -> bytes:
        """The body as bytes that tell when they were damaged."""
        data = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()
        return hashlib.blake2b(data, digest_size=8).digest() + zlib.compress(data, 1)


def unpack(packed: bytes) -> Body | None:
    """The body in `packed`, `None` where the bytes were damaged."""
    try:
        data = zlib.decompress(packed[8:])
        if hashlib.blake2b(data, digest_size=8).digest() != packed[:8]:
            return None
        return Body(**json.loads(data))
    except (zlib.error, ValueError, TypeError):
        return None


@dataclass(kw_only=True)
class News:
    """What a build found out, to be kept all together or not at all."""

    site: str
    bodies: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Path, stamp and packed body."""
    pages: list[tuple[str, PageFacts, bytes, str, str]] = field(default_factory=list)
    """Path, facts, surroundings, search entry and terms of pages."""
    gone: set[str] = field(default_factory=set)
    """Paths that are no longer pages."""
    shared: bytes = b""
    """What all pages share, `b""` where it is as it was."""


class Store:
    """The store; any trouble with it costs time, never a build: what cannot be read is made anew."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, or begin a new one where it is damaged or of another version."""
        self.file = folder / NAME
        self.process = os.getpid()
        self.damaged = False
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self.database = self._open()
        except sqlite3.DatabaseError:
            self.begin_anew()

    def begin_anew(self) -> None:
        """Throw away what is there; raises an `OSError` where the disk refuses."""
        self.damaged = True
        self.file.unlink(missing_ok=True)
        try:
            self.database = self._open()
        except sqlite3.DatabaseError as error:
            raise OSError(errno.EIO, str(error), str(self.file)) from error

    def _open(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.file, isolation_level=None)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in {0, FORMAT}:
            database.close()
            raise sqlite3.DatabaseError(f"format {version}")
        database.execute("PRAGMA synchronous = OFF")  # a cache: a power cut may cost it, and it is checked when read
        if version == 0:
            database.executescript(_CREATE)
        return database

    def body(self, path: str, stamp: str) -> Body | None:
        """The body of an article, `None` where it was not kept as `stamp` wants it."""
        row = self._rows("SELECT body FROM body WHERE path = ? AND stamp = ?", path, stamp)
        return unpack(row[0][0]) if row else None

    def terms(self, site: str) -> dict[str, str]:
        """The packed terms of every page of a site that can be found, by path."""
        return dict(self._rows("SELECT path, terms FROM page WHERE site = ? AND terms != ''", site))

    def entry(self, site: str, path: str) -> str:
        """The JSON of one search entry, `""` where there is none."""
        rows = self._rows("SELECT entry FROM page WHERE site = ? AND path = ?", site, path)
        return rows[0][0] if rows else ""

    def pages(self, site: str) -> dict[str, PageFacts]:
        """What is known of every page of a site."""
        rows = self._rows("SELECT path, facts FROM page WHERE site = ?", site)
        return {path: facts for path, data in rows if (facts := _facts(data))}

    def page(self, site: str, path: str) -> tuple[PageFacts, bytes] | None:
        """What is known of one page, with its surroundings."""
        rows = self._rows("SELECT facts, around FROM page WHERE site = ? AND path = ?", site, path)
        facts = _facts(rows[0][0]) if rows else None
        return (facts, rows[0][1]) if facts else None

    def shared(self, site: str) -> bytes:
        """What all pages of a site share, `b""` where it is not known."""
        rows = self._rows("SELECT shared FROM site WHERE site = ?", site)
        return bytes(rows[0][0]) if rows else b""

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self.process != os.getpid():  # a copy of the process that opened it: a connection must not be shared
            self.process, self.database = os.getpid(), sqlite3.connect(self.file, isolation_level=None)
        try:
            return self.database.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self.damaged = True
            return []

    def keep(self, news: News) -> None:
        """Keep what a build found out; where the store turns out to be damaged, begin a new one."""
        site, run = news.site, self.database.executemany
        try:
            self.database.execute("BEGIN IMMEDIATE")
            run("DELETE FROM body WHERE path = ?", ((path,) for path in news.gone))
            run("DELETE FROM page WHERE site = ? AND path = ?", ((site, path) for path in news.gone))
            run("INSERT OR REPLACE INTO body VALUES (?, ?, ?)", news.bodies)
            pages = ((site, path, json.dumps(facts.__dict__), *rest) for path, facts, *rest in news.pages)
            run("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", pages)
            if news.shared:
                run("INSERT OR REPLACE INTO site VALUES (?, ?)", [(site, news.shared)])
            self.database.execute("COMMIT")
        except sqlite3.DatabaseError:
            self.database.close()
            self.begin_anew()

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def _facts(data: str) -> PageFacts | None:
    try:
        return PageFacts(**json.loads(data))
    except (ValueError, TypeError):
        return None
