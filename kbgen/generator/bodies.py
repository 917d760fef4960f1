"""Bodies: what Markdown made of each article, kept in one SQLite file from build to build."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "bodies.sqlite"
FORMAT = 1
_CREATE = f"""
PRAGMA user_version = {FORMAT};
CREATE TABLE IF NOT EXISTS body (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, entry TEXT NOT NULL) WITHOUT ROWID;
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


class Bodies:
    """The store; any trouble with it costs time, never a build: what cannot be read is made anew."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, or begin a new one where it is damaged or of another version."""
        self.file = folder / NAME
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
        database.executescript(_CREATE)
        return database

    def body(self, path: str, stamp: str) -> Body | None:
        """The body of an article, `None` where it was not kept as `stamp` wants it."""
        row = self._rows("SELECT body FROM body WHERE path = ? AND stamp = ?", (path, stamp))
        return unpack(row[0][0]) if row else None

    def entries(self) -> Iterator[tuple[str, str, str]]:
        """Every search entry: path, stamp and JSON, by path."""
        yield from self._rows("SELECT path, stamp, entry FROM entry ORDER BY path", ())

    def entry_stamps(self) -> dict[str, str]:
        """The stamp of every search entry by path."""
        return dict(self._rows("SELECT path, stamp FROM entry", ()))

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        try:
            return self.database.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            self.damaged = True
            return []

    def keep(
        self,
        bodies: Iterable[tuple[str, str, bytes]],
        entries: Iterable[tuple[str, str, str]],
        gone: Iterable[str],
        gone_entries: Iterable[str],
    ) -> None:
        """Keep bodies and entries (path, stamp, what it is), and drop those of paths that are gone; all or nothing."""
        try:
            self.database.execute("BEGIN IMMEDIATE")
            self.database.executemany("DELETE FROM body WHERE path = ?", ((path,) for path in gone))
            self.database.executemany("DELETE FROM entry WHERE path = ?", ((path,) for path in gone_entries))
            self.database.executemany("INSERT OR REPLACE INTO body VALUES (?, ?, ?)", bodies)
            self.database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", entries)
            self.database.execute("COMMIT")
        except sqlite3.DatabaseError:
            self.database.close()
            self.begin_anew()

    def close(self) -> None:
        """Close the file."""
        self.database.close()
