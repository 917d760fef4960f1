"""Mining: from vectors of tickets to groups that ask the same.

Nearest neighbours by cosine, edges weighted by how many neighbours two tickets share (Jaccard, after Jarvis and
Patrick, 1973), communities by modularity (Louvain; Blondel et al., 2008), then a filter by agreement: a ticket whose
neighbours mostly lie elsewhere is left unplaced rather than forced into a group.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering import Louvain

from kbgen.topics.embedding.interface import Vectors

BLOCK = 1024
UNPLACED = -1
Groups = NDArray[np.int64]
"""For each ticket the number of its group, or `UNPLACED`."""


@dataclass(frozen=True, kw_only=True)
class MiningSettings:
    """The thresholds; they are written to topics.lock with the topics they gave."""

    neighbours: int = 15
    """Of each ticket; few tickets have small topics, so that below `few` there are fewer."""
    few: int = 1000
    neighbours_of_few: int = 10
    resolution: float = 8.0
    """Of the communities, from 200 tickets on; fewer tickets hold fewer topics, and it falls by 1 for every 25."""
    likeness: float = 0.3
    """Cosine below which neighbours have nothing in common: one-off tickets have neighbours, too."""
    agreement: float = 0.3
    smallest: int = 5

    def as_json(self) -> dict[str, float]:
        """The thresholds as they stand in topics.lock."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Mined:
    """Groups of tickets, and how well each ticket agrees with its group (share of its neighbours there, 0 to 1)."""

    groups: Groups
    agreement: NDArray[np.float64]


def mine(vectors: Vectors, settings: MiningSettings) -> Mined:
    """Group tickets by their vectors; the order of the rows decides nothing but the order of groups."""
    count = len(vectors)
    if count < settings.smallest:
        return Mined(groups=np.full(count, UNPLACED), agreement=np.zeros(count))
    k = settings.neighbours if count >= settings.few else settings.neighbours_of_few
    near = nearest(centred(vectors), min(k, count - 1))
    alike = np.einsum("ij,ikj->ik", vectors, vectors[near]) >= settings.likeness
    resolution = min(settings.resolution, max(1.0, count / 25))
    louvain = Louvain(resolution=resolution, random_state=0, shuffle_nodes=False)
    graph = shared_neighbours(near, alike)
    if graph.nnz == 0:
        return Mined(groups=np.full(count, UNPLACED), agreement=np.zeros(count))
    groups = louvain.fit_predict(graph).astype(np.int64)
    for _ in range(2):
        groups = _without_small(groups, settings.smallest)
        agreement = _agreement(near, alike, groups)
        groups = np.where(agreement < settings.agreement, UNPLACED, groups)
    groups = _without_small(groups, settings.smallest)
    return Mined(groups=_by_size(groups), agreement=_agreement(near, alike, groups))


def centred(vectors: Vectors) -> Vectors:
    """The vectors without what all of them share, at length 1 again."""
    moved = vectors - vectors.mean(axis=0)
    unit: Vectors = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return unit


def nearest(vectors: Vectors, k: int) -> NDArray[np.int64]:
    """The `k` nearest other rows of each row, nearest first; ties go to the lower number. Shape (rows, k)."""
    result = np.empty((len(vectors), k), dtype=np.int64)
    for start in range(0, len(vectors), BLOCK):
        likeness = vectors[start : start + BLOCK] @ vectors.T
        rows = np.arange(len(likeness))
        likeness[rows, rows + start] = -2.0
        result[start : start + BLOCK] = np.argsort(-likeness, axis=1, kind="stable")[:, :k]
    return result


def shared_neighbours(near: NDArray[np.int64], alike: NDArray[np.bool_]) -> sparse.csr_matrix:
    """The graph of neighbours, each edge weighted by the Jaccard index of both sets (each holds its own point).

    `alike` says of each neighbour whether it has anything in common with the point; only such are linked.
    """
    count, k = near.shape
    own = np.arange(count)
    rows, columns = np.repeat(own, k + 1), np.concatenate([near, own[:, None]], axis=1).ravel()
    member = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    links = sparse.csr_matrix((alike.ravel().astype(float), (np.repeat(own, k), near.ravel())), shape=(count, count))
    shared = (member @ member.T).multiply(((links + links.T) > 0).astype(float)).tocoo()
    weights = shared.data / (2 * (k + 1) - shared.data)
    keep = (shared.row != shared.col) & (weights > 0)
    return sparse.csr_matrix((weights[keep], (shared.row[keep], shared.col[keep])), shape=(count, count))


def _agreement(near: NDArray[np.int64], alike: NDArray[np.bool_], groups: Groups) -> NDArray[np.float64]:
    same = (groups[near] == groups[:, None]) & (groups[:, None] != UNPLACED) & alike
    share: NDArray[np.float64] = same.mean(axis=1)
    return share


def _without_small(groups: Groups, smallest: int) -> Groups:
    numbers, counts = np.unique(groups[groups != UNPLACED], return_counts=True)
    return np.where(np.isin(groups, numbers[counts >= smallest]), groups, UNPLACED)


def _by_size(groups: Groups) -> Groups:
    """Number the groups from 0, largest first; among equals the one with the earliest ticket."""
    numbers, first, counts = np.unique(groups, return_index=True, return_counts=True)
    ranked = sorted((-c, f, n) for n, f, c in zip(numbers, first, counts, strict=True) if n != UNPLACED)
    places = {number: place for place, (_, _, number) in enumerate(ranked)}
    return np.array([places.get(number, UNPLACED) for number in groups.tolist()], dtype=np.int64)
