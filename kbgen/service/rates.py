"""Rates: how much one sender may send, and how long they wait where it was too much."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many in so many seconds, all at once or one by one."""

    name: str
    most: int
    seconds: float

    @property
    def apart(self) -> float:
        """Seconds from one to the next where they come evenly."""
        return self.seconds / self.most


class Rates:
    """Counts by key, in memory, with the generic cell rate algorithm (ITU-T I.371): one number for a key's hash."""

    def __init__(self, *, keys: int = 20_000, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing counted; at most `keys` are remembered, those used last."""
        self._due: OrderedDict[int, float] = OrderedDict()
        self._keys = keys
        self._clock = clock

    def wait(self, counted: Iterable[tuple[Rate, str]]) -> float:
        """Count one under each key and return 0; or count nothing and return the seconds until there is room."""
        now = self._clock()
        due = {hash((rate.name, key)): rate for rate, key in counted}
        at = {key: max(self._due.get(key, now), now) for key in due}
        over = max((at[key] - now - rate.seconds + rate.apart for key, rate in due.items()), default=0.0)
        if over > 1e-9:
            return over
        for key, rate in due.items():
            self._due[key] = at[key] + rate.apart
            self._due.move_to_end(key)
        while len(self._due) > self._keys:
            self._due.popitem(last=False)
        return 0.0
