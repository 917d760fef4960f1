"""The reception: what every route that takes something from a reader needs."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.feedback import retention
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

_PER_MINUTE = Rate(name="visitor, minute", most=60, seconds=60)
_PER_DAY = Rate(name="visitor, day", most=300, seconds=86_400)
_PER_ADDRESS = (
    Rate(name="address, minute", most=120, seconds=60),
    Rate(name="address, day", most=3000, seconds=86_400),
)
_AROUND = Rate(name="neighbourhood, article", most=240, seconds=60)
_CONTACTS = (Rate(name="contacts, minute", most=10, seconds=60), Rate(name="contacts, hour", most=100, seconds=3600))
_ALL_CONTACTS = Rate(name="all contacts", most=2000, seconds=3600)
_QUESTIONS = Rate(name="questions", most=600, seconds=60)
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
        """Count a vote or a search; raises a `TooManyError` where its sender should wait."""
        who = f"{visitor.address} {visitor.agent}"
        counted = [(_PER_MINUTE, who), (_PER_DAY, who), (_ALL, "")]
        if visitor.neighbourhood:
            counted += [(rate, visitor.address) for rate in _PER_ADDRESS]
            counted.append((_AROUND, f"{visitor.neighbourhood} {about}"))
        self._count(counted)

    def admit_message(self, visitor: Visitor) -> None:
        """Count a message to a person, each of which costs somebody's time."""
        self._count([*((rate, visitor.address) for rate in _CONTACTS), (_ALL_CONTACTS, "")])

    def admit_question(self, visitor: Visitor) -> None:
        """Count a question that suggestions answer, letter by letter."""
        self._count([(_QUESTIONS, visitor.address)])

    def _count(self, counted: list[tuple[Rate, str]]) -> None:
        if seconds := self.rates.wait(counted):
            self.figures.refused.inc()
            raise TooManyError(seconds)

    def unknown(self, article: str) -> str:
        """Why a vote should be held: the site has no page of the article, nor one that leads on from there."""
        if not self.settings.site:
            return ""
        page = Path(self.settings.site) / article.removesuffix(".md")
        found = page.with_name(f"{page.name}.html").is_file() or (page / "index.html").is_file()
        return "" if found else "unknown article"

    async def keep_house(self) -> None:
        """Check the database once; then, each hour, let go of what has had its time."""
        await asyncio.to_thread(self._check)
        while True:
            try:
                await asyncio.to_thread(self._let_go, self.today())
            except Exception:  # whatever it was, there is a next hour
                log.exception("old comments, searches and salts could not be deleted")
            await asyncio.sleep(_HOUR)

    def _let_go(self, today: date) -> None:
        self.store.salt(today)
        self.store.forget(
            comments=today - timedelta(retention.COMMENTS),
            searches=today - timedelta(retention.SEARCHES),
            rare=today - timedelta(retention.RARE_SEARCHES),
        )

    def _check(self) -> None:
        """Compare all that is stored with what was acknowledged, through a connection of its own."""
        try:
            with closing(open_store(self.settings.database, create=False)) as store:
                self.faults = store.check()
        except KbgenError as error:
            self.faults = [error.problem]
        except Exception as error:  # damage can look like anything
            log.exception("the database could not be checked")
            self.faults = [f"the database could not be checked: {type(error).__name__}"]
        self.figures.checked.set(1)
        self.figures.faults.set(len(self.faults))
        for fault in self.faults:
            log.error("%s; see 'kbgen feedback check'", fault)
