"""Slots: the number of each article in the index, which stays the same when others come and go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

FEWEST = 16


def slots_of(paths: Iterable[str]) -> tuple[dict[str, int], int]:
    """A slot for each path, and how many slots there are: a power of two, at least twice as many as paths.

    A path takes the slot that its hash names, or the next free one; those that are asked first are those with the
    lower hash, so that the same paths always take the same slots.
    """
    ordered = sorted((int.from_bytes(hashlib.sha256(path.encode()).digest()[:8]), path) for path in paths)
    size = max(FEWEST, 1 << (2 * len(ordered) - 1).bit_length()) if ordered else FEWEST
    taken: dict[int, str] = {}
    for value, path in ordered:
        slot = value % size
        while slot in taken:
            slot = (slot + 1) % size
        taken[slot] = path
    return {path: slot for slot, path in taken.items()}, size
