"""What the report says, as plain values: one row a topic, and the figures of all tickets together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

STATUSES = ("unanswered", "contradicted", "partly", "findable", "answered", "dismissed")
"""Coverage of a topic, in the order in which the report tells it."""

OPEN = ("unanswered", "contradicted", "partly", "findable")
"""What leaves something to write."""

Counts = tuple[tuple[str, int], ...]
"""Names with a number of tickets, most first."""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """Tickets a week."""

    weeks: tuple[int, ...] = ()
    first_week: str = ""
    """First day of the first week, or `""` where no ticket has a day."""
    per_week: float = 0.0
    interval: tuple[float, float] = (0.0, 0.0)
    """95 % interval of `per_week`."""
    direction: str = "unknown"
    """rising, new, seasonal, fading, steady or unknown."""


@dataclass(frozen=True, kw_only=True)
class Severity:
    """What the tickets cost, 0 to 1, and its parts; None where the export does not say."""

    score: float = 0.0
    reopened: float | None = None
    """Share of tickets that were opened again."""
    first_reply: float | None = None
    """Median of minutes until an agent answered."""
    satisfied: float | None = None
    """Share of the customers who said something that were satisfied."""


@dataclass(frozen=True, kw_only=True)
class Origins:
    """Where tickets come from; empty where the export does not say."""

    products: Counts = ()
    plans: Counts = ()
    languages: Counts = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One topic."""

    id: str
    label: str
    phrases: tuple[str, ...]
    tickets: int
    people: int = 0
    """How many requesters; 0 where the export does not say."""
    fringe: int = 0
    """How many of the tickets belong loosely."""
    status: str
    article: str = ""
    """The article as a writer finds it, such as `content/account/mail.md`."""
    reason: str = ""
    """Why a person set the topic aside."""
    volume: Volume = field(default_factory=Volume)
    severity: Severity = field(default_factory=Severity)
    origins: Origins = field(default_factory=Origins)
    place: tuple[float, float] = (0.0, 0.0)
    """Where it lies among the others; what is near asks the like. Only distances count."""


@dataclass(frozen=True, kw_only=True)
class Impact:
    """What became of a topic's tickets after an article went live."""

    topic: str
    article: str
    live: str
    """The day, as year-month-day."""
    before: float
    after: float
    """Tickets a week."""
    change: float | None
    """After by before, over the same of all other topics; 1 is no change, None where nothing can be told yet."""
    interval: tuple[float, float] = (0.0, 0.0)
    """95 % interval of `change`."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that the page says."""

    site: str
    today: str
    embedding: str
    """Name of the model whose vectors the topics were found with."""
    tickets: int
    undated: int = 0
    """How many tickets have no day."""
    first: str = ""
    last: str = ""
    """First and last day of the tickets, or `""`."""
    volume: Volume = field(default_factory=Volume)
    origins: Origins = field(default_factory=Origins)
    rows: tuple[Row, ...]
    impacts: tuple[Impact, ...] = ()

    @property
    def placed(self) -> int:
        """How many tickets belong to a topic."""
        return sum(row.tickets for row in self.rows)

    @property
    def by_status(self) -> dict[str, tuple[int, int]]:
        """Topics and tickets of each status that occurs, in the order of `STATUSES`."""
        topics, tickets = Counter[str](), Counter[str]()
        for row in self.rows:
            topics[row.status] += 1
            tickets[row.status] += row.tickets
        return {status: (topics[status], tickets[status]) for status in STATUSES if topics[status]}
