"""Neighbours: for each ticket the others that are most like it, and the graph that they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kbgen.topics.embedding.interface import Vectors

BLOCK = 1024
"""Rows that are compared with all others at a time: 80 MB for 20,000 tickets."""


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The nearest other rows of each row, nearest first; both tables have the shape (rows, k)."""

    rows: NDArray[np.int64]
    likeness: NDArray[np.float32]
    """Cosine, -1 to 1."""

    def where_alike(self, vectors: Vectors, likeness: float) -> Neighbours:
        """The same neighbours, those whose own vectors are less alike than this at likeness -1."""
        alike = np.empty(self.rows.shape, dtype=bool)
        for start in range(0, len(self.rows), BLOCK):
            block = slice(start, start + BLOCK)
            alike[block] = np.einsum("ij,ikj->ik", vectors[block], vectors[self.rows[block]]) >= likeness
        return Neighbours(rows=self.rows, likeness=np.where(alike, self.likeness, np.float32(-1)))


def centred(vectors: Vectors) -> Vectors:
    """The vectors without what all of them share, at length 1 again."""
    moved = vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    unit: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return unit


def nearest(vectors: Vectors, k: int) -> Neighbours:
    """The `k` nearest other rows of each row, by comparing all pairs; ties go to the lower row."""
    rows = np.empty((len(vectors), k), dtype=np.int64)
    likeness = np.empty((len(vectors), k), dtype=np.float32)
    for start in range(0, len(vectors), BLOCK):
        table = vectors[start : start + BLOCK] @ vectors.T
        own = np.arange(len(table))
        table[own, own + start] = -2.0
        best = _largest(table, k)
        rows[start : start + BLOCK] = best
        likeness[start : start + BLOCK] = np.take_along_axis(table, best, axis=1)
    return Neighbours(rows=rows, likeness=likeness)


def _largest(table: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Columns of the `k` largest numbers of each row, largest first; ties go to the lower column."""
    best = np.sort(np.argpartition(table, table.shape[1] - k, axis=1)[:, -k:], axis=1)
    values = np.take_along_axis(table, best, axis=1)
    result = np.take_along_axis(best, np.argsort(-values, axis=1, kind="stable"), axis=1)
    tied = np.flatnonzero((table >= values.min(axis=1, keepdims=True)).sum(axis=1) > k)
    result[tied] = np.argsort(-table[tied], axis=1, kind="stable")[:, :k]
    return result


def shared_neighbours(near: Neighbours, k: int, likeness: float) -> sparse.csr_matrix:
    """The graph of the `k` nearest, each edge weighted by the Jaccard index of both sets (each holds its own point).

    Only neighbours of at least this likeness are linked. Shared nearest neighbours after Jarvis and Patrick (1973).
    """
    count, k = len(near.rows), min(k, near.rows.shape[1])
    own = np.arange(count)
    rows, columns = np.repeat(own, k + 1), np.concatenate([near.rows[:, :k], own[:, None]], axis=1).ravel()
    member = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(count, count))
    alike = (near.likeness[:, :k] >= max(likeness, -0.99)).ravel()
    ends = np.repeat(own, k)[alike], near.rows[:, :k].ravel()[alike]
    links = sparse.csr_matrix((np.ones(len(ends[0]), dtype=np.float32), ends), shape=(count, count))
    shared = (member @ member.T).multiply(links.maximum(links.T)).tocoo()
    keep = shared.row != shared.col
    weights = shared.data[keep] / (2 * (k + 1) - shared.data[keep])
    return sparse.csr_matrix((weights, (shared.row[keep], shared.col[keep])), shape=(count, count))
