"""Communities: groups in a graph of neighbours on which several views of it agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering import Louvain

from kbgen.topics.embedding.interface import Vectors

UNPLACED = -1
Groups = NDArray[np.int64]
"""For each ticket the number of its group, or `UNPLACED`."""


def communities(
    graphs: Sequence[sparse.csr_matrix], resolutions: Sequence[float], final: float, seed: int = 0
) -> Groups:
    """The groups on which partitions of several graphs of the same tickets, at several resolutions, agree.

    Each edge of the last graph weighs the share of partitions that put both ends together (evidence
    accumulation; Fred and Jain, 2005), and the weighted graph is parted once more, at the `final` resolution.
    """
    if graphs[-1].nnz == 0:
        return np.full(graphs[-1].shape[0], UNPLACED)
    views = [_parted(graph, resolution, seed) for graph in graphs for resolution in resolutions]
    return _parted(_agreed(graphs[-1], views), final, seed)


def refined(groups: Groups, vectors: Vectors) -> Groups:
    """The groups after each placed row went to the group whose mean is nearest (one step of spherical k-means)."""
    names, places = np.unique(groups[groups != UNPLACED], return_inverse=True)
    if len(names) == 0:
        return groups
    placed = vectors[groups != UNPLACED]
    member = sparse.csr_matrix((np.ones(len(places), dtype=np.float32), (places, np.arange(len(places)))))
    means = member @ placed
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    result = groups.copy()
    result[groups != UNPLACED] = names[np.argmax(placed @ means.T, axis=1)]
    return result


def without_small(groups: Groups, smallest: int) -> Groups:
    """The groups, the rows of those below the smallest size unplaced."""
    numbers, counts = np.unique(groups[groups != UNPLACED], return_counts=True)
    return np.where(np.isin(groups, numbers[counts >= smallest]), groups, UNPLACED)


def by_size(groups: Groups) -> Groups:
    """The groups numbered from 0, largest first; among equals the one with the earliest row."""
    numbers, first, counts = np.unique(groups, return_index=True, return_counts=True)
    known = numbers != UNPLACED
    numbers, first, counts = numbers[known], first[known], counts[known]
    places = np.full(int(numbers.max(initial=UNPLACED)) + 2, UNPLACED)
    places[numbers[np.lexsort((first, -counts))]] = np.arange(len(numbers))
    result: Groups = places[groups]
    return result


def _parted(graph: sparse.csr_matrix, resolution: float, seed: int) -> Groups:
    """Communities by modularity (Louvain; Blondel et al., 2008). Seed 0 visits the rows as they stand."""
    louvain = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=seed != 0)
    groups: Groups = louvain.fit_predict(graph).astype(np.int64)
    return groups


def _agreed(graph: sparse.csr_matrix, views: Sequence[Groups]) -> sparse.csr_matrix:
    edges = graph.tocoo()
    share = np.mean([view[edges.row] == view[edges.col] for view in views], axis=0)
    keep = share > 0
    return sparse.csr_matrix((share[keep], (edges.row[keep], edges.col[keep])), shape=graph.shape)
