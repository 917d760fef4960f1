"""The breakdown: for which products, plans and languages a topic is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbgen.tickets.ticket import Ticket


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """Tickets by what the export says of them, the most first; tickets that say nothing are not counted."""

    products: tuple[tuple[str, int], ...]
    plans: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]


def breakdown(tickets: Sequence[Ticket]) -> Breakdown:
    """The breakdown of a topic's tickets."""
    return Breakdown(
        products=_counted(ticket.product for ticket in tickets),
        plans=_counted(ticket.plan for ticket in tickets),
        languages=_counted(ticket.lang for ticket in tickets),
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
