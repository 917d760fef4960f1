"""Tallies for the tests."""

from __future__ import annotations

from datetime import date

from kbgen.feedback.tally import Tally
from kbgen.feedback.vote import Reason

DAY = date(2026, 11, 23)


def revision(name: str) -> str:
    """A revision by a short name of hexadecimal digits."""
    return name.ljust(16, "0")


def a_tally(
    article: str = "a.md",
    name: str = "a",
    n: int = 1,
    reason: Reason | None = None,
    first: date = DAY,
    last: date | None = None,
    *,
    helpful: bool = True,
    section: str = "",
) -> Tally:
    """So many like votes on one revision."""
    return Tally(
        article=article,
        revision=revision(name),
        section=section,
        helpful=helpful,
        reason=reason,
        n=n,
        first=first,
        last=last or first,
    )


def noes(article: str = "a.md", name: str = "a", n: int = 1, reason: Reason | None = None, first: date = DAY) -> Tally:
    """So many votes that an article did not help."""
    return a_tally(article, name, n, reason, first, helpful=False)
