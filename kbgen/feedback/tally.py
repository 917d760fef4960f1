"""The tally: how often readers of one revision of an article said the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kbgen.feedback.vote import Reason


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Votes that count (not held back, not taken back) and agree in everything but their day."""

    article: str
    revision: str
    section: str
    """The anchor of the heading that they are about; `""` for the whole article."""
    helpful: bool
    reason: Reason | None
    n: int
    first: date
    """Day of the first of them."""
    last: date


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What one reader wrote beside a vote."""

    article: str
    revision: str
    section: str
    helpful: bool
    reason: Reason | None
    text: str
    day: date


@dataclass(frozen=True, kw_only=True)
class Mislead:
    """How often a search led to an article that was not what the reader looked for."""

    article: str
    query: str
    n: int
