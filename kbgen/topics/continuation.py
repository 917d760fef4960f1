"""Continuation: from one import to the next, topics go on under their ids and people's decisions hold."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kbgen.engines.interface import Engine
from kbgen.tickets.ticket import Ticket
from kbgen.topics.assignment import grown
from kbgen.topics.communities import UNPLACED, Groups
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.identity import changes, matched, mostly_from, unused
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry, with_labels
from kbgen.topics.rounds import mine_rounds
from kbgen.topics.topic import Topic, key_phrases, topics_of, with_fringe
from kbgen.topics.vectors import question_vectors, ticket_vectors

GROWTH = 1.5
"""So many times the tickets of the last grouping, all of them are grouped anew."""

Members = dict[str, list[int]]
"""Places of a topic's tickets, by the topic's id; a topic without one yet has a name that begins with `NEW`."""
NEW = "new "


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All tickets in the order of their ids, and their vectors."""

    tickets: tuple[Ticket, ...]
    embedding: Embedding
    engine: Engine | None = None

    @property
    def ids(self) -> list[str]:
        """The id of each ticket."""
        return [ticket.id for ticket in self.tickets]

    def loose(self, core: NDArray[np.bool_]) -> set[str]:
        """The ids of the tickets that are no topic's core."""
        return {ticket.id for ticket, is_core in zip(self.tickets, core.tolist(), strict=True) if not is_core}

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each ticket, by its id."""
        return {ticket.id: place for place, ticket in enumerate(self.tickets)}

    @cached_property
    def questions(self) -> Vectors:
        """What each customer asked."""
        return question_vectors(self.tickets, self.embedding)

    @cached_property
    def vectors(self) -> Vectors:
        """What each ticket is about."""
        return ticket_vectors(self.tickets, self.questions, self.embedding)

    def members(self, topics: Mapping[str, Sequence[str]]) -> Members:
        """The places of topics' tickets."""
        return {id_: [self.places[t] for t in own if t in self.places] for id_, own in topics.items()}


def continued(  # noqa: PLR0913 - an import has that many sides
    registry: Registry,
    tickets: Sequence[Ticket],
    embedding: Embedding,
    settings: MiningSettings,
    *,
    day: str,
    refit: bool = False,
    engine: Engine | None = None,
) -> Registry:
    """The registry after an import on a day: new tickets join known topics, and what is left may form new ones.

    All tickets are grouped anew with `refit`, at first, and when there are half as many again as the last time. Without
    a new ticket everything stays as it is.
    """
    if not tickets:
        return registry
    desk = Desk(tickets=tuple(sorted(tickets, key=lambda ticket: ticket.id)), embedding=embedding, engine=engine)
    refit = refit or not registry.topics or len(desk.tickets) > GROWTH * max(registry.fitted, 1)
    if not refit and registry.unplaced.union(*(topic.tickets for topic in registry.topics)).issuperset(desk.ids):
        return registry
    members, loose = (_refitted if refit else _grown)(registry, desk, settings)
    fitted = len(desk.tickets) if refit else registry.fitted
    return _registered(replace(registry, fitted=fitted), desk, members, loose, day)


def rearranged(registry: Registry, tickets: Sequence[Ticket], embedding: Embedding, *, day: str) -> Registry:
    """The registry after people merged or split topics: tickets stay together except for what they decided."""
    desk = Desk(tickets=tuple(sorted(tickets, key=lambda ticket: ticket.id)), embedding=embedding)
    members = desk.members({topic.id: topic.tickets for topic in registry.topics})
    return _registered(registry, desk, members, {id_ for topic in registry.topics for id_ in topic.fringe}, day)


def holds(ticket: Ticket, phrase: str) -> bool:
    """Whether a ticket's question says a phrase, whatever the case and the white space."""
    words = r"\s+".join(map(re.escape, phrase.split()))
    return re.search(rf"(?<!\w){words}(?!\w)", ticket.question, re.IGNORECASE) is not None


def _grown(registry: Registry, desk: Desk, settings: MiningSettings) -> tuple[Members, set[str]]:
    """The members of topics after new tickets joined, and the ids of those that belong loosely."""
    groups: Groups = np.full(len(desk.tickets), UNPLACED)
    core = np.ones(len(desk.tickets), dtype=bool)
    for number, topic in enumerate(registry.topics):
        groups[[desk.places[id_] for id_ in topic.tickets if id_ in desk.places]] = number
        core[[desk.places[id_] for id_ in topic.fringe if id_ in desk.places]] = False
    mined = grown(desk.vectors, groups, core, settings, desk.engine)
    members = _named(mined.groups, [topic.id for topic in registry.topics])
    fresh = [id_ for id_ in members if id_.startswith(NEW)]
    back = matched([[desk.tickets[n].id for n in members[id_]] for id_ in fresh], registry.retired, known_only=True)
    named = {back.get(fresh.index(id_), id_) if id_ in fresh else id_: own for id_, own in members.items()}
    return named, desk.loose(mined.core)


