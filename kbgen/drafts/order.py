"""The order of steps: the one that fewest answers contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kbgen.drafts.agreement import Agreed

MOST = 12
"""Steps that can be ordered exactly: all of their subsets are looked at."""
FEWEST = 3
"""Answers that must hold two steps before anything is said about their order."""
CLEAR = 0.75
"""Share of answers that must give two steps in one order; with less, the order is asked."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two steps, by their numbers from 1."""

    first: int
    second: int


def ordered(steps: Sequence[Agreed]) -> tuple[Agreed, ...]:
    """The steps in the order that contradicts the fewest pairs of steps in the answers.

    That is Kemeny's rule ('Mathematics without numbers', 1959), solved exactly over subsets as Held and Karp (1962)
    do for tours; among equals the mean place in the answers decides, then the text. At most `MOST` steps.
    """
    places = sorted(steps, key=lambda step: (_mean_place(step), step.text))[:MOST]
    before = precedence(places)
    count = len(places)
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for mask in range(1, 1 << count):
        members = [n for n in range(count) if mask >> n & 1]
        best[mask] = min(
            (cost + sum(int(before[last, other]) for other in members if other != last), (*order, last))
            for last in members
            for cost, order in [best[mask & ~(1 << last)]]
        )
    return tuple(places[n] for n in best[(1 << count) - 1][1])


def precedence(steps: Sequence[Agreed]) -> np.ndarray:
    """How many tickets' answers give step i before step j. Shape (steps, steps)."""
    places = [dict(step.places) for step in steps]
    result = np.zeros((len(steps), len(steps)), dtype=np.int64)
    for i, j in combinations(range(len(steps)), 2):
        for ticket in places[i].keys() & places[j].keys():
            result[(i, j) if places[i][ticket] < places[j][ticket] else (j, i)] += 1
    return result


def disputed(steps: Sequence[Agreed]) -> tuple[Pair, ...]:
    """Neighbouring steps that the answers give in both orders."""
    before = precedence(steps)
    found = []
    for n in range(len(steps) - 1):
        forth, back = int(before[n, n + 1]), int(before[n + 1, n])
        if forth + back >= FEWEST and forth < CLEAR * (forth + back):
            found.append(Pair(first=n + 1, second=n + 2))
    return tuple(found)


def alternatives(steps: Sequence[Agreed]) -> tuple[Pair, ...]:
    """Steps that no answer holds together, although chance would have put them into at least `FEWEST`."""
    answers = len({ticket for step in steps for ticket in step.tickets})
    return tuple(
        Pair(first=i + 1, second=j + 1)
        for i, j in combinations(range(len(steps)), 2)
        if not steps[i].tickets & steps[j].tickets and steps[i].support * steps[j].support >= FEWEST * answers
    )


def _mean_place(step: Agreed) -> float:
    return sum(place for _, place in step.places) / len(step.places)
