"""Finding: from tickets to topics that keep their ids from one import to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from scipy.optimize import linear_sum_assignment

from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.mining import MiningSettings, mine
from kbgen.topics.topic import Topic, topics_of
from kbgen.topics.vectors import question_vectors, ticket_vectors

SAME = 0.3
"""Share of tickets in common (Jaccard) from which a topic is the one that was found before."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """The topics of a set of tickets, and how many tickets belong to none."""

    topics: tuple[Topic, ...]
    tickets: int
    unplaced: int


def find_topics(
    tickets: Sequence[Ticket],
    embedding: Embedding,
    settings: MiningSettings,
    earlier: Sequence[Topic] = (),
    remembered: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Found:
    """The recurring topics of the tickets, largest first.

    Those found `earlier` keep their ids; where they are not known any more, those `remembered` by their phrases do.
    """
    ordered = sorted(tickets, key=lambda ticket: ticket.id)
    if not ordered:
        return Found(topics=(), tickets=0, unplaced=0)
    questions = question_vectors(ordered, embedding)
    vectors = ticket_vectors(ordered, questions, embedding)
    mined = mine(vectors, settings)
    topics = topics_of(ordered, mined.groups, vectors, questions, embedding)
    topics = with_earlier_ids(topics, earlier) if earlier else with_remembered_ids(topics, remembered)
    placed = sum(topic.size for topic in topics)
    return Found(topics=topics, tickets=len(ordered), unplaced=len(ordered) - placed)


def with_earlier_ids(topics: Sequence[Topic], earlier: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with the ids of those earlier ones that hold the same tickets (best assignment overall)."""
    return _with_ids(topics, {old.id: set(old.tickets) for old in earlier}, lambda topic: set(topic.tickets))


def with_remembered_ids(topics: Sequence[Topic], remembered: Mapping[str, Sequence[str]]) -> tuple[Topic, ...]:
    """The topics with the ids of those that the lock file describes by the same phrases."""
    return _with_ids(topics, {id_: set(own) for id_, own in remembered.items()}, lambda topic: set(topic.phrases))


def _with_ids(
    topics: Sequence[Topic], known: Mapping[str, set[str]], traits: Callable[[Topic], set[str]]
) -> tuple[Topic, ...]:
    if not topics or not known:
        return tuple(topics)
    ids = list(known)
    overlap = np.array([[_jaccard(traits(topic), known[id_]) for id_ in ids] for topic in topics])
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    kept = {int(n): ids[int(o)] for n, o in pairs if overlap[n, o] >= SAME}
    return tuple(replace(topic, id=kept.get(n, topic.id)) for n, topic in enumerate(topics))


def _jaccard(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second) if first or second else 0.0
