"""The lock file: what `topics.lock` says of topics, read without the libraries that find them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import KbgenError, Where

LOCK = "topics.lock"


@dataclass(frozen=True, kw_only=True)
class LockedTopic:
    """A topic as it is committed: how large it is, and what its tickets share."""

    id: str
    tickets: int
    people: int
    """How many requesters; 0 where the export did not say."""
    phrases: tuple[str, ...]


def open_topics(root: Path) -> tuple[LockedTopic, ...]:
    """The topics that nobody has answered or set aside, none where there is no lock file; raises a `KbgenError`."""
    try:
        data = json.loads((root / LOCK).read_text(encoding="utf-8"))
        decisions = data.get("decisions", {})
        decided = {*decisions.get("answered", {}), *decisions.get("dismissed", [])}
        return tuple(
            LockedTopic(
                id=str(t["id"]), tickets=int(t["tickets"]), people=int(t["people"]), phrases=tuple(t["phrases"])
            )
            for t in data["topics"]
            if t["id"] not in decided
        )
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KbgenError(
            "the topics cannot be read", where=Where(path=LOCK), hint="take the last committed version"
        ) from error
