"""The writer: one thread that stores votes and searches in groups, so that many share one sync of the disk."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import Received, Store, StoreError

log = logging.getLogger("kbgen.service")

LARGEST_GROUP = 256
LONGEST_QUEUE = 4096


@dataclass(frozen=True)
class _Waiting:
    received: Received
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]

    def settle(self, error: KbgenError | None) -> None:
        def answer() -> None:
            if self.done.cancelled():
                return
            if error:
                self.done.set_exception(error)
            else:
                self.done.set_result(None)

        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            self.loop.call_soon_threadsafe(answer)


class Writer:
    """Takes votes and searches from the event loop and acknowledges each after its commit."""

    def __init__(self, store: Store) -> None:
        """Start the thread."""
        self._store = store
        self._closed = False
        self._queue: queue.Queue[_Waiting | None] = queue.Queue(LONGEST_QUEUE)
        self._thread = threading.Thread(target=self._run, name="kbgen-writer", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether what comes is being stored."""
        return self._thread.is_alive()

    async def save(self, received: Received) -> None:
        """Return when a vote or search is on disk; raises a `StoreError` when it is not."""
        if self._closed or not self.alive:
            raise StoreError("the service is stopping")
        loop = asyncio.get_running_loop()
        waiting = _Waiting(received, loop, loop.create_future())
        try:
            self._queue.put_nowait(waiting)
        except queue.Full as error:
            raise StoreError("too much is waiting to be stored") from error
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

    def _store_group(self, group: list[_Waiting]) -> None:
        try:
            self._store.save([waiting.received for waiting in group])
        except KbgenError as error:
            self._refuse(group, error)
        except Exception as error:  # the thread must outlive any fault of a store
            log.exception("nothing could be stored")
            self._refuse(group, StoreError(f"nothing could be stored: {type(error).__name__}"))
        else:
            for waiting in group:
                waiting.settle(None)

    def _refuse(self, group: list[_Waiting], error: KbgenError) -> None:
        for waiting in group:
            waiting.settle(error)
