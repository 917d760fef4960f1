"""The outbox: hands stored messages over to people, again and again until it succeeds, in a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message
from kbgen.service.delivery.interface import Delivery, RefusedError, UnreachableError

log = logging.getLogger("kbgen.service")

GROUP = 100
"""Messages beyond those that are being tried again which one round looks at."""
MOST_KNOWN = 10_000
"""Messages that one round looks at."""
IDLE = 60.0
"""Seconds after which the store is looked at although nobody said that something came."""
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
"""Seconds after the first failure, doubled with each further one, up to an hour."""

Acknowledge = Callable[[Message], None]


class Waiting(Protocol):
    """What the outbox needs of a store: see `kbgen.feedback.store.interface.Store`."""

    def messages(self, most: int = ...) -> list[Message]:
        """Messages that wait to be handed over, the oldest first."""

    def handed_over(self, ids: Sequence[str]) -> None:
        """Delete messages that reached a person."""


@dataclass
class Pause:
    """How long to leave something alone that failed."""

    failures: int = 0
    until: float = 0.0

    def fail(self, now: float) -> None:
        """Make it twice as long as the last one."""
        self.until = now + min(FIRST_PAUSE * 2 ** min(self.failures, 20), LONGEST_PAUSE)
        self.failures += 1


@dataclass
class Way:
    """One delivery, and how far it has come with the messages that wait."""

    delivery: Delivery
    pause: Pause = field(default_factory=Pause)
    taken: set[str] = field(default_factory=set)
    refused: dict[str, Pause] = field(default_factory=dict)

    def take(self, message: Message, now: float) -> bool:
        """Whether the message is there, after trying where it is time to."""
        if message.id in self.taken:
            return True
        if now < max(self.pause.until, self.refused.get(message.id, Pause()).until):
            return False
        try:
            self.delivery.deliver(message)
        except UnreachableError as error:
            self._failed(self.pause, error.problem, now)
            return False
        except Exception as error:  # noqa: BLE001 - outlive any fault; its text may hold the customer's
            pause = self.refused.setdefault(message.id, Pause())
            said = error.problem if isinstance(error, RefusedError) else type(error).__name__
            self._failed(pause, f"message {message.id}: {said}", now)
            return False
        self.pause = Pause()
        self.taken.add(message.id)
        return True

    def next_try(self, now: float) -> float:
        """Seconds until something may be tried again."""
        times = [self.pause.until, *(pause.until for pause in self.refused.values())]
        return min((time - now for time in times if time > now), default=IDLE)

    def keep(self, ids: set[str]) -> None:
        """Forget the messages that do not wait any more."""
        self.taken &= ids
        self.refused = {id_: pause for id_, pause in self.refused.items() if id_ in ids}

    def _failed(self, pause: Pause, said: str, now: float) -> None:
        pause.fail(now)
        again = f"again in {pause.until - now:.0f} s"
        log.warning("%s: %s; failure %d, %s", self.delivery.name, said, pause.failures, again)


class Outbox:
    """Takes messages from the store and deletes each there after every way has it: at least once, never lost."""

    def __init__(
        self,
        store: Waiting,
        deliveries: Sequence[Delivery],
        *,
        acknowledge: Acknowledge | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the thread, which begins with what waits already."""
        self._store, self._acknowledge, self._clock = store, acknowledge, clock
        self._ways = [Way(delivery) for delivery in deliveries]
        self._known: set[str] = set()
        self._closed = False
        self._called = threading.Event()
        self.handed_over = 0
        self._thread = threading.Thread(target=self._run, name="kbgen-outbox", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether what waits is being handed over."""
        return self._thread.is_alive()

    def figures(self) -> dict[str, int]:
        """Messages handed over since the start, messages that were tried and wait, and ways that fail now."""
        failing = sum(1 for way in self._ways if way.pause.failures)
        return {"handed_over": self.handed_over, "waiting": len(self._known), "failing": failing}

    def wake(self) -> None:
        """Say that a message has come."""
        self._called.set()

    def close(self, patience: float = 5.0) -> None:
        """Stop after the message at hand, or leave it to the next start when that takes longer than `patience`."""
        self._closed = True
        self._called.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while not self._closed:
            self._called.wait(self._round())
            self._called.clear()

    def _round(self) -> float:
        """Try what is due; the seconds until the next round."""
        most = min(GROUP + len(self._known), MOST_KNOWN)
        try:
            waiting = self._store.messages(most)
            left = {message.id for message in waiting if not self._hand_over(message)}
        except Exception as error:  # noqa: BLE001 - a store that is away comes back
            if not self._closed:
                log.warning("messages cannot be read: %s", type(error).__name__)
            return FIRST_PAUSE
        return self._remember(left, more=len(waiting) == most > len(left))

    def _remember(self, left: set[str], *, more: bool) -> float:
        grown = left - self._known
        self._known = left
        for way in self._ways:
            way.keep(left)
        if more or (len(left) >= GROUP and grown and len(left) < MOST_KNOWN):
            return 0.0
        now = self._clock()
        return min(IDLE, *(way.next_try(now) for way in self._ways)) if left else IDLE

    def _hand_over(self, message: Message) -> bool:
        """Whether the message is done with."""
        if self._closed:
            return False
        there = [way.take(message, self._clock()) for way in self._ways]  # each is tried, whatever the others say
        if not all(there):
            return False
        self._store.handed_over([message.id])
        self.handed_over += 1
        if self._acknowledge:
            self._tell(self._acknowledge, message)
        return True

    def _tell(self, acknowledge: Acknowledge, message: Message) -> None:
        try:
            acknowledge(message)
        except Exception as error:  # noqa: BLE001 - the message is with us; its text may hold the customer's
            said = error.problem if isinstance(error, KbgenError) else type(error).__name__
            log.warning("message %s was not acknowledged: %s", message.id, said)
