"""The poll: ballots that stand for what an analytics service has counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid5

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.takeover.event import Event, Kind, read_event, text_of
from kbgen.feedback.takeover.exported import Exported
from kbgen.feedback.takeover.interface import Votes
from kbgen.feedback.vote import Reason, Vote

NAMESPACE = UUID("d7c41c27-9f90-473f-83af-4656e79659a5")
"""What the ids of ballots from other services are made under; fixed, so that a file taken in twice counts once."""
Fact = tuple[Where, Mapping[str, object]] | SkippedRow
"""Where an event stands, and what it says by the names of `read_event`; or a row that says none."""
Days = Counter[date]


@dataclass(frozen=True)
class Answer:
    """All that was counted of one answer to one text."""

    votes: Days = field(default_factory=Counter)
    undone: Days = field(default_factory=Counter)
    reasons: Counter[tuple[date, Reason]] = field(default_factory=Counter)

    def add(self, event: Event) -> None:
        """Count what an event says."""
        if event.kind is Kind.VOTE:
            self.votes[event.day] += event.count
        elif event.kind is Kind.UNDONE:
            self.undone[event.day] += event.count
        elif event.vote.reason:
            self.reasons[event.day, event.vote.reason] += event.count


def counted(service: str, facts: Callable[[Exported], Iterable[Fact]]) -> Callable[[Exported, date | None], Votes]:
    """Reads the votes of a service, given what finds the facts of each event in its files."""

    def read(exported: Exported, day: date | None) -> Votes:
        answers: dict[Vote, Answer] = defaultdict(Answer)
        for found in facts(exported):
            event = found if isinstance(found, SkippedRow) else _event(*found, day)
            if isinstance(event, SkippedRow):
                yield event
            elif event:
                answers[replace(event.vote, reason=None)].add(event)
        yield from ballots(service, answers)

    return read


def no_day(where: Where) -> KbgenError:
    """What to say of a file without days, for none is made up."""
    return KbgenError(
        "the file does not say when the votes came",
        where=where,
        hint="export it with a column for the day, or give the day of all of them, as in --day 2026-11-23",
    )


def _event(where: Where, facts: Mapping[str, object], day: date | None) -> Event | SkippedRow | None:
    """The event, unless it is one of another name that the site sends, too."""
    if text_of(facts.get("name")) not in set(Kind):
        return None
    if "day" not in facts and day is None:
        raise no_day(where)
    try:
        return read_event(facts, day)
    except KbgenError as error:
        return SkippedRow(where=where, problem=error.problem)


def ballots(service: str, answers: Mapping[Vote, Answer]) -> Iterator[Ballot]:
    """One ballot for each vote that was not taken back, with as many of the reasons as there are votes for them.

    The id of a ballot is made of service, day, text, answer and number, and not of its reason: where a reason is
    counted later than its vote, a longer export gives no second vote.
    """
    for vote in sorted(answers, key=lambda vote: (vote.article, vote.revision, vote.section, not vote.helpful)):
        days, reasons = _settled(answers[vote])
        for day in sorted(days):
            for number in range(days[day]):
                reason = reasons[day][number] if number < len(reasons[day]) else None
                yield Ballot(vote=replace(vote, id=_id(service, day, vote, number), reason=reason), day=day)


def _settled(answer: Answer) -> tuple[Days, dict[date, list[Reason]]]:
    """The votes of each day without those taken back, and the reasons for them."""
    days: Days = Counter(answer.votes)
    for day in sorted(answer.undone):
        for _ in _taken(days, day, answer.undone[day]):
            pass
    without = Counter(days)
    reasons: dict[date, list[Reason]] = defaultdict(list)
    for day, reason in sorted(answer.reasons):
        for found, count in _taken(without, day, answer.reasons[day, reason]):
            reasons[found] += [reason] * count
    return days, reasons


def _taken(left: Days, day: date, count: int) -> Iterator[tuple[date, int]]:
    """Take so many off what is left: of that day first, then of the days before it."""
    for found in sorted((known for known in left if known <= day), reverse=True):
        taken = min(count, left[found])
        left[found] -= taken
        count -= taken
        yield found, taken


def _id(service: str, day: date, vote: Vote, number: int) -> str:
    parts = (service, day.isoformat(), vote.article, vote.revision, vote.section, str(vote.helpful), str(number))
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))
