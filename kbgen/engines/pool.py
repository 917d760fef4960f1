"""The pool: processes on all cores of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, Self

from kbgen.engines.interface import P, R
from kbgen.errors import KbgenError

FEW = 4
"""So many parts are done before other processes have begun and have imported what they need."""
AHEAD = 2
"""Parts under way for each process: one that it works on, one that it finds ready."""
WATCH = 0.5
"""Seconds after which a process notices that the one that started it is gone."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class _Waiting(Generic[P, R]):
    """A part under way."""

    part: P
    future: Future[R]
    losses: int = 0


class PoolEngine:
    """Starts processes when there is enough for them to do, and keeps them until the context ends."""

    def __init__(self, processes: int | None = None) -> None:
        """Use so many processes; by default one for each core."""
        self.processes = processes or cores()
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R]:
        """The results in the order of the parts; few parts, or parts on a single core, are done in this process.

        A part whose process dies is tried once more; where it dies again, a `KbgenError` is raised.
        """
        rest = iter(parts)
        first = [] if self._pool else list(islice(rest, FEW + 1))
        if self.processes == 1 or (not self._pool and len(first) <= FEW):
            yield from map(function, chain(first, rest))
        else:
            yield from self._spread(function, chain(first, rest))

    def _spread(self, function: Callable[[P], R], parts: Iterator[P]) -> Iterator[R]:
        waiting: deque[_Waiting[P, R]] = deque()
        try:
            while True:
                for part in islice(parts, self.processes * AHEAD - len(waiting)):
                    waiting.append(_Waiting(part, self._submit(function, part)))
                if not waiting:
                    return
                yield self._first(function, waiting)
        finally:
            for each in waiting:
                each.future.cancel()

    def _first(self, function: Callable[[P], R], waiting: deque[_Waiting[P, R]]) -> R:
        """The result of the first part under way; where processes died, what they had is given to new ones."""
        while True:
            try:
                result = waiting[0].future.result()
            except BrokenProcessPool as error:
                waiting[0].losses += 1
                if waiting[0].losses > 1:
                    raise _lost() from error
                self._end()
                for each in filter(_unfinished, waiting):
                    each.future = self._submit(function, each.part)
            else:
                waiting.popleft()
                return result

    def _submit(self, function: Callable[[P], R], part: P) -> Future[R]:
        for again in (True, False):
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(self.processes, context, _begin, (os.getpid(),))
            try:
                return self._pool.submit(function, part)
            except BrokenProcessPool as error:  # it broke while nobody waited for it
                self._end()
                if not again:
                    raise _lost() from error
        raise AssertionError

    def _end(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self._end()


def _unfinished(each: _Waiting[P, R]) -> bool:
    """Whether a part has to be done again because its process died."""
    future = each.future
    return future.cancelled() or not future.done() or isinstance(future.exception(), BrokenProcessPool)


def _lost() -> KbgenError:
    return KbgenError(
        "a process that did part of the work was ended, twice",
        hint="most often memory ran out: close other programs, or import the tickets in smaller files",
    )


def _begin(parent: int) -> None:
    """Begin a process: Ctrl-C is the business of the one that started it, and so is how long it lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)
