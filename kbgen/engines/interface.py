"""What an engine does: it gives each part of the work to a function, wherever that runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Protocol, Self, TypeVar

P = TypeVar("P")
R = TypeVar("R")


class Engine(Protocol):
    """Runs a function of the module level, so that other processes can import it, over parts that can be pickled.

    An engine is a context: what it has started ends with it.
    """

    def map(self, function: Callable[[P], R], parts: Iterable[P]) -> Iterator[R]:
        """The results in the order of the parts, which are read only as far as a few are under way.

        What the function raises is raised here; a worker that is lost does not lose its part.
        """

    def __enter__(self) -> Self:
        """Nothing is started yet."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End what was started."""


def portions(items: Iterable[P], size: int) -> Iterator[list[P]]:
    """The items, `size` of them at a time; the last portion may be smaller. Never an empty one."""
    rest = iter(items)
    while portion := list(islice(rest, size)):
        yield portion
