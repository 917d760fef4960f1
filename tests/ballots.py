"""Ballots for the tests, and both stores to put them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.vote import Vote

DAY = date(2026, 11, 23)


def a_vote(number: int, **more: object) -> Vote:
    """A vote with an id by its number."""
    fields: dict[str, object] = {"article": "g/a.md", "revision": "0123456789abcdef", "helpful": True, **more}
    return Vote(id=str(UUID(int=number)), **fields)  # type: ignore[arg-type]


def a_ballot(number: int, *, visitor: str = "", held: str = "", day: date = DAY, **more: object) -> Ballot:
    """A ballot with that vote."""
    return Ballot(vote=a_vote(number, **more), day=day, visitor=visitor, held=held)


Fresh = Callable[[], str]
"""Gives the URL of a new, empty database."""
