"""What a store of votes does, and how one is opened by its URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kbgen.errors import KbgenError, nearest
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


def open_store(url: str, *, create: bool = True) -> Store:
    """The store at `url`, such as sqlite:///votes.sqlite (relative) or sqlite:////var/lib/kbgen/votes.sqlite.

    With `create=False` a database that does not exist is an error. Raises a `KbgenError`.
    """
    from kbgen.feedback.store.sqlite import open_sqlite  # noqa: PLC0415 - the table of stores is below the protocol

    openers: dict[str, Callable[..., Store]] = {"sqlite": open_sqlite}
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in openers:
        near = nearest(scheme, openers)
        hint = f"did you mean '{near}'?" if near else "for example sqlite:///votes.sqlite"
        raise KbgenError(f"no store is known for '{url}'", hint=hint)
    return openers[scheme](rest, create=create)
