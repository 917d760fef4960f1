"""Facts about mining: which vectors form a group and which are left unplaced."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.topics.communities import UNPLACED
from kbgen.topics.mining import MiningSettings, mine

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


def test_core_is_nearer_to_the_middle_than_fringe() -> None:
    """Where bundles run into each other, the core of a group lies nearer to its middle than the fringe."""
    rows = bundles(20, 30, spread=0.16)
    mined = mine(rows, SETTINGS)
    middles = np.stack([rows[mined.groups == number].mean(axis=0) for number in range(mined.groups.max() + 1)])
    near = np.einsum("ij,ij->i", rows, middles[mined.groups])
    placed = mined.groups != UNPLACED
    assert near[placed & mined.core].mean() > near[placed & ~mined.core].mean()
    assert not mined.core[~placed].any()


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_changes_nothing(seed: int) -> None:
    """In another order, and with another seed of Louvain, clear bundles are the same groups."""
    rows = bundles(12, 30, spread=0.08)
    order = np.random.default_rng(seed).permutation(len(rows))
    groups = np.empty(len(rows), dtype=int)
    groups[order] = mine(rows[order], MiningSettings(seed=seed)).groups
    assert len(set(zip(groups.tolist(), mine(rows, SETTINGS).groups.tolist(), strict=True))) == 12


def test_shuffled_rows_give_the_same_groups_exactly() -> None:
    """Where bundles run into each other, too, the order of the rows decides nothing."""
    rows = bundles(20, 30, spread=0.16)
    order = np.random.default_rng(4).permutation(len(rows))
    assert np.array_equal(mine(rows[order], SETTINGS).agreement, mine(rows, SETTINGS).agreement[order])


@settings(max_examples=20, deadline=None)
@given(st.integers(6, 60), st.integers(0, 1000))
def test_groups_keep_what_they_promise(count: int, seed: int) -> None:
    """Whatever the vectors, a group has at least five members, and groups are numbered without a gap."""
    random = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    mined = mine(random / np.linalg.norm(random, axis=1, keepdims=True), SETTINGS)
    sizes = np.bincount(mined.groups[mined.groups != UNPLACED])
    assert (sizes >= SETTINGS.smallest).all()
    assert (np.diff(sizes) <= 0).all()
    assert ((mined.agreement >= 0) & (mined.agreement <= 1)).all()
