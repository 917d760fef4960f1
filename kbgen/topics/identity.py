"""Identity: which topic is one that was known before, whatever has been found since.

Topics are matched by the tickets that they share, or where these are not known by their phrases, so that as many as
possible keep their id (the assignment problem; Kuhn, 1955).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from kbgen.topics.lock import Change
from kbgen.topics.topic import Topic

SAME = 0.3
"""Share of tickets in common (Jaccard) from which a topic is the one that was found before."""
MOSTLY = 0.5
"""Share of a topic's earlier tickets from which another topic is its heir, or its origin."""


def with_earlier_ids(topics: Sequence[Topic], earlier: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with the ids of those earlier ones that hold the same tickets (best assignment overall)."""
    kept = matched([topic.tickets for topic in topics], {old.id: old.tickets for old in earlier}, known_only=True)
    return tuple(replace(topic, id=kept.get(number, topic.id)) for number, topic in enumerate(topics))


def with_remembered_ids(topics: Sequence[Topic], remembered: Mapping[str, Sequence[str]]) -> tuple[Topic, ...]:
    """The topics with the ids of those that the lock file describes by the same phrases."""
    kept = matched([topic.phrases for topic in topics], remembered)
    return tuple(replace(topic, id=kept.get(number, topic.id)) for number, topic in enumerate(topics))


def matched(
    groups: Sequence[Collection[str]], known: Mapping[str, Collection[str]], *, known_only: bool = False
) -> dict[int, str]:
    """The id of each group, by number, that is one of those known.

    With `known_only`, what no known one holds is not counted: new tickets make a topic larger, not another one.
    """
    ids = sorted(known)
    if not groups or not ids:
        return {}
    owners: dict[str, list[int]] = {}
    for place, id_ in enumerate(ids):
        for trait in set(known[id_]):
            owners.setdefault(trait, []).append(place)
    common = np.zeros((len(groups), len(ids)))
    sizes = np.zeros(len(groups))
    for number, group in enumerate(groups):
        traits = set(group)
        sizes[number] = sum(trait in owners for trait in traits) if known_only else len(traits)
        for place, count in Counter(place for trait in traits for place in owners.get(trait, ())).items():
            common[number, place] = count
    union = sizes[:, None] + np.array([len(set(known[id_])) for id_ in ids])[None, :] - common
    overlap = common / np.maximum(union, 1)
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    return {int(n): ids[int(o)] for n, o in pairs if overlap[n, o] >= SAME}


def mostly_from(group: Collection[str], owner: Mapping[str, str]) -> str:
    """The id that owned most of a group's tickets, `""` where none owned half of those that any owned."""
    counts = Counter(owner[id_] for id_ in group if id_ in owner)
    if not counts:
        return ""
    best = min(counts, key=lambda id_: (-counts[id_], id_))
    return best if counts[best] >= MOSTLY * counts.total() else ""


def changes(earlier: Mapping[str, Collection[str]], now: Mapping[str, Collection[str]], day: str) -> dict[str, Change]:
    """What became of topics whose id is gone, and where those with a new id came from; tickets by id of the topic."""
    before = {ticket: id_ for id_, tickets in earlier.items() for ticket in tickets}
    after = {ticket: id_ for id_, tickets in now.items() for ticket in tickets}
    found = {}
    for id_ in sorted(set(earlier) - set(now)):
        if heir := mostly_from(earlier[id_], after):
            found[id_] = Change(kind="merged_into", topic=heir, on=day)
    for id_ in sorted(set(now) - set(earlier)):
        origin = mostly_from(now[id_], before)
        if origin in now:
            found[id_] = Change(kind="split_from", topic=origin, on=day)
    return found


def unused(id_: str, digest: str, taken: Collection[str]) -> str:
    """The id, or a longer one from the same digest where another topic has or had it."""
    length = 6
    while id_ in taken:
        length += 1
        id_ = f"t-{digest[:length]}"
    return id_
