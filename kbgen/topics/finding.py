"""Finding: from tickets to topics, without what people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.identity import with_earlier_ids, with_remembered_ids
from kbgen.topics.mining import MiningSettings
from kbgen.topics.rounds import mine_rounds
from kbgen.topics.topic import Topic, topics_of, with_fringe
from kbgen.topics.vectors import question_vectors, ticket_vectors


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
    mined = mine_rounds(vectors, settings, keys=[ticket.id for ticket in ordered])
    loose = {ticket.id for ticket, core in zip(ordered, mined.core.tolist(), strict=True) if not core}
    topics = with_fringe(topics_of(ordered, mined.groups, vectors, questions, embedding), loose)
    topics = with_earlier_ids(topics, earlier) if earlier else with_remembered_ids(topics, remembered)
    placed = sum(topic.size for topic in topics)
    return Found(topics=topics, tickets=len(ordered), unplaced=len(ordered) - placed)
