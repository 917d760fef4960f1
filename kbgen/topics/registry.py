"""The registry: what is remembered of topics, in `topics.lock` (committed) and below `.kbgen/` (not)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole
from kbgen.topics.lock import LOCK
from kbgen.topics.mining import MiningSettings
from kbgen.topics.topic import Topic

CACHE = "topics.json"


@dataclass(frozen=True, kw_only=True)
class Registry:
    """The topics of a help centre and what people decided about them."""

    topics: tuple[Topic, ...] = ()
    answered: Mapping[str, str] = field(default_factory=dict)
    """Path of the article that a person accepted as the answer, by topic id."""
    dismissed: frozenset[str] = frozenset()
    """Ids that a person set aside."""
    remembered: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """Phrases of each topic of the lock file, by id: how a topic is known again when `.kbgen/` was deleted."""

    def topic(self, id_: str) -> Topic:
        """The topic of that id; raises a `KbgenError` that names the near ones."""
        for topic in self.topics:
            if topic.id in {id_, f"t-{id_}"}:
                return topic
        raise KbgenError(f"there is no topic '{id_}'", hint="list them with: kbgen topics list")


def read_registry(root: Path, state: Path) -> Registry:
    """What is known; empty before the first import."""
    lock = _read_json(root / LOCK)
    cached = _read_json(state / CACHE).get("topics", [])
    try:
        decisions = lock.get("decisions", {})
        return Registry(
            topics=tuple(_topic(data) for data in cached),
            answered={str(id_): str(path) for id_, path in decisions.get("answered", {}).items()},
            dismissed=frozenset(map(str, decisions.get("dismissed", []))),
            remembered={topic["id"]: tuple(topic["phrases"]) for topic in lock.get("topics", [])},
        )
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        raise KbgenError(
            "the found topics cannot be read",
            where=Where(path=LOCK),
            hint="take the last committed version, or import the tickets again: kbgen topics import",
        ) from error


def write_registry(root: Path, state: Path, registry: Registry, *, embedding: str, settings: MiningSettings) -> None:
    """Remember topics: texts and members stay below `.kbgen/`, the lock file holds ids, sizes and shared phrases."""
    cache = {"schema_version": 1, "topics": [asdict(topic) for topic in registry.topics]}
    write_whole(state / CACHE, json.dumps(cache, indent=1, ensure_ascii=False) + "\n")
    lock = {
        "schema_version": 1,
        "embedding": embedding,
        "settings": settings.as_json(),
        "topics": [
            {"id": t.id, "tickets": t.size, "people": t.people, "phrases": list(t.phrases)}
            for t in sorted(registry.topics, key=lambda topic: topic.id)
        ],
    }
    _write_lock(root, lock, registry)


def write_decisions(root: Path, registry: Registry) -> None:
    """Remember what people decided, and leave the rest of the lock file as it is."""
    _write_lock(root, _read_json(root / LOCK) or {"schema_version": 1, "topics": []}, registry)


def _write_lock(root: Path, lock: Mapping[str, Any], registry: Registry) -> None:
    decisions = {"answered": dict(sorted(registry.answered.items())), "dismissed": sorted(registry.dismissed)}
    write_whole(root / LOCK, json.dumps({**lock, "decisions": decisions}, indent=1, ensure_ascii=False) + "\n")


def _read_json(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        hint = "mend it, or take the last committed version" if file.name == LOCK else "delete it and import again"
        raise KbgenError("this is not valid JSON", where=Where(path=str(file)), hint=hint) from error
    return data if isinstance(data, dict) else {}


def _topic(data: Mapping[str, Any]) -> Topic:
    lists = {name: tuple(data[name]) for name in ("phrases", "examples", "tickets")}
    return Topic(**{**data, **lists})
