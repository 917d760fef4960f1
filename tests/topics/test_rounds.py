"""Facts about rounds: grouping more tickets than can be compared each with each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.topics import rounds
from kbgen.topics.mining import UNPLACED, Mined, MiningSettings, mine
from kbgen.topics.rounds import join_rounds, mine_rounds

SETTINGS = MiningSettings()


@pytest.fixture
def small_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only 1,000 tickets are compared each with each, so that few need rounds."""
    monkeypatch.setattr(rounds, "SAMPLE", 1000)
    monkeypatch.setattr(rounds, "BLOCK", 300)


def bunches(sizes: list[int], *, seed: int = 1, spread: float = 0.08) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors in bunches of these sizes, each around a direction of its own, and the bunch of each."""
    random = np.random.default_rng(seed)
    middles = np.linalg.qr(random.normal(size=(96, 96)))[0][: len(sizes)]
    owner = np.repeat(np.arange(len(sizes)), sizes)
    rows = middles[owner] + spread * random.normal(size=(len(owner), 96))
    order = random.permutation(len(owner))
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float32)[order], owner[order]


def main_bunch(groups: np.ndarray, owner: np.ndarray) -> dict[int, int]:
    """The bunch that is most of each group."""
    numbers = range(int(groups.max()) + 1)
    return {number: int(np.bincount(owner[groups == number]).argmax()) for number in numbers}


def test_few_tickets_are_mined_at_once() -> None:
    """Up to the size of a sample, rounds give what mining gives."""
    vectors, _ = bunches([20] * 12)
    assert np.array_equal(mine_rounds(vectors, SETTINGS).groups, mine(vectors, SETTINGS).groups)


@pytest.mark.usefixtures("small_sample")
def test_tickets_outside_the_sample_join() -> None:
    """Of four times as many tickets as are compared, nearly all find the group of their bunch."""
    vectors, owner = bunches([200] * 20)
    groups = mine_rounds(vectors, SETTINGS).groups
    main = main_bunch(groups, owner)
    right = np.array([main.get(int(group), -1) for group in groups]) == owner
    assert right.mean() > 0.9
    assert set(main.values()) == set(range(20))


@pytest.mark.usefixtures("small_sample")
def test_small_topics_are_found_in_a_later_round() -> None:
    """A bunch too small for the sample to hold five of it is found among what is left."""
    vectors, owner = bunches([400] * 15 + [12] * 6)
    found = set(main_bunch(mine_rounds(vectors, SETTINGS).groups, owner).values())
    assert len(found & set(range(15, 21))) >= 5


@pytest.mark.usefixtures("small_sample")
def test_scattered_tickets_stay_out() -> None:
    """Vectors that point anywhere join no group only because one is the nearest."""
    vectors, owner = bunches([200] * 10 + [1] * 60)
    groups = mine_rounds(vectors, SETTINGS).groups
    assert (groups[owner >= 10] == UNPLACED).mean() > 0.8


@pytest.mark.usefixtures("small_sample")
def test_order_of_the_tickets_decides_nothing() -> None:
    """Sampled by their ids, tickets in another order form the same groups."""
    vectors, _ = bunches([150] * 20)
    keys = [f"T-{n}" for n in range(len(vectors))]
    order = np.random.default_rng(9).permutation(len(vectors))
    first = mine_rounds(vectors, SETTINGS, keys=keys).groups[order]
    second = mine_rounds(vectors[order], SETTINGS, keys=[keys[n] for n in order]).groups
    same = (first[:, None] == first[None, ::7]) == (second[:, None] == second[None, ::7])
    assert same.mean() > 0.99


@pytest.mark.usefixtures("small_sample")
def test_vectors_may_lie_in_a_file(tmp_path: Path) -> None:
    """A memory map gives what an array gives."""
    vectors, _ = bunches([150] * 12)
    np.save(tmp_path / "vectors.npy", vectors)
    mapped = np.load(tmp_path / "vectors.npy", mmap_mode="r")
    assert np.array_equal(mine_rounds(mapped, SETTINGS).groups, mine_rounds(vectors, SETTINGS).groups)


@pytest.mark.usefixtures("small_sample")
def test_new_tickets_join_and_the_old_ones_stay() -> None:
    """Tickets that have a group keep it; new ones join, and those on something new form a group of their own."""
    vectors, owner = bunches([200] * 10 + [60], spread=0.05)
    fresh = (np.arange(len(owner)) % 20 == 0) | (owner == 10)
    first = mine_rounds(vectors[~fresh], SETTINGS)
    known = Mined(
        groups=np.full(len(owner), UNPLACED), agreement=np.zeros(len(owner)), core=np.zeros(len(owner), dtype=bool)
    )
    known.groups[~fresh], known.agreement[~fresh] = first.groups, first.agreement
    grown = join_rounds(vectors, known, SETTINGS)
    placed = known.groups != UNPLACED
    assert np.array_equal(grown.groups[placed], known.groups[placed])
    main = main_bunch(first.groups, owner[~fresh])
    joined = fresh & (owner < 10)
    assert np.mean([main.get(int(g), -1) == o for g, o in zip(grown.groups[joined], owner[joined], strict=True)]) > 0.75
    new = np.unique(grown.groups[owner == 10])
    assert (new[new != UNPLACED] > first.groups.max()).all()
    # mined without placed tickets beside them, about a tenth of them would be found: they would look like the usual
    assert (grown.groups[owner == 10] != UNPLACED).mean() > 1 / 3


@pytest.mark.usefixtures("small_sample")
def test_joined_tickets_agree_like_sampled_ones() -> None:
    """Agreement of those that joined lies between 0 and 1 and is spread as that of the sampled tickets is."""
    vectors, _ = bunches([200] * 20)
    mined = mine_rounds(vectors, SETTINGS)
    placed = mined.groups != UNPLACED
    assert ((mined.agreement >= 0) & (mined.agreement <= 1)).all()
    assert mined.agreement[placed].mean() > SETTINGS.agreement > mined.agreement[~placed].max(initial=0)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=20), st.integers(0, 99))
def test_groups_are_numbered_by_size(sizes: list[int], seed: int) -> None:
    """Whatever the tickets, groups are numbered without a gap, larger ones first, none below the smallest size."""
    vectors, _ = bunches(sizes, seed=seed, spread=0.2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "SAMPLE", 60)
        groups = mine_rounds(vectors, SETTINGS).groups
    counts = np.bincount(groups[groups != UNPLACED])
    assert (counts >= SETTINGS.smallest).all()
    assert (np.diff(counts) <= 0).all()


@pytest.mark.parametrize("count", [0, 1, 4])
def test_hardly_any_ticket_gives_no_group(count: int) -> None:
    """With fewer tickets than a topic needs, nothing is grouped and nothing fails."""
    mined = mine_rounds(np.ones((count, 3), dtype=np.float32), SETTINGS)
    assert mined.groups.tolist() == [UNPLACED] * count
    assert mined.agreement.tolist() == [0.0] * count
