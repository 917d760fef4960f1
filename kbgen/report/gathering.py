"""Gathering: what is known of topics and tickets, turned into the report's plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from kbgen.articles.settings import SiteSettings
from kbgen.report.places import places
from kbgen.report.row import Impact, Origins, Report, Row, Severity, Volume
from kbgen.tickets.ticket import Ticket
from kbgen.topics.breakdown import breakdown
from kbgen.topics.coverage import Coverage
from kbgen.topics.effect import Effect
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.registry import Registry
from kbgen.topics.severity import severity
from kbgen.topics.topic import Topic
from kbgen.topics.trend import trend
from kbgen.topics.vectors import question_vectors, unit

TYPICAL = 50
"""Tickets whose middle stands for a topic on the map, the most typical ones."""


def gathered(  # noqa: PLR0913 - what a report is made of
    settings: SiteSettings,
    registry: Registry,
    covered: Mapping[str, Coverage],
    tickets: Sequence[Ticket],
    embedding: Embedding,
    *,
    today: date,
    effects: Sequence[Effect] = (),
) -> Report:
    """The report of a help centre on a day. Weeks end with the last ticket: later ones are not known to be empty."""
    days = sorted(ticket.created for ticket in tickets if ticket.created)
    since = days[0] if days else ""
    until = min(today, date.fromisoformat(days[-1])) if days else today
    by_id = {ticket.id: ticket for ticket in tickets}
    own = {topic.id: [by_id[id_] for id_ in topic.tickets if id_ in by_id] for topic in registry.topics}
    known = [topic for topic in registry.topics if own[topic.id]]
    plane = places(_middles([own[topic.id] for topic in known], embedding))
    most = max((len(own[topic.id]) for topic in known), default=0)
    return Report(
        site=settings.site_name,
        today=today.isoformat(),
        embedding=embedding.name,
        tickets=len(tickets),
        undated=len(tickets) - len(days),
        first=days[0] if days else "",
        last=days[-1] if days else "",
        volume=_volume(tickets, until, since),
        origins=_origins(tickets),
        rows=tuple(
            _row(
                settings, registry, topic, covered[topic.id], own[topic.id], (most, until, since), (float(x), float(y))
            )
            for topic, (x, y) in zip(known, plane, strict=True)
        ),
        impacts=tuple(_impact(each, registry, settings) for each in effects),
    )


def _middles(groups: Sequence[Sequence[Ticket]], embedding: Embedding) -> Vectors:
    """Where the questions of each group lie in the middle; shape (groups, dimensions)."""
    typical = [ticket for group in groups for ticket in group[:TYPICAL]]
    if not typical:
        return np.zeros((0, 1), dtype=np.float32)
    ends = np.cumsum([min(TYPICAL, len(group)) for group in groups])[:-1]
    return np.stack([unit(part.mean(axis=0)) for part in np.split(question_vectors(typical, embedding), ends)])


def _row(  # noqa: PLR0913, PLR0917 - all that is known of one topic
    settings: SiteSettings,
    registry: Registry,
    topic: Topic,
    state: Coverage,
    own: Sequence[Ticket],
    beside: tuple[int, date, str],
    place: tuple[float, float],
) -> Row:
    """One topic; `beside` are the size of the largest one, and the last and first day of all tickets."""
    most, until, since = beside
    return Row(
        id=topic.id,
        label=topic.label,
        phrases=topic.phrases,
        tickets=topic.size,
        people=topic.people,
        fringe=len(topic.fringe),
        status=state.status,
        article=settings.shown(state.article) if state.article else "",
        reason=registry.dismissed.get(topic.id, ""),
        volume=_volume(own, until, since),
        severity=_severity(own, most),
        origins=_origins(own),
        place=place,
    )


def _volume(tickets: Sequence[Ticket], until: date, since: str) -> Volume:
    found = trend([ticket.created for ticket in tickets if ticket.created], until, since=since)
    return Volume(
        weeks=found.weeks,
        first_week=found.first_week,
        per_week=found.per_week,
        interval=found.interval,
        direction=found.direction,
    )


def _severity(tickets: Sequence[Ticket], most: int) -> Severity:
    found = severity(tickets, most)
    return Severity(
        score=found.score, reopened=found.reopened, first_reply=found.first_reply, satisfied=found.satisfied
    )


def _origins(tickets: Sequence[Ticket]) -> Origins:
    found = breakdown(tickets)
    return Origins(products=found.products, plans=found.plans, languages=found.languages)


def _impact(found: Effect, registry: Registry, settings: SiteSettings) -> Impact:
    change = None if found.why else found.adjusted
    return Impact(
        topic=registry.topic(found.topic).label,
        article=settings.shown(found.article),
        live=found.day,
        before=found.before.per_week,
        after=found.after.per_week,
        change=change.value if change else None,
        interval=change.interval if change else (0.0, 0.0),
    )
