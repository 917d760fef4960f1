"""The effect: whether an article that went live made the tickets of its topic fewer.

Weekly volume before and after, as a ratio of rates; the same ratio for all other topics is the control. Their quotient
says what is left when everything becomes more or less (a ratio of ratios, or difference in differences on the log
scale; Wing, Simon and Bello-Gomez, 2018). It is no proof: a release at the same time has the same effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbgen.topics.rates import Ratio, byar, rate_ratio, weekly

LONGEST = 12
"""Weeks before and after that are compared, at most."""
SHORTEST = 4
"""Whole weeks on each side below which nothing is said."""
FEWEST = 10
"""Tickets of the topic before the article, and of the others on each side, below which nothing is said."""

Verdict = Literal["fewer", "more", "no difference seen", "cannot tell yet"]


@dataclass(frozen=True, kw_only=True)
class Period:
    """A run of whole weeks."""

    weeks: int
    tickets: int
    per_week: float
    interval: tuple[float, float]
    """Within what `per_week` lies (95 %, Poisson, Byar's approximation)."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The tickets of a topic before and after its article went live."""

    topic: str
    article: str
    day: str
    """When the article went live, as year-month-day."""
    before: Period
    after: Period
    ratio: Ratio | None
    """Rate after ÷ rate before; None where nothing can be compared."""
    control: Ratio | None
    """The same of all other topics."""
    adjusted: Ratio | None
    """The first over the second."""
    verdict: Verdict
    why: str
    """Why nothing can be told yet, `""` otherwise."""

    def as_json(self) -> dict[str, object]:
        """The effect as it stands in `--json`."""
        plain = {name: value for name, value in vars(self).items() if name not in {"ratio", "control", "adjusted"}}
        ratios = {name: _ratio(getattr(self, name)) for name in ("ratio", "control", "adjusted")}
        return {**plain, "before": vars(self.before), "after": vars(self.after), **ratios}


def _ratio(ratio: Ratio | None) -> dict[str, object] | None:
    if ratio is None:
        return None
    return {"value": round(ratio.value, 4), "interval": [round(end, 4) for end in ratio.interval]}


def effect(topic: str, article: str, day: date, days: Mapping[str, Sequence[str]], covered: tuple[str, str]) -> Effect:
    """The effect of an article that went live on a day on a topic's tickets.

    `days` are the days (year-month-day) of the tickets of every topic, by id; `covered` the first and the last day of
    all tickets, whether they are in a topic or not: weeks outside them say nothing.
    """
    first, last = (date.fromisoformat(end).toordinal() for end in covered)
    live = day.toordinal()
    weeks_before = min(LONGEST, max(0, (live - first) // 7))
    weeks_after = min(LONGEST, max(0, (last + 1 - live) // 7))
    own = _sides(days.get(topic, ()), live, weeks_before, weeks_after)
    others = [each for id_, several in days.items() if id_ != topic for each in several]
    rest = _sides(others, live, weeks_before, weeks_after)
    why = _too_little(own, rest)
    ratio, control = (rate_ratio(after, before) if before and after else None for before, after in (own, rest))
    adjusted = ratio.over(control) if ratio and control else None
    return Effect(
        topic=topic,
        article=article,
        day=day.isoformat(),
        before=_period(own[0]),
        after=_period(own[1]),
        ratio=ratio,
        control=control,
        adjusted=adjusted,
        verdict="cannot tell yet" if why or not adjusted else _verdict(adjusted),
        why=why,
    )


def _sides(days: Sequence[str], live: int, before: int, after: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return weekly(days, live - 7 * before, before), weekly(days, live, after)


def _too_little(own: tuple[tuple[int, ...], ...], rest: tuple[tuple[int, ...], ...]) -> str:
    """Why nothing can be told, `""` where something can."""
    before, after = own
    if len(before) < SHORTEST:
        return f"{len(before)} whole weeks of tickets before the article; it takes {SHORTEST}"
    if len(after) < SHORTEST:
        return f"{len(after)} whole weeks of tickets since the article; it takes {SHORTEST}"
    if sum(before) < FEWEST:
        return f"{sum(before)} tickets in {len(before)} weeks before the article; it takes {FEWEST}"
    if min(map(sum, rest)) < FEWEST:
        return (
            f"other topics have fewer than {FEWEST} tickets before or after, so that there is nothing to compare with"
        )
    return ""


def _verdict(adjusted: Ratio) -> Verdict:
    low, high = adjusted.interval
    return "fewer" if high < 1 else "more" if low > 1 else "no difference seen"


def _period(weeks: Sequence[int]) -> Period:
    count = max(1, len(weeks))
    low, high = byar(sum(weeks)) if weeks else (0.0, 0.0)
    interval = (round(low / count, 2), round(high / count, 2))
    return Period(weeks=len(weeks), tickets=sum(weeks), per_week=round(sum(weeks) / count, 2), interval=interval)
