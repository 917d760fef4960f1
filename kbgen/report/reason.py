"""The reason: why a topic stands where it stands, in words and with its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.report.row import Counts, Row, Volume
from kbgen.report.wording import Wording

MOSTLY = 0.6
"""Share of a topic's tickets from which they come mostly from one product, plan or language."""
FEW = 10
"""Tickets below which a topic is said to be small."""
COMMANDS = {
    "unanswered": "kbgen topics draft {id}",
    "contradicted": "kbgen topics show {id}",
    "partly": "kbgen topics draft {id}",
    "findable": "kbgen topics phrases",
}
"""What to type next, by status."""


def amount(row: Row, wording: Wording) -> list[str]:
    """The sentences for how many tickets a topic has, from how many people, and where that goes."""
    tickets, people = wording.count("tickets", row.tickets), wording.count("people", row.people)
    size = wording.say("size_of", tickets=tickets, people=people) if row.people else wording.count("size", row.tickets)
    if not row.volume.weeks:
        return [size]
    return [size, wording.say(f"course_{row.volume.direction}", weekly=_capital(weekly(row.volume, wording)))]


def reasons(row: Row, wording: Wording) -> list[str]:
    """The sentences for a topic: what is missing, what it costs, where it comes from."""
    return [
        wording.say(f"gap_{row.status}"),
        *_cost(row, wording),
        *_origin(row, wording),
        *_caution(row, wording),
    ]


def next_step(row: Row) -> str:
    """The command that takes a topic on, `""` where nothing is to be done."""
    return COMMANDS.get(row.status, "").format(id=row.id)


def weekly(volume: Volume, wording: Wording) -> str:
    """Tickets a week with their interval; `""` where no ticket has a day."""
    if not volume.weeks:
        return ""
    low, high = volume.interval
    if not volume.per_week:
        return wording.say("weekly_none", high=wording.rate(high))
    return wording.say("weekly", rate=wording.rate(volume.per_week), low=wording.rate(low), high=wording.rate(high))


def bars(volume_weeks: tuple[int, ...], wording: Wording) -> str:
    """What a sparkline shows, for those who do not see it."""
    if not any(volume_weeks):
        return wording.say("bars_none")
    recent = wording.strings([wording.number(count) for count in volume_weeks[-4:]])
    return wording.say("bars", weeks=len(volume_weeks), peak=wording.number(max(volume_weeks)), recent=recent)


def _cost(row: Row, wording: Wording) -> Iterator[str]:
    cost = row.severity
    if cost.reopened is not None and cost.reopened >= 0.05:
        yield wording.say("reopened", share=wording.share(cost.reopened))
    if cost.first_reply is not None:
        yield wording.say("first_reply", time=wording.time(cost.first_reply))
    if cost.satisfied is not None:
        yield wording.say("satisfied", share=wording.share(cost.satisfied))


def _origin(row: Row, wording: Wording) -> Iterator[str]:
    origins = row.origins
    named = [*_most(origins.products, row, wording), *_most(origins.plans, row, wording)]
    if named:
        yield wording.say("mostly", what=wording.strings(named))


def _most(counts: Counts, row: Row, wording: Wording) -> Iterator[str]:
    if len(counts) > 0 and counts[0][1] >= MOSTLY * row.tickets:
        name, count = counts[0]
        yield wording.say("of_all", what=name, count=wording.number(count), all=wording.number(row.tickets))


def _caution(row: Row, wording: Wording) -> Iterator[str]:
    if row.tickets < FEW:
        yield wording.say("few")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
