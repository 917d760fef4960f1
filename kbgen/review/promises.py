"""Broken promises as a cause: answer phrases that do not find their article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kbgen.review.item import Cause
from kbgen.search.contract import Broken


def promise_cause(broken: Sequence[Broken], file: str) -> Iterator[Cause]:
    """The phrases of one article that find others; each counts as one reader, as nobody has measured them."""
    if broken:
        phrases = [each.promise.phrase for each in broken]
        first = ", ".join(broken[0].first) or "nothing"
        others = f", and {len(phrases) - 1} more" if len(phrases) > 1 else ""
        yield Cause(
            kind="answers",
            readers=float(len(phrases)),
            evidence=f"its answer phrase “{phrases[0]}” finds {first}{others}",
            action=f'see what counts (kbgen search --explain "{phrases[0]}"); say it in title or description of {file}',
            facts={"phrases": phrases},
        )
