"""Duplicates: tickets that one person sent twice, and mass mailings that many senders have in common.

That many people ask the same in a few words is what topics are made of, and no duplicate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket

ALIKE = 0.8
"""Share of equal shingles (Jaccard) from which two messages are nearly the same."""
SHINGLE = 3
"""Words of a shingle (Broder, 1997)."""
HASHES, BANDS = 64, 16
"""MinHash: two messages of likeness s meet in a band with 1 - (1 - s^4)^16: 0.0 % of 0.1, 95 % of 0.65, all of 0.9."""
MAILING_WORDS = 20
"""Words that a message needs to be part of a mailing: below, people do ask alike."""
MAILING_PEOPLE = 5

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Duplicates:
    """Which tickets need not be counted again."""

    repeats: dict[str, str]
    """Tickets that repeat an earlier one of the same requester: their id, and the id of the first."""
    mailings: tuple[tuple[str, ...], ...]
    """Ids of tickets from several requesters that are one long text: advertising, spam, chain letters."""

    @property
    def mailed(self) -> int:
        """How many tickets are parts of mass mailings."""
        return sum(map(len, self.mailings))

    @property
    def ids(self) -> frozenset[str]:
        """The tickets that do not count."""
        return frozenset(self.repeats).union(*self.mailings)


def duplicates(tickets: Iterable[Ticket]) -> Duplicates:
    """What is there twice; the same for any order of the tickets. The earliest of equals is the one that counts."""
    ordered = sorted(tickets, key=lambda ticket: (ticket.created or "9999", ticket.id))
    words = [_words(ticket) for ticket in ordered]
    texts = {key: n for n, key in enumerate(dict.fromkeys(words))}
    near = _near([key.split() for key in texts])
    groups: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(words):
        if key:
            groups[near[texts[key]]].append(place)
    several = [group for group in groups.values() if len(group) > 1]
    return Duplicates(
        repeats={ordered[again].id: ordered[first].id for group in several for first, again in _same(group, ordered)},
        mailings=tuple(
            tuple(sorted(ordered[place].id for place in group))
            for group in several
            if _is_mailing(group, ordered, words)
        ),
    )


def _words(ticket: Ticket) -> str:
    """The words of a ticket without marks, case and punctuation."""
    return " ".join(_WORD.findall(MARK.sub(" ", ticket.question).casefold()))


def _same(group: Sequence[int], tickets: Sequence[Ticket]) -> Iterator[tuple[int, int]]:
    firsts: dict[str, int] = {}
    for place in group:
        requester = tickets[place].requester
        if requester and requester in firsts:
            yield firsts[requester], place
        else:
            firsts[requester] = place


def _is_mailing(group: Sequence[int], tickets: Sequence[Ticket], words: Sequence[str]) -> bool:
    people = {tickets[place].requester for place in group} - {""}
    return len(people) >= MAILING_PEOPLE and len(words[group[0]].split()) >= MAILING_WORDS


def _near(texts: Sequence[Sequence[str]]) -> list[int]:
    """For each text the first one that is nearly the same, itself where there is none."""
    shingles = [_shingles(words) for words in texts]
    signatures = _signatures(shingles)
    first = list(range(len(texts)))
    for one, other in _candidates(signatures):
        if first[other] == other and _alike(shingles[one], shingles[other]):
            first[other] = first[one]
    return [first[first[place]] for place in range(len(texts))]


def _shingles(words: Sequence[str]) -> NDArray[np.uint64]:
    if len(words) <= SHINGLE:
        return np.array([crc32(" ".join(words).encode())], dtype=np.uint64)
    hashes = np.fromiter((crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    return hashes[:-2] * np.uint64(31 * 31) + hashes[1:-1] * np.uint64(31) + hashes[2:]


def _signatures(shingles: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint32]:
    """The smallest value of each hash function over the shingles of each text."""
    if not shingles:
        return np.zeros((0, HASHES), dtype=np.uint32)
    flat = np.concatenate(shingles)
    starts = np.cumsum([0, *(len(part) for part in shingles[:-1])])
    generator = np.random.default_rng(20240501)
    factors = generator.integers(1, 1 << 63, HASHES, dtype=np.uint64) | np.uint64(1)
    return np.stack(
        [(np.minimum.reduceat(flat * factor, starts) >> np.uint64(32)).astype(np.uint32) for factor in factors], axis=1
    )


def _candidates(signatures: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs that are equal in a band: the first of each bucket with each other, and neighbours."""
    width = HASHES // BANDS
    pairs: set[tuple[int, int]] = set()
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * width : (band + 1) * width])
        keys = part.view([("", part.dtype)] * width).ravel()
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        begin = -1
        for place in np.flatnonzero(same).tolist():
            if begin < 0 or not same[place - 1] or place == 0:
                begin = place
            pairs.add((int(order[begin]), int(order[place + 1])))
            pairs.add((int(order[place]), int(order[place + 1])))
    yield from sorted(pairs)


def _alike(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> bool:
    both, either = np.intersect1d(one, other).size, np.union1d(one, other).size
    return bool(either and both / either >= ALIKE)
