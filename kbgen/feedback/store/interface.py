"""What a store of feedback does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.search import Search
from kbgen.feedback.tally import Comment, Mislead, Tally

Received = Ballot | Search | Message
"""What readers send."""


class StoreError(KbgenError):
    """The store cannot take or give anything right now."""


class UnstorableError(StoreError):
    """The store is well, and something in a group is not what it can keep."""


class Store(Protocol):
    """Keeps ballots and messages and counts searches; a method that returns has done its work durably."""

    def save(self, received: Sequence[Received], today: date) -> None:
        """Store what came, in one transaction, and return after the commit reached the disk.

        A ballot replaces the one of the same id and the one of the same visitor, which tells article, revision and
        section apart, and keeps the earlier day. Raises a `StoreError` where nothing was stored.
        """

    def salt(self, today: date) -> str:
        """The salt of the day, the same for every process. Salts of other days, and what they made, are destroyed."""

    def tallies(self) -> list[Tally]:
        """The votes that count, in numbers."""

    def comments(self, article: str = "", *, most: int = 1_000_000) -> list[Comment]:
        """What readers wrote beside votes that count, of one article or of all, the latest first."""

    def misleads(self) -> list[Mislead]:
        """The searches that led to articles that were not what somebody looked for."""

    def searches(self, since: date) -> list[SearchCount]:
        """How often each query was searched for from that day on."""

    def ballots(self, *, held: bool | None = None) -> Iterator[Ballot]:
        """Every ballot in the order in which the ids first came; those held back, those that count, or all."""

    def restore(self, ballots: Iterable[Ballot]) -> int:
        """Store ballots that were exported; the number of those that were new. A ballot that is here stays as it is."""

    def release(self, ids: Sequence[str]) -> int:
        """Let ballots count that were held back; the number of those found."""

    def erase(self, article: str) -> int:
        """Delete the ballots of one article, and return how many there were."""

    def redact(self, ids: Sequence[str]) -> int:
        """Delete the comments of some ballots, and return how many there were. Their votes stay."""

    def forget(self, *, comments: date, searches: date, rare: date) -> int:
        """Delete comments and searches older than these days, and return how many. Votes stay.

        `rare` is for searches that too few people made to be shown.
        """

    def messages(self, most: int = 100) -> list[Message]:
        """Messages that wait to be handed over, the oldest first."""

    def handed_over(self, ids: Sequence[str]) -> None:
        """Delete messages that reached a person."""

    def check(self) -> list[str]:
        """Compare all that is kept with what was acknowledged; a sentence for each fault."""

    def close(self) -> None:
        """Let go of the database."""
