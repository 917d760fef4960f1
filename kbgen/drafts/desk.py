"""The desk: everything that making drafts needs, brought together once for many topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kbgen.articles.library import Library
from kbgen.articles.lifecycle import DRAFTS
from kbgen.drafts.draft import Draft, draft_of
from kbgen.drafts.material import Background, background, material
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Coverage
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

TO_IMPROVE = frozenset({"partly", "contradicted"})
"""Statuses of topics whose article wants a change rather than another article beside it."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Topics, their tickets and their coverage, with what all tickets tell."""

    registry: Registry
    covered: Mapping[str, Coverage]
    tickets: Mapping[str, Ticket]
    behind: Background
    embedding: Embedding

    def own(self, topic: Topic) -> list[Ticket]:
        """The tickets of a topic, the most typical first."""
        return [self.tickets[id_] for id_ in topic.tickets if id_ in self.tickets]

    def draft(self, topic: Topic) -> Draft:
        """The draft of a topic, whatever its answers hold."""
        near = self.covered[topic.id].near
        found = material(topic, self.own(topic), near, self.behind, self.embedding)
        return draft_of(found, self.embedding)


def desk(registry: Registry, covered: Mapping[str, Coverage], tickets: Sequence[Ticket], embedding: Embedding) -> Desk:
    """The desk for the topics of a registry."""
    return Desk(
        registry=registry,
        covered=covered,
        tickets={ticket.id: ticket for ticket in tickets},
        behind=background(tickets, registry.topics),
        embedding=embedding,
    )


def waiting(library: Library) -> frozenset[str]:
    """Topics that an article outside the drafts claims, on the site or not: a person has them in hand."""
    return frozenset(
        topic for article in library.articles if article.path.split("/")[0] != DRAFTS for topic in article.meta.topics
    )


def with_published_links(draft: Draft, library: Library) -> Draft:
    """The draft with those related articles that are on the site."""
    return replace(draft, related=tuple(path for path in draft.related if library.published_at(path)))
