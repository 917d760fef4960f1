"""Mixing: parts of one large topic, which modularity had to cut, are put together again.

A partition of resolution r cannot hold a group that has much more than 1/r of all links: it cuts one, and the cut goes
through the middle of what belongs together. Two groups mix when the neighbours of each lie in the other about as often
as chance would put them there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kbgen.topics.communities import UNPLACED, Groups
from kbgen.topics.neighbours import Neighbours

MIXED = 0.35
"""Links between two groups, as a share of those that chance would give, from which they are one."""
LARGE = 0.6
"""Part of 1/r from which two groups together are so large that a partition tends to cut them."""
SEEN = 3
"""So many times the neighbours of a ticket: in smaller groups they must lie outside, whatever the topics are."""

Links = NDArray[np.float64]


def mixed(groups: Groups, near: Neighbours, resolution: float) -> Groups:
    """The groups of a partition, large ones that mix put together, the most mixed pair first.

    Unplaced rows stay unplaced.
    """
    large = max(LARGE * len(groups) / resolution, SEEN * near.rows.shape[1])
    sizes = np.bincount(groups[groups != UNPLACED]).astype(np.float64)
    links, into = _links(groups, near, len(sizes)), np.arange(len(sizes))
    while len(sizes) > 1:
        mixing = np.where(sizes[:, None] + sizes[None] > large, _mixing(links, sizes), 0.0)
        one, other = sorted(divmod(int(mixing.argmax()), len(sizes)))
        if mixing[one, other] < MIXED:
            break
        links[one] += links[other]
        links[:, one] += links[:, other]
        links[other] = links[:, other] = 0.0
        sizes[one] += sizes[other]
        sizes[other] = 0.0
        into[into == other] = one
    return np.where(groups == UNPLACED, UNPLACED, into[groups]) if len(into) else groups


def _links(groups: Groups, near: Neighbours, count: int) -> Links:
    """How many neighbours the members of each group have in each. Shape (groups, groups)."""
    alike = (near.likeness > -0.99) & (groups[near.rows] != UNPLACED) & (groups[:, None] != UNPLACED)
    owners = np.broadcast_to(groups[:, None], near.rows.shape)[alike]
    pairs = owners * count + groups[near.rows][alike]
    return np.bincount(pairs, minlength=count * count).reshape(count, count).astype(np.float64)


def _mixing(links: Links, sizes: Links) -> Links:
    """Links between each two groups, as a share of those expected if their members were one group's."""
    inside = np.diag(links)[:, None] + links
    expected = inside * (sizes[None] / np.maximum(sizes[:, None] + sizes[None], 1.0))
    expected += expected.T
    mixing: Links = np.where(expected > 0, (links + links.T) / np.maximum(expected, 1e-9), 0.0)
    np.fill_diagonal(mixing, 0.0)
    return mixing
