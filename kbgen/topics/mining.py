"""Mining: from vectors of tickets to groups that ask the same.

Nearest neighbours by cosine, groups on which several partitions of their graph agree (communities.py), then tiers
(tiers.py): a ticket whose neighbours lie elsewhere or far away is left unplaced rather than forced into a group.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from kbgen.topics.communities import UNPLACED, Groups, by_size, communities, refined, without_small
from kbgen.topics.embedding.interface import Vectors
from kbgen.topics.mixing import mixed
from kbgen.topics.neighbours import Neighbours, centred, nearest, shared_neighbours
from kbgen.topics.tiers import Shares, agreement, nearness, usual


@dataclass(frozen=True, kw_only=True)
class MiningSettings:
    """The thresholds; they are written to topics.lock with the topics they gave."""

    neighbours: int = 15
    more_neighbours: int = 25
    """Of each ticket, in the two views of the graph; few tickets have small topics: below `few` they are less."""
    few: int = 600
    neighbours_of_few: int = 10
    resolution: float = 20.0
    """Of the last partition, from `whole` tickets on; fewer tickets hold fewer topics, and it falls in proportion."""
    whole: int = 800
    common: float = 0.3
    """Cosine below which tickets have nothing in common: one-off tickets have neighbours, too."""
    likeness: float = 0.35
    """Cosine around the centre below which neighbours are not linked, where the usual one is `usual` or more."""
    nearness: float = 0.46
    """Cosine around the centre that a ticket must have with the nearest of its group, in the mean; likewise."""
    usual: float = 0.7
    """Long tickets on one product lie closer to each other: both thresholds fall in proportion below it."""
    centre: int = 50
    """Tickets below which the centre says nothing, since one topic may be most of them: `common` alone counts."""
    agreement: float = 0.1
    core: float = 0.6
    """Agreement from which a ticket is the core of its topic; below, it is fringe."""
    smallest: int = 5
    seed: int = 0

    def as_json(self) -> dict[str, float]:
        """The thresholds as they stand in topics.lock."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Mined:
    """Groups of tickets, how well each ticket agrees with its group, and which are the core."""

    groups: Groups
    agreement: Shares
    """Share of the neighbours that are in the same group, 0 to 1; 0 for what is unplaced."""
    core: NDArray[np.bool_]


def mine(vectors: Vectors, settings: MiningSettings) -> Mined:
    """Group tickets by their unit vectors, shape (tickets, dimensions).

    Rows are taken in an order that depends on the vectors alone, so that the order of the input decides nothing but
    the numbers of groups of equal size. Nothing in it is random unless a seed is given.
    """
    if len(vectors) < settings.smallest:
        return nothing_mined(len(vectors))
    order = np.lexsort(vectors.T)
    mined = _mined(vectors[order], settings)
    back = np.argsort(order)
    return Mined(groups=by_size(mined.groups[back]), agreement=mined.agreement[back], core=mined.core[back])


def _mined(vectors: Vectors, settings: MiningSettings) -> Mined:
    count = len(vectors)
    sizes = _sizes(count, settings)
    space = centred(vectors)
    near = nearest(space, min(sizes[-1], count - 1)).where_alike(vectors, settings.common)
    likeness, floor = _floors(near, settings)
    groups = _grouped(space, near, settings, likeness)
    for _ in range(2):  # what goes may have held others
        stay = agreement(near, groups, sizes[0], likeness) >= settings.agreement
        groups = np.where(stay & (nearness(near, groups) >= floor), groups, UNPLACED)
        groups = without_small(groups, settings.smallest)
    shares = agreement(near, groups, sizes[0], likeness)
    return Mined(groups=groups, agreement=shares, core=shares >= settings.core)


def _floors(near: Neighbours, settings: MiningSettings) -> tuple[float, float]:
    """Likeness that links two tickets, and nearness that keeps one in its group."""
    if len(near.rows) < settings.centre:
        return -1.0, -1.0
    part = min(1.0, usual(near) / settings.usual)
    return settings.likeness * part, settings.nearness * part


def _grouped(space: Vectors, near: Neighbours, settings: MiningSettings, likeness: float) -> Groups:
    final = max(1.0, settings.resolution * min(1.0, len(space) / settings.whole))
    graphs = [shared_neighbours(near, size, likeness) for size in _sizes(len(space), settings)]
    groups = communities(graphs, (max(1.0, final / 3), max(1.0, final / 1.5)), final, settings.seed)
    parts = without_small(refined(without_small(groups, settings.smallest), space), settings.smallest)
    return mixed(parts, near, final)


def _sizes(count: int, settings: MiningSettings) -> tuple[int, int]:
    if count >= settings.few:
        return settings.neighbours, settings.more_neighbours
    return settings.neighbours_of_few, settings.neighbours


def nothing_mined(count: int) -> Mined:
    """So many tickets, none of them in a group."""
    none = np.zeros(count)
    return Mined(groups=np.full(count, UNPLACED), agreement=none, core=none > 0)
