"""Slots: the number of each article."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kbgen.search.slots import FEWEST, slots_of

path = st.text(st.sampled_from("abc/."), min_size=1, max_size=6)
paths = st.sets(path, max_size=60)


@given(paths)
def test_every_path_has_a_slot_of_its_own(chosen: set[str]) -> None:
    """There is a slot for each path, no two share one, and at most half of them are taken."""
    slots, size = slots_of(chosen)
    assert slots.keys() == chosen
    assert len(set(slots.values())) == len(chosen)
    assert all(0 <= slot < size for slot in slots.values())
    assert size >= max(FEWEST, 2 * len(chosen))
    assert size.bit_count() == 1


@given(paths, st.randoms(use_true_random=False))
def test_same_set_same_slots(chosen: set[str], chance: random.Random) -> None:
    """The order in which the paths come does not matter."""
    turned = sorted(chosen)
    chance.shuffle(turned)
    assert slots_of(turned) == slots_of(sorted(chosen))


@given(paths, path)
def test_one_more(chosen: set[str], new: str) -> None:
    """A new path moves others only along the run of taken slots that it lies in, while the size stays."""
    before, size = slots_of(chosen)
    after, other = slots_of(chosen | {new})
    if size != other:
        return
    run = run_of(after[new], set(after.values()), size)
    assert all(after[path] == slot or {slot, after[path]} <= run for path, slot in before.items())


def run_of(slot: int, taken: set[int], size: int) -> set[int]:
    """The slots around a taken one, up to free ones on both sides."""
    run = {slot}
    for step in (1, -1):
        place = (slot + step) % size
        while place in taken and place not in run:
            run.add(place)
            place = (place + step) % size
    return run
