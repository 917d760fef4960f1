"""Workers: the same work on all cores, with results in the order of the tasks."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, kw_only=True)
class Workers:
    """Processes for one build."""

    count: int

    @property
    def fork(self) -> bool:
        """Whether processes can be made as copies of this one, with all that it knows."""
        return (
            self.count > 1
            and "fork" in multiprocessing.get_all_start_methods()
            and threading.active_count() == 1
            and os.environ.get("KBGEN_START_METHOD", "fork") == "fork"
        )

    def each(
        self,
        function: Callable[[list[Task]], Result],
        tasks: Sequence[Task],
        *,
        size: int,
        begin: Callable[[], None] | None = None,
    ) -> list[Result]:
        """What `function` makes of the tasks, `size` of them at a time; each process calls `begin` first."""
        parts = [list(tasks[start : start + size]) for start in range(0, len(tasks), size)]
        count = min(self.count, len(parts))
        context = multiprocessing.get_context("fork" if self.fork else "spawn")
        with ProcessPoolExecutor(count, context, _begin, (os.getpid(), begin)) as pool:
            with _uninterrupted():
                results = pool.map(partial(_tidily, function), parts)
            return list(results)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl+C off while processes are made: Python cannot end cleanly in the middle of that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tidily(function: Callable[[list[Task]], Result], part: list[Task]) -> Result:
    """What a function makes of a part of the tasks; its garbage goes with each part."""
    try:
        return function(part)
    finally:
        gc.collect()


def _begin(parent: int, begin: Callable[[], None] | None) -> None:
    """Begin the work of a process; it ends with the one that asked for it, whose lock it shares."""
    gc.freeze()  # looking for garbage all the time, and among what it shares, would copy that memory
    gc.disable()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if begin:
        begin()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.1)
    os._exit(1)
