"""Finding: from tickets to topics that keep their ids from one import to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    tickets: Sequence[Ticket], embedding: Embedding, settings: MiningSettings, earlier: Sequence[Topic] = ()
) -> Found:
    """The recurring topics of the tickets, largest first; those found earlier keep their ids."""
    ordered = sorted(tickets, key=lambda ticket: ticket.id)
    if not ordered:
        return Found(topics=(), tickets=0, unplaced=0)
    questions = question_vectors(ordered, embedding)
    vectors = ticket_vectors(ordered, questions, embedding)
    mined = mine(vectors, settings)
    topics = with_earlier_ids(topics_of(ordered, mined.groups, vectors, questions, embedding), earlier)
    placed = sum(topic.size for topic in topics)
    return Found(topics=topics, tickets=len(ordered), unplaced=len(ordered) - placed)


def with_earlier_ids(topics: Sequence[Topic], earlier: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics with the ids of those earlier ones that hold the same tickets (best assignment overall)."""
    if not topics or not earlier:
        return tuple(topics)
    overlap = np.array([[_jaccard(new, old) for old in earlier] for new in topics])
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    kept = {int(n): earlier[int(o)].id for n, o in pairs if overlap[n, o] >= SAME}
    return tuple(replace(topic, id=kept.get(n, topic.id)) for n, topic in enumerate(topics))


def _jaccard(a: Topic, b: Topic) -> float:
    first, second = set(a.tickets), set(b.tickets)
    return len(first & second) / len(first | second)
