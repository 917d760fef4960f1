"""Facts about mining: which vectors form a group and which are left unplaced."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.topics.mining import UNPLACED, MiningSettings, mine, nearest, shared_neighbours

SETTINGS = MiningSettings()


def bundles(count: int, size: int, *, spread: float = 0.05, seed: int = 1) -> np.ndarray:
    """`count` bundles of `size` directions that lie close together, bundle after bundle."""
    random = np.random.default_rng(seed)
    middles = np.repeat(np.linalg.qr(random.normal(size=(64, 64)))[0][:count], size, axis=0)
    rows = middles + spread * random.normal(size=(count * size, 64))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_each_bundle_is_a_group() -> None:
    """Vectors that lie close together form one group, and no group holds vectors of two bundles."""
    groups = mine(bundles(12, 8), SETTINGS).groups.reshape(12, 8)
    assert {len(set(row)) for row in groups.tolist()} == {1}
    assert len(set(groups[:, 0].tolist())) == 12


def test_largest_group_comes_first() -> None:
    """Groups are numbered from the largest to the smallest."""
    rows = np.concatenate([bundles(20, 10), bundles(1, 14, seed=2)])
    assert set(mine(rows, SETTINGS).groups[-14:].tolist()) == {0}


def test_scattered_vectors_form_no_group() -> None:
    """Vectors that point anywhere belong to none, while bundles of the same number do."""
    random = np.random.default_rng(3).normal(size=(30, 384)).astype(np.float32)
    scattered = random / np.linalg.norm(random, axis=1, keepdims=True)
    assert set(mine(scattered, SETTINGS).groups.tolist()) == {UNPLACED}


def test_bundle_below_the_smallest_size_is_no_group() -> None:
    """Four tickets on one thing are too few, however alike they are."""
    rows = np.concatenate([bundles(10, 8), -bundles(1, 4, seed=2)])
    assert set(mine(rows, SETTINGS).groups[-4:].tolist()) == {UNPLACED}


@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_tickets_form_no_group(count: int) -> None:
    """With fewer tickets than a topic needs, nothing is grouped and nothing fails."""
    vectors = np.ones((count, 3), dtype=np.float32)
    assert mine(vectors, SETTINGS).groups.tolist() == [UNPLACED] * count


def test_same_vectors_give_the_same_groups() -> None:
    """Mining has no chance in it: the same vectors give the same groups."""
    rows = bundles(10, 9, spread=0.3)
    assert np.array_equal(mine(rows, SETTINGS).groups, mine(rows.copy(), SETTINGS).groups)


def test_group_that_is_most_of_the_tickets_is_found() -> None:
    """A subject that half of all tickets ask is found, and nothing else is mixed into it."""
    rows = np.concatenate([bundles(1, 16), bundles(16, 1, seed=5)])
    groups = mine(rows, SETTINGS).groups
    assert np.count_nonzero(groups[:16] != UNPLACED) >= 12
    assert not set(groups[:16].tolist()) & set(groups[16:].tolist()) - {UNPLACED}


def test_nearest_never_holds_the_row_itself() -> None:
    """A row is not its own neighbour, even among equals; ties go to the lower number."""
    rows = np.ones((4, 3), dtype=np.float32) / np.sqrt(3)
    assert nearest(rows, 2).tolist() == [[1, 2], [0, 2], [0, 1], [0, 1]]


def test_shared_neighbours_weigh_an_edge() -> None:
    """Two points with the same neighbours are linked at weight 1, points without a link not at all."""
    graph = shared_neighbours(np.array([[1], [0], [3], [2]]), np.ones((4, 1), dtype=bool)).toarray()
    assert graph[0, 1] == graph[1, 0] == 1
    assert graph[0, 2] == graph[0, 0] == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(6, 60), st.integers(0, 1000))
def test_groups_keep_what_they_promise(count: int, seed: int) -> None:
    """Whatever the vectors, a group has at least five members, and groups are numbered without a gap."""
    random = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    mined = mine(random / np.linalg.norm(random, axis=1, keepdims=True), SETTINGS)
    sizes = np.bincount(mined.groups[mined.groups != UNPLACED])
    assert (sizes >= SETTINGS.smallest).all()
    assert (np.diff(sizes) <= 0).all()
    assert ((mined.agreement >= 0) & (mined.agreement <= 1)).all()
