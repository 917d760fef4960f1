"""The serial engine: one part after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Self

from kbgen.engines.interface import P, R


class SerialEngine:
    """Does the work itself."""

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R]:
        """The results in the order of the parts; a part is read when its result is asked for."""
        return map(function, parts)

    def __enter__(self) -> Self:
        """Start nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """End nothing."""
