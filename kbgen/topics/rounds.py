"""Rounds: topics of more tickets than can be compared each with each.

A sample is grouped; the other tickets join the group whose middle is nearest, where they are as near as the group's own
tickets are. What is left is the next round's, which finds small groups that the sample held too few of. Time grows with
the number of tickets, not with its square, and each part gives the same result wherever an engine runs it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kbgen.engines.interface import Engine
from kbgen.engines.serial import SerialEngine
from kbgen.topics.communities import UNPLACED, Groups, by_size
from kbgen.topics.embedding.interface import Vectors
from kbgen.topics.mining import Mined, MiningSettings, mine, nothing_mined

SAMPLE = 20_000
"""Tickets that are compared each with each; up to so many are mined at once."""
DENSE = 8_000
"""Tickets for which the settings' resolution is meant: the size of topics that it tells apart grows with the graph."""
LOOSEST = 0.10
"""Share of a group's own tickets that are less near to its middle than others must be to join it."""
COMPANY = 0.25
"""Share of a later sample, at most, that is placed already: without it one new topic would look like the usual."""
LITTLE = 0.01
"""Share of all tickets below which a round that places no more is the last."""
FEWEST_TO_JOIN = 2
"""Tickets below which a group has no middle that others could be measured by."""
BLOCK = 4096
"""Rows of one part."""
WORTH = 500_000
"""Rows from which joining is given to an engine: below, handing the rows over costs more than it saves."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Middles:
    """What a ticket joins a group by."""

    mean: Vectors
    """What all sampled tickets have in common; it is taken away first."""
    directions: Vectors
    """The middle of each group, at length 1. Shape (groups, dimensions)."""
    floors: NDArray[np.float32]
    """The cosine to the middle that a ticket needs to join."""
    cosines: tuple[NDArray[np.float32], ...]
    """Of each group's own tickets to the middle of its others, in order."""
    shares: tuple[NDArray[np.float64], ...]
    """Agreement of each group's own tickets, in order."""


@dataclass(frozen=True, kw_only=True)
class _Part:
    vectors: Vectors
    middles: Middles


def mine_rounds(
    vectors: Vectors, settings: MiningSettings, engine: Engine | None = None, keys: Sequence[str] | None = None
) -> Mined:
    """Group any number of tickets; up to `SAMPLE` of them as `mine` does.

    `vectors` may be a memory map; only a part of it is in memory at a time. `keys` (ids) decide which tickets are
    sampled; without them the place does. A ticket that joined agrees as well as that sampled ticket of its group does
    that holds its place: the nearest to the middle agrees best.
    """
    return join_rounds(vectors, nothing_mined(len(vectors)), settings, engine, keys)


def join_rounds(
    vectors: Vectors,
    known: Mined,
    settings: MiningSettings,
    engine: Engine | None = None,
    keys: Sequence[str] | None = None,
) -> Mined:
    """Group tickets of which some have their group already: those keep it and its number, others join or are mined.

    Numbers of new groups follow the known ones, larger groups first.
    """
    work = _Work(vectors, settings, engine or SerialEngine(), _order(len(vectors), keys))
    groups, agreement = known.groups.copy(), known.agreement.copy()
    base = int(groups.max(initial=UNPLACED)) + 1
    if base:
        members = np.flatnonzero(groups != UNPLACED)
        middles = work.middles(_thinned(members, groups[members], work.order), groups, agreement)
        work.join(middles, np.flatnonzero(groups == UNPLACED), 0, groups, agreement)
    fresh, agreed = work.rounds(np.flatnonzero(groups == UNPLACED))
    found = fresh != UNPLACED
    groups[found], agreement[found] = fresh[found] + base, agreed[found]
    return Mined(groups=groups, agreement=agreement, core=agreement >= settings.core)


