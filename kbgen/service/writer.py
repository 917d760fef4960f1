"""The writer: one thread that stores votes and searches in groups, so that many share one sync of the disk."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import Received, Store, StoreError, UnstorableError

log = logging.getLogger("kbgen.service")

LARGEST_GROUP = 256
LONGEST_QUEUE = 4096


@dataclass(frozen=True)
class _Waiting:
    received: tuple[Received, ...]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]

    def settle(self, error: KbgenError | None) -> None:
        """Answer whoever waits, in the event loop."""
        if self.done.cancelled():
            return
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(None)


class Writer:
    """Takes votes and searches from the event loop and acknowledges each after its commit."""

    def __init__(self, store: Store, today: Callable[[], date], count: Callable[[bool], None]) -> None:
        """Start the thread; `count` is told of each group whether it was stored."""
        self._store, self._today, self._count = store, today, count
        self._closed = False
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="kbgen-writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether what comes is being stored."""
        return self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """How many messages wait to be stored."""
        return self._queue.qsize()

    async def save(self, *received: Received) -> None:
        """Return when all of it is on disk, or, of nothing, when the store has shown that it can write.

        Raises a `StoreError` where it could not.
        """
        if self._closed or not self.alive:
            raise StoreError("the service is stopping")
        loop = asyncio.get_running_loop()
        waiting = _Waiting(received, loop, loop.create_future())
        if self._queue.qsize() >= LONGEST_QUEUE:
            raise StoreError("too much is waiting to be stored")
        self._queue.put(waiting)
        await waiting.done

    def close(self) -> None:
        """Store what is waiting, then stop the thread and let go of the store."""
        self._closed = True
        self._queue.put(None)
        self._thread.join()
        self._store.close()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            last = False
            while len(group) < LARGEST_GROUP and not self._queue.empty():
                waiting = self._queue.get()
                if waiting is None:
                    last = True
                    break
                group.append(waiting)
            self._store_group(group)
            if last:
                return

    def _store_group(self, group: Sequence[_Waiting]) -> None:
        try:
            self._store.save([each for waiting in group for each in waiting.received], self._today())
        except UnstorableError as error:
            if len(group) > 1:  # one that cannot be kept must not harm its neighbours
                for waiting in group:
                    self._store_group([waiting])
            else:
                self._settle(group, error)
        except KbgenError as error:
            self._settle(group, error)
        except Exception as error:  # the thread must outlive any fault of a store
            log.exception("nothing could be stored")
            self._settle(group, StoreError(f"nothing could be stored: {type(error).__name__}"))
        else:
            self._settle(group, None)

    def _settle(self, group: Sequence[_Waiting], error: KbgenError | None) -> None:
        self._count(error is None)

        def answer() -> None:
            for waiting in group:
                waiting.settle(error)

        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            group[0].loop.call_soon_threadsafe(answer)
