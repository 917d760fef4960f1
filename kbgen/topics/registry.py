"""The registry: what is remembered of topics, in `topics.lock` (committed) and below `.kbgen/` (not)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Protocol

from kbgen.errors import KbgenError, Where, nearest
from kbgen.outputs.files import write_whole
from kbgen.topics.lock import Decisions, Lock, LockedTopic, lock_text, read_lock
from kbgen.topics.topic import Topic

CACHE = "topics.json"


class Thresholds(Protocol):
    """The settings that topics were found with."""

    def as_json(self) -> dict[str, float]:
        """Each by its name."""


@dataclass(frozen=True, kw_only=True)
class Registry(Decisions):
    """The topics of a help centre and what people decided about them."""

    topics: tuple[Topic, ...] = ()
    fitted: int = 0
    """How many tickets there were when all of them were last grouped together."""
    unplaced: frozenset[str] = frozenset()
    """Tickets that were looked at and are in no topic."""
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Tickets of topics that are not found any more, but that somebody decided about, by id."""
    remembered: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """Phrases of each topic of the lock file, by id: how a topic is known again when `.kbgen/` was deleted."""

    def topic(self, id_: str) -> Topic:
        """The topic of that id, or the one that it was merged into; raises a `KbgenError` that names a near one."""
        by_id = {topic.id: topic for topic in self.topics}
        for name in (id_, f"t-{id_}"):
            if (now := self.resolve(name)) in by_id:
                return by_id[now]
        near = nearest(id_, by_id)
        hint = f"did you mean '{near}'? " if near else ""
        raise KbgenError(f"there is no topic '{id_}'", hint=f"{hint}list them with: kbgen topics list")

    def known(self, id_: str) -> str:
        """The present id of a topic found here or on another machine; raises a `KbgenError` where there is none."""
        for name in (id_, f"t-{id_}"):
            if (now := self.resolve(name)) in self.remembered:
                return now
        return self.topic(id_).id


def read_registry(root: Path, state: Path) -> Registry:
    """What is known; empty before the first import."""
    lock = read_lock(root)
    cached = _read_cache(state / CACHE)
    remembered = {**lock.retired, **{topic.id: topic.phrases for topic in lock.topics}}
    return with_labels(
        Registry(
            **{part.name: getattr(lock.decisions, part.name) for part in fields(Decisions)},
            topics=cached.topics,
            fitted=cached.fitted,
            unplaced=cached.unplaced,
            retired=cached.retired,
            remembered=remembered,
        )
    )


def with_labels(registry: Registry) -> Registry:
    """The registry with each topic called what a person calls it."""
    labels = registry.labels
    topics = tuple(replace(topic, label=labels.get(topic.id, topic.label)) for topic in registry.topics)
    return replace(registry, topics=topics)


def write_registry(root: Path, state: Path, registry: Registry, *, embedding: str, settings: Thresholds) -> None:
    """Remember topics: texts and members stay below `.kbgen/`, the lock file holds ids, sizes and shared phrases."""
    write_cache(state, registry)
    _write_lock(root, registry, Lock(embedding=embedding, settings=settings.as_json(), topics=_locked(registry)))


def write_decisions(root: Path, registry: Registry) -> None:
    """Remember what people decided, and leave the rest of the lock file as it is."""
    _write_lock(root, registry, read_lock(root))


def write_arranged(root: Path, state: Path, registry: Registry) -> None:
    """Remember decisions that move tickets from one topic to another; how topics were found stays as it is."""
    write_cache(state, registry)
    _write_lock(root, registry, replace(read_lock(root), topics=_locked(registry)))


def write_cache(state: Path, registry: Registry) -> None:
    """Remember below `.kbgen/` which tickets each topic has."""
    rows = ",\n".join(json.dumps(asdict(topic), ensure_ascii=False) for topic in registry.topics)
    retired = json.dumps(dict(sorted(registry.retired.items())))
    unplaced = json.dumps(sorted(registry.unplaced))
    numbers = f'"schema_version": 1, "fitted": {registry.fitted}'
    head = f'{{{numbers}, "unplaced": {unplaced}, "retired": {retired}, "topics": ['
    write_whole(state / CACHE, f"{head}\n{rows}\n]}}\n")


def _locked(registry: Registry) -> tuple[LockedTopic, ...]:
    return tuple(
        LockedTopic(id=t.id, tickets=t.size, people=t.people, phrases=t.phrases)
        for t in sorted(registry.topics, key=lambda topic: topic.id)
    )


def _write_lock(root: Path, registry: Registry, lock: Lock) -> None:
    present = {topic.id for topic in lock.topics}
    gone = sorted(registry.decided - present - set(registry.merged))
    decisions = Decisions(**{part.name: getattr(registry, part.name) for part in fields(Decisions)})
    retired = {id_: registry.remembered[id_] for id_ in gone if id_ in registry.remembered}
    write_whole(root / "topics.lock", lock_text(replace(lock, retired=retired, decisions=decisions)))


@dataclass(frozen=True, kw_only=True)
class _Cached:
    topics: tuple[Topic, ...] = ()
    fitted: int = 0
    unplaced: frozenset[str] = frozenset()
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _read_cache(file: Path) -> _Cached:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return _Cached(
            topics=tuple(map(_topic, data["topics"])),
            fitted=int(data.get("fitted", 0)),
            unplaced=frozenset(map(str, data.get("unplaced", ()))),
            retired={id_: tuple(tickets) for id_, tickets in data.get("retired", {}).items()},
        )
    except FileNotFoundError:
        return _Cached()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise KbgenError(
            "the found topics cannot be read",
            where=Where(path=str(file)),
            hint="delete the file and import the tickets again: kbgen topics import",
        ) from error


def _topic(data: Mapping[str, Any]) -> Topic:
    parts: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in data.items()}
    return Topic(**parts)