@dataclass(frozen=True)
class _Work:
    vectors: Vectors
    settings: MiningSettings
    engine: Engine
    order: Rows
    """The place of each row in the order in which rows are sampled."""

    def rounds(self, left: Rows) -> tuple[Groups, NDArray[np.float64]]:
        """The groups of the rows that are left, all other rows being unplaced, and how well each agrees."""
        groups, agreement = np.full(len(self.vectors), UNPLACED), np.zeros(len(self.vectors))
        company = np.setdiff1d(np.arange(len(self.vectors)), left, assume_unique=True)
        least, base = LITTLE * len(left), 0
        while len(left) >= self.settings.smallest:
            sample = np.sort(left[np.argsort(self.order[left])[: self._size(company)]])
            mined = self._mined(sample, company)
            placed = mined.groups != UNPLACED
            groups[sample[placed]] = mined.groups[placed] + base
            agreement[sample] = mined.agreement
            if len(sample) == len(left) or not placed.any():
                break
            middles = self.middles(sample[placed], groups - base, agreement)
            self.join(middles, np.setdiff1d(left, sample, assume_unique=True), base, groups, agreement)
            base += len(middles.floors)
            company = np.union1d(company, left[groups[left] != UNPLACED])
            before, left = len(left), left[groups[left] == UNPLACED]
            if before - len(left) < least:
                break
        return by_size(groups), agreement

    @staticmethod
    def _size(company: Rows) -> int:
        return SAMPLE - int(COMPANY * SAMPLE) if len(company) else SAMPLE

    def _mined(self, sample: Rows, company: Rows) -> Mined:
        """The groups of the sample, mined with some of the tickets that have a group; groups of mostly those go."""
        company = np.sort(company[np.argsort(self.order[company])[: min(int(COMPANY * SAMPLE), len(sample))]])
        rows = np.concatenate([sample, company])
        mined = mine(np.asarray(self.vectors[rows]), self._scaled(len(rows)))
        groups, own = mined.groups + 1, mined.groups[: len(sample)]
        everyone, ours = np.bincount(groups), np.bincount(own + 1, minlength=int(groups.max()) + 1)
        new = (2 * ours >= everyone) & (ours >= self.settings.smallest)
        return replace(mined, groups=np.where(new[own + 1], own, UNPLACED), agreement=mined.agreement[: len(sample)])

    def middles(self, members: Rows, groups: Groups, agreement: NDArray[np.float64]) -> Middles:
        """What tickets join the members' groups by; groups are numbered from 0."""
        vectors, own = np.asarray(self.vectors[members]), groups[members]
        mean = vectors.mean(axis=0)
        moved = _moved(vectors, mean)
        starts, rows = _sorted_by_group(own)
        sums = np.add.reduceat(moved[rows], starts[:-1][np.diff(starts) > 0], axis=0)
        directions = np.zeros((len(starts) - 1, moved.shape[1]), dtype=np.float32)
        directions[np.diff(starts) > 0] = sums
        others = _unit(
            directions[own] - moved
        )  # a ticket must not vouch for itself: few have a large say in the middle
        near = np.einsum("ij,ij->i", moved, others)
        places = list(pairwise(starts.tolist()))
        cosines = tuple(np.sort(near[rows[a:b]]) for a, b in places)
        shares = tuple(np.sort(agreement[members[rows[a:b]]]) for a, b in places)
        floors = [np.quantile(c, LOOSEST) if len(c) >= FEWEST_TO_JOIN else np.inf for c in cosines]
        return Middles(
            mean=mean,
            directions=_unit(directions),
            floors=np.array(floors, dtype=np.float32),
            cosines=cosines,
            shares=shares,
        )

    def join(self, middles: Middles, rows: Rows, base: int, groups: Groups, agreement: NDArray[np.float64]) -> None:
        """Put rows into the groups that they are near enough to; those are numbered from `base`."""
        blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
        engine = self.engine if len(rows) >= WORTH else SerialEngine()
        parts = (_Part(vectors=np.asarray(self.vectors[block]), middles=middles) for block in blocks)
        for block, (nearest, agreed) in zip(blocks, engine.map(joined, parts), strict=True):
            groups[block] = np.where(nearest == UNPLACED, UNPLACED, nearest + base)
            agreement[block] = agreed

    def _scaled(self, count: int) -> MiningSettings:
        """The settings for so many tickets: communities that can be told apart stay equally small."""
        return replace(self.settings, resolution=self.settings.resolution * max(1.0, count / DENSE))


def joined(part: _Part) -> tuple[Groups, NDArray[np.float64]]:
    """For each row the group that it joins, or `UNPLACED`, and how well it agrees."""
    middles = part.middles
    likeness = _moved(part.vectors, middles.mean) @ middles.directions.T
    nearest = likeness.argmax(axis=1)
    near = likeness[np.arange(len(nearest)), nearest]
    groups = np.where(near >= middles.floors[nearest], nearest, UNPLACED)
    agreed = np.zeros(len(groups))
    for number in np.unique(groups[groups != UNPLACED]):
        rows = groups == number
        places = np.searchsorted(middles.cosines[number], near[rows])
        agreed[rows] = middles.shares[number][np.minimum(places, len(middles.shares[number]) - 1)]
    return groups, agreed


def _order(count: int, keys: Sequence[str] | None) -> Rows:
    """The place of each row in an order that looks like chance and depends on its key alone."""
    names = keys if keys is not None else list(map(str, range(count)))
    hashes = [hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names]
    values = np.frombuffer(b"".join(hashes), dtype=">u8")
    order = np.empty(count, dtype=np.int64)
    order[np.argsort(values, kind="stable")] = np.arange(count)
    return order


def _thinned(members: Rows, groups: Groups, order: Rows) -> Rows:
    """At most `SAMPLE` of the members of known groups, as many of each group as of any other where it has them."""
    if len(members) <= SAMPLE:
        return members
    most = max(FEWEST_TO_JOIN, SAMPLE // len(np.unique(groups)))
    ranked = np.lexsort((order[members], groups))
    starts, _ = _sorted_by_group(groups)
    places = np.arange(len(members)) - starts[groups[ranked]]
    return np.sort(members[ranked[places < most]])


def _sorted_by_group(groups: Groups) -> tuple[NDArray[np.int64], Rows]:
    """Where each group begins, and ends, in the rows ordered by group; and those rows."""
    counts = np.bincount(groups)
    return np.concatenate([[0], np.cumsum(counts)]), np.argsort(groups, kind="stable")


def _moved(vectors: Vectors, mean: Vectors) -> Vectors:
    return _unit(vectors - mean)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
