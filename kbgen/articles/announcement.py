"""The announcement: what every visitor must know for a while."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kbgen.articles.address import Address
from kbgen.articles.schema import key


class Severity(StrEnum):
    """How much an announcement matters."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """A banner on top of the pages of some or all sections."""

    text: str = key("what visitors must know, in one or two sentences")
    url: Address = key("where they can read more", Address())
    link: str = key("text of that link", "")
    starts: date | None = key("first day on which it is shown", None)
    ends: date | None = key("last day on which it is shown", None)
    sections: tuple[str, ...] = key("folders of the sections that show it; none given: every page", ())
    severity: Severity = key("info, warning or critical", Severity.INFO)
    dismissible: bool = key("false keeps it on the page: visitors cannot close it", True)

    @property
    def id(self) -> str:
        """Eight hex digits that change with the text, so that a closed one stays closed until it says something new."""
        return hashlib.sha256(f"{self.text}\n{self.url}".encode()).hexdigest()[:8]

    def shown_on(self, today: date) -> bool:
        """Whether the banner is up on the day `today`."""
        return (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)

    def concerns(self, section: str) -> bool:
        """Whether pages of the folder `section` show it."""
        return not self.sections or any(f"{section}/".startswith(f"{own.strip('/')}/") for own in self.sections)


def current(announcements: Iterable[Announcement], today: date) -> tuple[Announcement, ...]:
    """The announcements of the day, what matters most first."""
    weight = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}
    return tuple(sorted((a for a in announcements if a.shown_on(today)), key=lambda a: weight[a.severity]))
