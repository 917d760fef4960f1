"""Lines of a text, none longer than a limit: what is longer is passed over without being held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

LONGEST = 10_000_000
"""Characters of the longest line, cell or object that is read."""

TOO_LONG = f"longer than {LONGEST // 1_000_000} million characters"
_STEP = 1 << 20


class TooLongError(Exception):
    """A line that was passed over."""


class Lines:
    """The lines of a stream; asking for the next raises `TooLongError` once for each that is too long."""

    def __init__(self, stream: IO[str]) -> None:
        """Begin where the stream stands."""
        self._stream = stream
        self.number = 0
        """The number of the line that was given last."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= LONGEST and not line.endswith(("\n", "\r")):
            while (more := self._stream.readline(_STEP)) and not more.endswith(("\n", "\r")):
                pass
            raise TooLongError
        return line
