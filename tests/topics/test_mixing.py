"""Mixing: what was cut is put together, what differs stays apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kbgen.topics.communities import UNPLACED
from kbgen.topics.mixing import mixed
from kbgen.topics.neighbours import centred, nearest


def bunches(count: int, size: int, seed: int = 1) -> np.ndarray:
    """So many bunches of vectors, each about a direction of its own."""
    random = np.random.default_rng(seed)
    middles = np.repeat(np.eye(count, 32), size, axis=0)
    return centred((middles + 0.1 * random.normal(size=middles.shape)).astype(np.float32))


def test_halves_of_one_topic_are_put_together() -> None:
    """A bunch that was cut at random is one group again, and the other bunches stay what they were."""
    vectors = bunches(4, 60)
    true = np.repeat(np.arange(4), 60)
    cut = np.where((true == 0) & (np.arange(240) % 2 == 0), 4, true)
    found = mixed(cut, nearest(vectors, 15), 20)
    assert len(set(found.tolist())) == 4
    assert len(set(found[:60].tolist())) == 1


def test_topics_that_differ_stay_apart() -> None:
    """Groups without links between them are left alone."""
    groups = np.repeat(np.arange(5), 40)
    assert np.array_equal(mixed(groups, nearest(bunches(5, 40), 15), 20), groups)


@given(st.lists(st.integers(UNPLACED, 6), min_size=20, max_size=40), st.integers(0, 9))
def test_any_groups(numbers: list[int], seed: int) -> None:
    """Whatever the groups, none is split, none is lost, and what is unplaced stays so."""
    groups = np.array(numbers, dtype=np.int64)
    found = mixed(groups, nearest(bunches(1, len(groups), seed), 5), 20)
    assert np.array_equal(found == UNPLACED, groups == UNPLACED)
    assert all(len(set(found[groups == number].tolist())) == 1 for number in set(numbers))
