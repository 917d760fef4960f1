"""What a store of votes does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kbgen.errors import KbgenError
from kbgen.feedback.vote import Vote


class StoreError(KbgenError):
    """The store cannot take or give votes right now."""


class Store(Protocol):
    """Keeps votes; a method that returns has done its work durably."""

    def save(self, votes: Sequence[Vote]) -> None:
        """Store votes in one transaction, each replacing an earlier one of the same id.

        Returns after the commit reached the disk; raises a `StoreError` where it did not.
        """

    def votes(self) -> list[Vote]:
        """Every vote, in the order in which their ids first came."""

    def close(self) -> None:
        """Let go of the database."""
