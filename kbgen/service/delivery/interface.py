"""What a delivery does, and how it says that it could not."""

from __future__ import annotations

from typing import Protocol

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message


class UnreachableError(KbgenError):
    """The other side takes nothing now, whatever the message; its text holds nothing personal and no password."""


class RefusedError(KbgenError):
    """The other side does not take this message now; its text holds nothing personal and no password."""


class Delivery(Protocol):
    """Hands messages over to one place. A message may come again; its id tells that it is the same."""

    @property
    def name(self) -> str:
        """The place as logs may show it, without passwords and keys."""

    def deliver(self, message: Message) -> None:
        """Return when the other side has the message; raises an `UnreachableError` or a `RefusedError`."""
