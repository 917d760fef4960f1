"""What an embedding does, and the cache in front of it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions); each row has length 1."""


class Embedding(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Names model and version; vectors of different names are never mixed."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the same order."""


ASKED = 500
"""Keys in one query; SQLite allows 999 everywhere."""
KEPT = 4096
"""Texts that are computed and kept at a time: an import that is broken off loses no more than these."""


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
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        wanted = dict(zip(keys, texts, strict=True))
        try:
            table = self._table(places, wanted)
        except sqlite3.DatabaseError:
            self._file.unlink(missing_ok=True)  # a cache that is damaged is made anew
            table = self._table(places, wanted)
        return table if len(places) == len(keys) else table[[places[key] for key in keys]]

    def _table(self, places: Mapping[bytes, int], wanted: Mapping[bytes, str]) -> Vectors:
        """The vectors of the texts, one row each; those that were missing are computed and kept."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        rows = _Rows(len(places))
        with closing(sqlite3.connect(self._file)) as db:
            db.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID")
            missing = dict.fromkeys(places)
            for key, data in _known(db, tuple(places)):
                rows.put(places[key], np.frombuffer(data, dtype=np.float32))
                del missing[key]
            for some in _batches(tuple(missing), KEPT):
                computed = self._embedding.embed([wanted[key] for key in some]).astype(np.float32)
                for key, vector in zip(some, computed, strict=True):
                    rows.put(places[key], vector)
                with db:
                    pairs = ((key, vector.tobytes()) for key, vector in zip(some, computed, strict=True))
                    db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", pairs)
        return rows.table


class _Rows:
    """A table that learns its width from the first vector."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.table: Vectors = np.zeros((count, 0), dtype=np.float32)

    def put(self, place: int, vector: NDArray[np.float32]) -> None:
        if not self.table.size:
            self.table = np.zeros((self._count, len(vector)), dtype=np.float32)
        self.table[place] = vector


def _known(db: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for some in _batches(keys, ASKED):
        marks = ",".join("?" * len(some))
        yield from db.execute(f"SELECT key, data FROM vector WHERE key IN ({marks})", some)  # noqa: S608 - marks only


def _batches(keys: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
