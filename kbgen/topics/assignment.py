"""Assignment: new tickets join the topics that are known, and only the rest is grouped anew.

A ticket is compared with the core members of all topics. It joins the topic whose three nearest members are nearest,
where it is as like them as the topic's own members are like one another.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kbgen.engines.interface import Engine
from kbgen.topics.communities import UNPLACED, Groups
from kbgen.topics.embedding.interface import Vectors
from kbgen.topics.mining import Mined, MiningSettings
from kbgen.topics.neighbours import centred
from kbgen.topics.rounds import mine_rounds

NEAREST = 15
VOTES = 3
"""Members of one topic whose mean likeness counts."""
LOOSEST = 0.10
"""Share of a topic's own members that its floor would refuse: they are its fringe."""
ROUNDING = 1e-6
"""What single precision loses of a cosine."""
BLOCK = 256


def grown(
    vectors: Vectors,
    groups: Groups,
    core: NDArray[np.bool_],
    settings: MiningSettings,
    engine: Engine | None = None,
) -> Mined:
    """The groups with the unplaced rows put to the ones they fit, and what is left grouped among itself.

    `groups` gives each row its topic or `UNPLACED`; `core` tells the members that stand for their topic. Rows that have
    a group keep it.
    """
    moved = centred(vectors)
    result = groups.copy()
    members = np.flatnonzero((groups != UNPLACED) & core)
    rows = np.flatnonzero(groups == UNPLACED)
    if len(members) and len(rows):
        floors = _floors(moved, groups, members)
        best, score = _nearest_topics(moved[rows], moved[members], groups[members])
        result[rows] = np.where(score >= floors[best] - ROUNDING, best, UNPLACED)
    left = np.flatnonzero(result == UNPLACED)
    fresh = mine_rounds(vectors[left], settings, engine)
    result[left] = np.where(fresh.groups == UNPLACED, UNPLACED, fresh.groups + groups.max(initial=UNPLACED) + 1)
    whole, agreement = core.copy(), np.ones(len(groups))
    whole[left], agreement[left] = fresh.core, fresh.agreement
    return Mined(groups=result, agreement=agreement, core=whole)


def _floors(vectors: Vectors, groups: Groups, members: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each topic the likeness to its other members below which its loosest members lie."""
    floors = np.full(int(groups.max()) + 1, np.inf)
    for number in np.unique(groups[members]):
        own = members[groups[members] == number][:2000]
        alike = vectors[own] @ vectors[own].T
        np.fill_diagonal(alike, -1.0)
        if len(own) > VOTES:
            nearest = np.partition(alike, -VOTES, axis=1)[:, -VOTES:].mean(axis=1)
            floors[number] = np.quantile(nearest, LOOSEST)
    return floors


def _nearest_topics(rows: Vectors, members: Vectors, owners: Groups) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each row the topic that its nearest members are most of, and the mean likeness of the best three there."""
    best = np.zeros(len(rows), dtype=np.int64)
    score = np.full(len(rows), -1.0)
    for start in range(0, len(rows), BLOCK):
        alike = rows[start : start + BLOCK] @ members.T
        near = np.argpartition(-alike, min(NEAREST, alike.shape[1]) - 1, axis=1)[:, :NEAREST]
        for offset, some in enumerate(near):
            places = some[np.lexsort((some, -alike[offset, some]))]
            best[start + offset], score[start + offset] = _vote(alike[offset, places], owners[places])
    return best, score


def _vote(alike: NDArray[np.float32], owners: Groups) -> tuple[int, float]:
    """Of the nearest members, ordered, the topic whose first three are nearest on average."""
    found = []
    for owner in dict.fromkeys(owners.tolist()):
        own = alike[owners == owner][:VOTES]
        if len(own) == VOTES:
            found.append((float(own.mean()), -owner))
    score, owner = max(found, default=(-1.0, 0))
    return -owner, score
