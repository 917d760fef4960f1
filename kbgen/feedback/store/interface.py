"""What a store of votes and searches does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from kbgen.errors import KbgenError
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.search import Search
from kbgen.feedback.vote import Vote

Received = Vote | Search
"""What readers send."""


class StoreError(KbgenError):
    """The store cannot take or give anything right now."""


class Store(Protocol):
    """Keeps votes and counts searches; a method that returns has done its work durably."""

    def save(self, received: Sequence[Received]) -> None:
        """Store votes, each replacing an earlier one of the same id, and count searches, in one transaction.

        Returns after the commit reached the disk; raises a `StoreError` where it did not.
        """

    def votes(self) -> list[Vote]:
        """Every vote, in the order in which their ids first came."""

    def searches(self, since: date) -> list[SearchCount]:
        """How often each query was searched for from that day on."""

    def close(self) -> None:
        """Let go of the database."""
