"""The replay: what customers asked a while ago, searched for in the site as it is now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kbgen.feedback.summary import wilson
from kbgen.search.reader import Found, Reader
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Coverage
from kbgen.topics.registry import Registry
from kbgen.topics.topic import STOP, Topic, asks, sentences_of

FIRST = 3
"""Results that a customer looks at."""
FEWEST = 5
"""Questions below which a share says too little."""
MOST_EXAMPLES = 3

_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True, kw_only=True)
class Row:
    """The questions of one topic, and how many of them search answers."""

    topic: str
    """Its id, `""` for the questions of no topic."""
    label: str
    status: str
    article: str
    """The article that answers the topic, `""` where none does."""
    n: int
    answered: int
    missed: tuple[str, ...]
    """Questions, without personal data, that search does not answer."""

    @property
    def interval(self) -> tuple[float, float]:
        """Within what the answered share lies (95 %, Wilson)."""
        return wilson(self.answered, self.n)

    @property
    def enough(self) -> bool:
        """Whether so many questions tell anything."""
        return self.n >= FEWEST

    def as_json(self) -> dict[str, object]:
        """The row as it stands in `--json`; the interval as a pair of shares from 0 to 1."""
        interval = [round(end, 4) for end in self.interval]
        return {**vars(self), "interval": interval, "enough": self.enough}


@dataclass(frozen=True, kw_only=True)
class Replay:
    """How the questions of some days fare in search."""

    since: date
    rows: tuple[Row, ...]
    """One for each topic with a question in these days, the most questions first; those of no topic at the end."""
    undated: int
    """Tickets without a day, which are left out."""

    def total(self, *, with_article: bool = False) -> Row:
        """All questions together, or those that an article answers."""
        rows = [row for row in self.rows if row.article or not with_article]
        n, answered = sum(row.n for row in rows), sum(row.answered for row in rows)
        return Row(topic="", label="", status="", article="", n=n, answered=answered, missed=())

    def as_json(self) -> dict[str, object]:
        """The replay as it stands in `--json`."""
        return {
            "since": self.since.isoformat(),
            "all": _share(self.total()),
            "with_article": _share(self.total(with_article=True)),
            "undated": self.undated,
            "topics": [row.as_json() for row in self.rows],
        }


def _share(row: Row) -> dict[str, object]:
    return {name: value for name, value in row.as_json().items() if name in {"n", "answered", "interval", "enough"}}


def replay(
    registry: Registry, covered: Mapping[str, Coverage], tickets: Sequence[Ticket], reader: Reader, since: date
) -> Replay:
    """Search for what the tickets of these days asked."""
    day = since.isoformat()
    recent = {ticket.id: ticket for ticket in tickets if ticket.created >= day}
    rows = []
    for topic in registry.topics:
        own = [recent.pop(id_) for id_ in topic.tickets if id_ in recent]
        rows.append(_row(topic, covered[topic.id], own, reader))
    rows.sort(key=lambda row: (-row.n, row.topic))
    rows.append(_row(None, None, list(recent.values()), reader))
    asked = tuple(row for row in rows if row.n)
    return Replay(since=since, rows=asked, undated=sum(not ticket.created for ticket in tickets))


def question_of(ticket: Ticket) -> str:
    """What the customer would have typed, without personal data; `""` where nothing tells.

    The subject, else the first sentence that asks, else the first sentence, whichever first has two telling words.
    """
    said = sentences_of(ticket)
    subject = said[:1] if ticket.subject else []
    candidates = [*subject, *filter(asks, said), *said]
    return next(filter(_tells, candidates), said[0] if said else "")


def _tells(sentence: str) -> bool:
    return sum(word not in STOP and len(word) > 2 for word in _WORD.findall(sentence.casefold())) >= 2


def is_answered(found: Found, article: str) -> bool:
    """Whether the article that answers is among the first, or one that asks the very same."""
    return found.instant is not None or article in {hit.article for hit in found.hits[:FIRST]}


def _row(topic: Topic | None, state: Coverage | None, tickets: Sequence[Ticket], reader: Reader) -> Row:
    article = state.article if state else ""
    questions = [question for ticket in tickets if (question := question_of(ticket))]
    missed = [q for q in questions if not is_answered(reader.search(q, limit=FIRST), article)]
    return Row(
        topic=topic.id if topic else "",
        label=topic.label if topic else "in no topic",
        status=state.status if state else "",
        article=article,
        n=len(questions),
        answered=len(questions) - len(missed),
        missed=tuple(dict.fromkeys(missed))[:MOST_EXAMPLES],
    )
