"""Tiers: which tickets are the core of a topic, which belong to it loosely, and which stand alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kbgen.topics.communities import UNPLACED, Groups
from kbgen.topics.neighbours import Neighbours

Shares = NDArray[np.float64]
PEERS = 4
"""A member of the smallest topic has four others; so many are asked how near they are."""


def agreement(near: Neighbours, groups: Groups, k: int, likeness: float) -> Shares:
    """Share of the `k` nearest of each row that are in its group and at least this like it, 0 to 1."""
    same = groups[near.rows[:, :k]] == groups[:, None]
    alike = near.likeness[:, :k] >= max(likeness, -0.99)
    share: Shares = (same & alike & (groups[:, None] != UNPLACED)).mean(axis=1)
    return share


def nearness(near: Neighbours, groups: Groups) -> Shares:
    """Mean cosine of each row with the nearest `PEERS` of its group, 0 for each that is missing."""
    same = (groups[near.rows] == groups[:, None]) & (groups[:, None] != UNPLACED)
    counted = same & (np.cumsum(same, axis=1) <= PEERS)
    mean: Shares = np.where(counted, near.likeness, 0.0).sum(axis=1) / PEERS
    return mean


def usual(near: Neighbours) -> float:
    """The cosine of a ticket with its nearest `PEERS`, as it is in the middle of all tickets."""
    return max(0.0, float(np.median(near.likeness[:, :PEERS].mean(axis=1))))
