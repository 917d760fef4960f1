"""Facts about neighbours: exact, in a fixed order, and how they make a graph."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.topics import neighbours
from kbgen.topics.neighbours import Neighbours, nearest, shared_neighbours


def near(rows: list[list[int]], likeness: float = 1.0) -> Neighbours:
    table = np.array(rows)
    return Neighbours(rows=table, likeness=np.full(table.shape, likeness, dtype=np.float32))


def test_nearest_never_holds_the_row_itself() -> None:
    """A row is not its own neighbour, even among equals; ties go to the lower number."""
    rows = np.ones((4, 3), dtype=np.float32) / np.float32(np.sqrt(3))
    assert nearest(rows, 2).rows.tolist() == [[1, 2], [0, 2], [0, 1], [0, 1]]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.integers(1, 39), st.integers(0, 99), st.sampled_from([1, 7, 1024]))
def test_nearest_is_what_sorting_all_pairs_gives(count: int, k: int, seed: int, block: int) -> None:
    """Whatever the size of the blocks, and with many ties, the neighbours are those of a stable sort."""
    k = min(k, count - 1)
    rows = np.random.default_rng(seed).integers(0, 3, size=(count, 4)).astype(np.float32)
    table = rows @ rows.T
    np.fill_diagonal(table, -2)
    before, neighbours.BLOCK = neighbours.BLOCK, block
    try:
        found = nearest(rows, k)
    finally:
        neighbours.BLOCK = before
    assert found.rows.tolist() == np.argsort(-table, axis=1, kind="stable")[:, :k].tolist()
    assert (np.diff(found.likeness, axis=1) <= 0).all()


def test_shared_neighbours_weigh_an_edge() -> None:
    """Two points with the same neighbours are linked at weight 1, points without a link not at all."""
    graph = shared_neighbours(near([[1], [0], [3], [2]]), 1, 0.5).toarray()
    assert graph[0, 1] == graph[1, 0] == 1
    assert graph[0, 2] == graph[0, 0] == 0


def test_neighbours_that_are_not_alike_are_not_linked() -> None:
    """Below the likeness that is asked, and where own vectors have nothing in common, there is no edge."""
    pairs = near([[1], [0]], likeness=0.4)
    assert shared_neighbours(pairs, 1, 0.5).nnz == 0
    assert shared_neighbours(pairs, 1, 0.3).nnz == 2
    across = np.eye(2, dtype=np.float32)
    assert shared_neighbours(pairs.where_alike(across, 0.3), 1, 0.0).nnz == 0
