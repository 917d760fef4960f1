"""The portrait: all that is known of one topic, as lists and other programs show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from kbgen.tickets.ticket import Ticket
from kbgen.topics.breakdown import Breakdown, breakdown
from kbgen.topics.coverage import Contradicted, Coverage, PartlyAnswered
from kbgen.topics.gaps import Gap
from kbgen.topics.registry import Registry
from kbgen.topics.severity import Severity, severity
from kbgen.topics.topic import Topic
from kbgen.topics.trend import Trend, trend

MOST_VALUES = 5
"""Products, plans and languages that are shown."""
LONGEST = 96
"""Characters of a sentence that is shown."""
_NEXT = {
    "unanswered": "Draft an article: kbgen topics draft {id}",
    "findable": "Add customers' words to the article: kbgen topics phrases",
    "partly": "Where the article answers it all the same: kbgen topics answer {id} {article}",
    "contradicted": "Find out who is right, then mend the article or tell the agents.",
}


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """One topic with its numbers and its coverage."""

    topic: Topic
    state: Coverage
    trend: Trend
    severity: Severity
    breakdown: Breakdown
    former: tuple[str, ...]
    """Ids that were merged into it."""

    def as_json(self) -> dict[str, object]:
        """The portrait as it stands in `--json`."""
        topic, state = self.topic, self.state
        return {
            "id": topic.id,
            "former_ids": self.former,
            "label": topic.label,
            "tickets": topic.size,
            "core": topic.size - len(topic.fringe),
            "people": topic.people,
            "phrases": topic.phrases,
            "examples": topic.examples[:3],
            "first": topic.first,
            "last": topic.last,
            "status": state.status,
            "article": state.article,
            "near": [{"article": near.article, "likeness": near.likeness} for near in state.near],
            "evidence": [asdict(each) for each in state.evidence],
            "missing": [asdict(gap) for gap in _missing(state)],
            "contradictions": [asdict(c) for c in state.contradictions] if isinstance(state, Contradicted) else [],
            "trend": asdict(self.trend),
            "severity": {**asdict(self.severity), "parts": dict(self.severity.parts)},
            "breakdown": {name: dict(pairs) for name, pairs in vars(self.breakdown).items()},
        }

    def lines(self, shown: Callable[[str], str], examples: int) -> Iterator[str]:
        """The portrait as text, one line each; `shown` gives an article's path as a person finds it."""
        yield f"{self.topic.id}  {self.topic.label}"
        article = f": {shown(self.state.article)}" if self.state.article else ""
        yield f"{self.state.status}{article}"
        yield ""
        yield from _fields(self._numbers())
        yield from _block("Asked like this", [f"“{_cut(example)}”" for example in self.topic.examples[:examples]])
        yield from _block("How that is known", [each.text for each in self.state.evidence])
        yield from _block(
            "The article does not say", [f"{_cut(g.text)}  ({g.tickets} tickets)" for g in _missing(self.state)]
        )
        if isinstance(self.state, Contradicted):
            for each in self.state.contradictions:
                yield from _block(
                    f"Agents ({each.tickets} tickets) and the article differ",
                    [f"agents:  {_cut(each.agents)}", f"article: {_cut(each.article)}"],
                )
        near = [f"{n.likeness:.2f}  {shown(n.article)}  {n.title}" for n in self.state.near]
        yield from _block("Nearest articles", near or ["none"])
        if hint := _NEXT.get(self.state.status):
            yield ""
            yield hint.format(id=self.topic.id, article=self.state.article)

    def _numbers(self) -> dict[str, str]:
        topic = self.topic
        days = f", {topic.first} to {topic.last}" if topic.first else ""
        people = f" from {topic.people} people" if topic.people else ""
        named = {"products": "products", "plans": "plans", "languages": "languages"}
        return {
            "tickets": f"{topic.size}{people}{days}",
            "phrases": ", ".join(topic.phrases),
            "trend": told_trend(self.trend),
            "severity": told_severity(self.severity),
            **{name: _values(getattr(self.breakdown, name)) for name in named},
            "was also": ", ".join(self.former),
        }


def portraits(
    registry: Registry, covered: Mapping[str, Coverage], tickets: Sequence[Ticket], today: date | None = None
) -> list[Portrait]:
    """A portrait of each topic, in the registry's order; weeks end `today`, or else on the day of the last ticket."""
    by_id = {ticket.id: ticket for ticket in tickets}
    days = sorted(ticket.created for ticket in tickets if ticket.created)
    end = today or (date.fromisoformat(days[-1]) if days else date.min)
    largest = max((topic.size for topic in registry.topics), default=1)
    former: dict[str, list[str]] = {}
    for id_ in sorted({*registry.merged, *registry.history}):
        if (now := registry.resolve(id_)) != id_:
            former.setdefault(now, []).append(id_)
    result = []
    for topic in registry.topics:
        own = [by_id[id_] for id_ in topic.tickets if id_ in by_id]
        result.append(
            Portrait(
                topic=topic,
                state=covered[topic.id],
                trend=trend([ticket.created for ticket in own], end, since=days[0] if days else ""),
                severity=severity(own, largest),
                breakdown=breakdown(own),
                former=tuple(former.get(topic.id, ())),
            )
        )
    return result


def told_trend(trend: Trend) -> str:
    """The trend in words."""
    if not trend.weeks:
        return "no ticket has a day"
    low, high = trend.interval
    weeks = min(4, len(trend.weeks))
    rate = f"{trend.per_week:.1f} a week over the last {weeks} weeks ({low:.1f} to {high:.1f})"
    return f"{rate}, {'too few to tell a direction' if trend.direction == 'unknown' else trend.direction}"


def told_severity(severity: Severity) -> str:
    """The severity in words, with its parts."""
    parts = ", ".join(f"{name} {value:.2f}" for name, value in severity.parts)
    facts = [
        f"{severity.reopened:.0%} reopened" if severity.reopened is not None else "",
        f"first answer after {_duration(severity.first_reply)}" if severity.first_reply is not None else "",
        f"{severity.satisfied:.0%} satisfied" if severity.satisfied is not None else "",
    ]
    known = ", ".join(fact for fact in facts if fact)
    return f"{severity.score:.2f} ({parts})" + (f": {known}" if known else "")


def _duration(minutes: float) -> str:
    if minutes < 90:
        return f"{minutes:.0f} minutes"
    return f"{minutes / 60:.0f} hours" if minutes < 48 * 60 else f"{minutes / 1440:.0f} days"


def _missing(state: Coverage) -> tuple[Gap, ...]:
    return state.missing if isinstance(state, PartlyAnswered) else ()


def _values(pairs: Sequence[tuple[str, int]]) -> str:
    more = f" and {len(pairs) - MOST_VALUES} more" if len(pairs) > MOST_VALUES else ""
    return ", ".join(f"{name} {count}" for name, count in pairs[:MOST_VALUES]) + more


def _fields(values: Mapping[str, str]) -> Iterator[str]:
    told = {name: value for name, value in values.items() if value}
    width = max(map(len, told), default=0)
    return (f"  {name.ljust(width)}  {value}" for name, value in told.items())


def _block(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
