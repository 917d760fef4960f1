"""What an embedding does, and the cache in front of it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions); each row has length 1."""


class Embedding(Protocol):
    """Turns texts into vectors."""

    name: str
    """Names model and version; vectors of different names are never mixed."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the same order."""


class CachedEmbedding:
    """An embedding that remembers vectors by the hash of their text, in one file below `.kbgen/`."""

    def __init__(self, embedding: Embedding, state: Path) -> None:
        """Put a cache in front of `embedding`."""
        self.name = embedding.name
        self._embedding = embedding
        self._file = state / "vectors.sqlite"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text; only texts never seen before are computed."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        keys = [hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest() for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        try:
            known = self._known(wanted)
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)  # a cache that is damaged is made anew
            known = self._known(wanted)
        return np.stack([np.frombuffer(known[key], dtype=np.float32) for key in keys])

    def _known(self, wanted: dict[bytes, str]) -> dict[bytes, bytes]:
        """The vectors of the texts, those that were missing computed and kept."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file)) as db, db:
            db.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID")
            known = {key: row[0] for key in wanted if (row := _row(db, key))}
            missing = {key: text for key, text in wanted.items() if key not in known}
            if missing:
                computed = self._embedding.embed(list(missing.values()))
                fresh = {key: row.astype(np.float32).tobytes() for key, row in zip(missing, computed, strict=True)}
                db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", fresh.items())
                known |= fresh
        return known


def _row(db: sqlite3.Connection, key: bytes) -> tuple[bytes] | None:
    found: tuple[bytes] | None = db.execute("SELECT data FROM vector WHERE key = ?", (key,)).fetchone()
    return found