def _refitted(registry: Registry, desk: Desk, settings: MiningSettings) -> tuple[Members, set[str]]:
    """All tickets grouped anew, the groups named by the topics that they were."""
    mined = mine_rounds(desk.vectors, settings, desk.engine, desk.ids)
    fresh = _named(mined.groups, [])
    groups = list(fresh.values())
    if registry.topics:
        earlier = {**registry.retired, **{topic.id: topic.tickets for topic in registry.topics}}
        texts = [[desk.tickets[place].id for place in group] for group in groups]
        kept = matched(texts, earlier, known_only=True)
        owner = {id_: topic.id for topic in registry.topics for id_ in topic.tickets}
        heirs = {number: mostly_from(own, owner) for number, own in enumerate(texts)}
    else:
        phrases = key_phrases({n: [desk.tickets[place] for place in group] for n, group in enumerate(groups)})
        told = [phrases[number] for number in range(len(groups))]
        parts = {id_: merge.phrases for id_, merge in registry.merged.items() if merge.phrases}
        kept = matched(told, {**parts, **registry.remembered})
        heirs = {number: registry.resolve(id_) for number, id_ in kept.items()}
    members = _joined(groups, kept, heirs, {merge.into for merge in registry.merged.values()})
    return members, desk.loose(mined.core)


def _joined(groups: list[list[int]], kept: Mapping[int, str], heirs: Mapping[int, str], merged: set[str]) -> Members:
    """Groups by id; those that a person put together go together again."""
    members: Members = {}
    for number, group in enumerate(groups):
        heir = heirs.get(number, "")
        name = heir if heir in merged else kept.get(number, f"{NEW}{number}")
        members.setdefault(name, []).extend(group)
    return members


def _named(groups: Groups, ids: Sequence[str]) -> Members:
    return {
        ids[number] if number < len(ids) else f"{NEW}{number}": np.flatnonzero(groups == number).tolist()
        for number in range(int(groups.max(initial=UNPLACED)) + 1)
        if (groups == number).any()
    }


def _registered(registry: Registry, desk: Desk, members: Members, loose: set[str], day: str) -> Registry:
    """The registry with topics made of the members, after what people decided."""
    decided = _cut(registry, desk, _folded(registry, members))
    topics = with_fringe(_topics(registry, desk, decided), loose)
    now = {topic.id: topic.tickets for topic in topics}
    unplaced = frozenset(desk.ids).difference(*now.values())
    earlier = {topic.id: topic.tickets for topic in registry.topics}
    became = changes(earlier, now, day) if registry.topics else {}
    by_hand = {*registry.merged, *registry.splits}
    history = {**registry.history, **{id_: change for id_, change in became.items() if id_ not in by_hand}}
    gone = {id_: own for id_, own in {**registry.retired, **earlier}.items() if id_ in registry.decided - set(now)}
    kept = {**registry.remembered, **{topic.id: topic.phrases for topic in topics}}
    back = {id_: c for id_, c in history.items() if not (id_ in now and c.kind == "merged_into")}
    return with_labels(replace(registry, topics=topics, unplaced=unplaced, history=back, retired=gone, remembered=kept))


def _folded(registry: Registry, members: Members) -> Members:
    """Topics that people merged, as one."""
    folded: Members = {}
    for id_, own in members.items():
        by_hand = id_
        while by_hand in registry.merged:
            by_hand = registry.merged[by_hand].into
        folded.setdefault(by_hand, []).extend(own)
    return folded


def _cut(registry: Registry, desk: Desk, members: Members) -> Members:
    """Topics that people split, each with the tickets that hold its phrase."""
    cut = {id_: sorted(own) for id_, own in members.items()}
    for id_, split in sorted(registry.splits.items()):
        source = registry.resolve(split.source)
        both = sorted({*cut.get(source, ()), *cut.get(id_, ())})
        said = [place for place in both if holds(desk.tickets[place], split.by)]
        if said:
            cut[id_] = said
            cut[source] = [place for place in both if place not in set(said)]
    return {id_: own for id_, own in cut.items() if own}


def _topics(registry: Registry, desk: Desk, members: Members) -> tuple[Topic, ...]:
    """The topics made of the members, each with its id, largest first."""
    names = sorted(members, key=lambda id_: (-len(members[id_]), desk.tickets[members[id_][0]].id))
    groups: Groups = np.full(len(desk.tickets), UNPLACED)
    for number, id_ in enumerate(names):
        groups[members[id_]] = number
    made = topics_of(desk.tickets, groups, desk.vectors, desk.questions, desk.embedding)
    taken = {*registry.remembered, *registry.history, *registry.retired, *registry.decided, *names}
    topics = []
    for topic in made:
        name = names[int(groups[desk.places[topic.tickets[0]]])]
        if name.startswith(NEW):
            digest = hashlib.sha256("\n".join(sorted(topic.tickets)).encode()).hexdigest()
            name = unused(topic.id, digest, taken)
            taken.add(name)
        topics.append(replace(topic, id=name))
    return tuple(topics)
