"""The reception: what every route that takes something from a reader needs."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import Store
from kbgen.feedback.store.table import open_store
from kbgen.service.figures import Figures
from kbgen.service.rates import Rate, Rates
from kbgen.service.settings import ServiceSettings
from kbgen.service.suspicion import Suspicions
from kbgen.service.visitor import Salts, Visitor
from kbgen.service.writer import Writer

log = logging.getLogger("kbgen.service")

Today = Callable[[], date]

COMMENTS_KEPT, SEARCHES_KEPT = timedelta(365), timedelta(400)
"""How long: searches long enough to compare with the same month of last year."""
_PER_MINUTE = Rate(name="visitor, minute", most=60, seconds=60)
_PER_DAY = Rate(name="visitor, day", most=300, seconds=86_400)
_AROUND = Rate(name="neighbourhood, article", most=240, seconds=60)
_ALL = Rate(name="all", most=50_000, seconds=10)
_HOUR = 3600.0


class TooManyError(Exception):
    """Somebody sends too much; `seconds` says how long to wait."""

    def __init__(self, seconds: float) -> None:
        """Keep the seconds, rounded up."""
        super().__init__("too many messages; send it again later")
        self.seconds = math.ceil(seconds)


def utc_today() -> date:
    """The day by the clock."""
    return datetime.now(UTC).date()


@dataclass(kw_only=True)
class Reception:
    """One database, who writes to it, and what is counted in memory."""

    settings: ServiceSettings
    store: Store
    writer: Writer
    figures: Figures
    today: Today = utc_today
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        """Make what hangs on the rest."""
        self.salts = Salts(self.store)
        self.suspicions = Suspicions(self.rates)
        self.faults: list[str] = []

    def admit(self, visitor: Visitor, about: str) -> None:
        """Count a message; raises a `TooManyError` where its sender should wait."""
        who = f"{visitor.address} {visitor.agent}"
        counted = [(_PER_MINUTE, who), (_PER_DAY, who), (_ALL, "")]
        if visitor.neighbourhood:
            counted.append((_AROUND, f"{visitor.neighbourhood} {about}"))
        if seconds := self.rates.wait(counted):
            self.figures.refused.inc()
            raise TooManyError(seconds)

    async def keep_house(self) -> None:
        """Check the database once; then, each hour, let go of what has had its time."""
        await asyncio.to_thread(self._check)
        while True:
            try:
                today = self.today()
                await self.salts.of(today)
                await asyncio.to_thread(
                    self.store.forget, comments=today - COMMENTS_KEPT, searches=today - SEARCHES_KEPT
                )
            except KbgenError as error:
                log.warning("old comments and searches could not be deleted: %s", error.problem)
            await asyncio.sleep(_HOUR)

    def _check(self) -> None:
        """Compare all that is stored with what was acknowledged, through a connection of its own."""
        try:
            with closing(open_store(self.settings.database, create=False)) as store:
                self.faults = store.check()
        except KbgenError as error:
            self.faults = [error.problem]
        self.figures.checked.set(1)
        self.figures.faults.set(len(self.faults))
        for fault in self.faults:
            log.error("%s; see 'kbgen feedback check'", fault)
