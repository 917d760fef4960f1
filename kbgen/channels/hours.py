"""Opening hours: the week of a channel, its time zone and its holidays, for readers and for browsers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from kbgen.channels.phrases import CLOSED, DAY, DAYS, EARLY, LATE, WEEK, Minutes, Rule, rules
from kbgen.errors import KbgenError, nearest


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of one day in which somebody is there: minutes since midnight, `closes` up to 1440."""

    opens: int
    closes: int


@dataclass(frozen=True, kw_only=True)
class DayWords:
    """What a language calls the days, and how it joins them."""

    days: tuple[str, ...] = DAYS
    """Monday first."""
    to: str = " to "
    and_: str = " and "
    every_day: str = "every day"
    around_the_clock: str = "around the clock"
    closed: str = "closed"


ENGLISH = DayWords()


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The spans of each weekday, Monday first; those of a day are sorted and do not overlap."""

    days: tuple[tuple[Span, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Hours:
        """The hours that `text` says in English; raises a `KbgenError` without a place."""
        written = rules(text)
        week: list[list[Minutes]] = [[] for _ in DAYS]
        for rule in written:
            for day, (opens, closes) in _times_by_day(rule, alone=len(written) == 1):
                week[day].append((opens, min(closes, DAY)))
                week[(day + 1) % 7] += [(0, closes - DAY)] if closes > DAY else []
        return cls(days=tuple(_spans(day, sorted(times)) for day, times in enumerate(week)))

    @property
    def text(self) -> str:
        """The hours in English; `parse` takes it back."""
        return self.said(ENGLISH)

    def said(self, words: DayWords) -> str:
        """The hours in the words of a language, days of the same times together."""
        shown = [self._shown(day, words) for day in WEEK]
        days = {times: [day for day in WEEK if shown[day] == times] for times in shown if times}
        return "; ".join(f"{_named(days[times], words)}, {times}" for times in days) or words.closed

    def as_json(self) -> list[list[list[int]]]:
        """Opening and closing minutes by day, for the browser."""
        return [[[span.opens, span.closes] for span in spans] for spans in self.days]

    def _shown(self, day: int, words: DayWords) -> str:
        """The times that a reader counts to a day: a night belongs to its evening."""
        before, spans, after = self.days[day - 1], self.days[day], self.days[(day + 1) % 7]
        times = [(span.opens, span.closes) for span in spans]
        if times == [(0, DAY)]:
            return words.around_the_clock
        if _is_night(spans, after):
            times[-1] = (times[-1][0], after[0].closes)
        return ", ".join(map(_range, times[1:] if _is_night(before, spans) else times))


@dataclass(frozen=True)
class Zone:
    """A time zone by its IANA name: a place, which tells when summer time holds there."""

    name: str

    @classmethod
    def parse(cls, text: str) -> Zone:
        """The zone that `text` names; raises a `KbgenError` without a place."""
        name = text.strip()
        if name not in _zones():
            near = _nearest_zone(name)
            hint = f"did you mean '{near}'?" if near else "name a region and a city, for example Europe/Berlin, or UTC"
            raise KbgenError(f"'{name}' is not a time zone", hint=hint)
        return cls(name)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a channel is open: its week, its zone, and the dates on which nobody is there."""

    hours: Hours
    zone: Zone
    holidays: tuple[date, ...] = ()

    def as_json(self) -> str:
        """The schedule for a data attribute, as `hours.js` reads it."""
        dates = [day.isoformat() for day in sorted(self.holidays)]
        value = {"days": self.hours.as_json(), "zone": self.zone.name, "holidays": dates}
        return json.dumps(value, separators=(",", ":"))


@cache
def _zones() -> frozenset[str]:
    """UTC and names of places; not 'EST', which has no summer time, nor 'localtime', which differs by machine."""
    return frozenset({"UTC"} | {name for name in available_timezones() if "/" in name})


def _nearest_zone(name: str) -> str:
    """The zone that was meant, also by its city alone; never 'Etc/GMT+1', which lies west of Greenwich."""
    zones = {zone.lower(): zone for zone in sorted(_zones()) if not zone.startswith("Etc/")}
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    word = name.lower().replace(" ", "_")
    return zones.get(cities.get(word) or nearest(word, zones), "")


def _times_by_day(rule: Rule, *, alone: bool) -> Iterable[tuple[int, Minutes]]:
    """Each day with each of its times; a rule may leave out what goes without saying."""
    if not rule.days and not alone:
        hint = "write the days before their times, for example Mon-Fri 9:00-17:00"
        raise KbgenError(f"no day is given for '{_range(rule.times[0])}'", hint=hint)
    if not rule.times and sorted(rule.days) != list(WEEK):
        days = _named(sorted({*rule.days}))
        hint = f"write '{days}, 9:00-17:00', '{days}, around the clock' or '{days}, closed'"
        raise KbgenError(f"no time is given for {days}", hint=hint)
    _refuse_overlap(rule.times)
    return ((day, time) for day in rule.days or WEEK for time in rule.times or ((0, DAY),))


def _spans(day: int, times: Sequence[Minutes]) -> tuple[Span, ...]:
    if CLOSED in times and len(times) > 1:
        raise KbgenError(f"{DAYS[day]} is both closed and open", hint="name each day once")
    _refuse_overlap(times, f" on {DAYS[day]}")
    return tuple(Span(opens=opens, closes=closes) for opens, closes in times if closes)


def _refuse_overlap(times: Sequence[Minutes], when: str = "") -> None:
    for first, second in pairwise(times):
        if second[0] < first[1]:
            problem = f"{_range(second)} begins before {_range(first)} ends{when}"
            raise KbgenError(problem, hint="write the times of a day in their order, and each once; 1pm is 13:00")


def _is_night(evening: Sequence[Span], morning: Sequence[Span]) -> bool:
    """Whether the last span of a day and the first of the next are one span over midnight, as it is written."""
    if not evening or not morning or evening[-1].closes != DAY or morning[0].opens:
        return False
    return evening[-1].opens >= LATE and morning[0].closes < evening[-1].opens


def _range(times: Minutes) -> str:
    return "–".join(map(_clock, times)) if times != CLOSED else "closed"


def _clock(minutes: int) -> str:
    """The time as it is written; small hours bear a zero, or they could be taken for the afternoon."""
    hour, minute = divmod(minutes if minutes <= DAY else minutes - DAY, 60)
    return f"{hour:0{2 if 60 <= minutes % DAY < EARLY else 1}}:{minute:02}"


def _named(days: Sequence[int], words: DayWords = ENGLISH) -> str:
    """Weekdays in words, from the first after a gap: 'Sunday to Thursday'."""
    if len(days) == len(WEEK):
        return words.every_day
    names = [name for run in _runs(days) for name in _run(run, words)]
    return words.and_.join(filter(None, (", ".join(names[:-1]), names[-1])))


def _runs(days: Sequence[int]) -> Iterator[list[int]]:
    first = next(day for day in days if (day - 1) % 7 not in days)
    run: list[int] = []
    for day in ((first + n) % 7 for n in WEEK):
        if day in days:
            run.append(day)
        elif run:
            yield run
            run = []


def _run(days: Sequence[int], words: DayWords) -> list[str]:
    names = [words.days[day] for day in days]
    return [f"{names[0]}{words.to}{names[-1]}"] if len(names) > 2 else names
