"""The ballot: a vote as it is kept, with what tells repeated ones apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kbgen.errors import Where
from kbgen.feedback.vote import Vote


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """A vote, the day it came, and who cast it as far as one day's salt can tell."""

    vote: Vote
    day: date
    visitor: str = ""
    """Who cast it on what: a day and a digest under the salt of that day; `""` where nobody can tell any more."""
    held: str = ""
    """Why it does not count until a person has looked at it; `""` where it counts."""


@dataclass(frozen=True, kw_only=True)
class SkippedRow:
    """A row of a file that should have been a ballot and is none, and why."""

    where: Where
    problem: str
