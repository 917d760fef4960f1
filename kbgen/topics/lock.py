"""The lock file: what `topics.lock` says of topics and of people's decisions, read without what finds topics.

One topic and one decision a line, sorted, so that git shows what changed and two branches seldom meet in one line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kbgen.errors import KbgenError, Where

LOCK = "topics.lock"
SCHEMA = 1
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class LockedTopic:
    """A topic as it is committed: how large it is, and what its tickets share."""

    id: str
    tickets: int
    people: int
    """How many requesters; 0 where the export did not say."""
    phrases: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A person's decision that a topic asks the same as another."""

    into: str
    phrases: tuple[str, ...] = ()
    """What its tickets shared: how it is known again where `.kbgen/` was deleted."""


@dataclass(frozen=True, kw_only=True)
class Split:
    """A person's decision that the tickets of a topic that hold a phrase ask something else."""

    source: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became of a topic, or where it came from, when topics were found anew."""

    kind: str
    """`merged_into`, for an id that is gone, or `split_from`, for one that is new."""
    topic: str
    on: str
    """The day, as year-month-day."""


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """What people decided about topics, by the id of the topic, and what became of ids."""

    answered: Mapping[str, str] = field(default_factory=dict)
    """Path of the article that a person accepted as the answer."""
    dismissed: Mapping[str, str] = field(default_factory=dict)
    """Why a person set the topic aside."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a person calls the topic."""
    merged: Mapping[str, Merge] = field(default_factory=dict)
    splits: Mapping[str, Split] = field(default_factory=dict)
    """How a topic was split off, by its new id."""
    history: Mapping[str, Change] = field(default_factory=dict)

    def resolve(self, id_: str) -> str:
        """The id that a topic has now: its own, or that of the topic that it was merged into."""
        seen = {id_}
        while (heir := self._heir(id_)) and heir not in seen:
            id_ = heir
            seen.add(id_)
        return id_

    def _heir(self, id_: str) -> str:
        if id_ in self.merged:
            return self.merged[id_].into
        change = self.history.get(id_)
        return change.topic if change and change.kind == "merged_into" else ""

    @property
    def decided(self) -> frozenset[str]:
        """Ids that a person named in a decision; they are never forgotten."""
        named = {*self.answered, *self.dismissed, *self.labels, *self.merged, *self.splits}
        return frozenset(named | {m.into for m in self.merged.values()} | {s.source for s in self.splits.values()})


@dataclass(frozen=True, kw_only=True)
class Lock:
    """All that `topics.lock` says."""

    embedding: str = ""
    settings: Mapping[str, float] = field(default_factory=dict)
    topics: tuple[LockedTopic, ...] = ()
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrases of topics that are not found any more, but that somebody decided about, by id."""
    decisions: Decisions = Decisions()


def read_lock(root: Path) -> Lock:
    """What the lock file says, nothing where there is none; raises a `KbgenError` with the line where it can."""
    file = root / LOCK
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Lock()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable() from error
    try:
        return _lock(json.loads(text))
    except json.JSONDecodeError as error:
        raise _damaged(text, error) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _unreadable() from error


def open_topics(root: Path) -> tuple[LockedTopic, ...]:
    """The topics that nobody has answered or set aside, none where there is no lock file; raises a `KbgenError`."""
    lock = read_lock(root)
    decided = {lock.decisions.resolve(id_) for id_ in lock.decisions.answered if id_ not in lock.decisions.history}
    decided |= set(lock.decisions.dismissed)
    return tuple(topic for topic in lock.topics if topic.id not in decided)


def lock_text(lock: Lock) -> str:
    """The lock file's text: the same for the same contents, in whatever order they come."""
    decided = lock.decisions
    parts = {
        "schema_version": json.dumps(SCHEMA),
        "embedding": json.dumps(lock.embedding),
        "settings": _lines(lock.settings),
        "topics": _rows([{**vars(topic)} for topic in sorted(lock.topics, key=lambda topic: topic.id)]),
        "retired": _lines(lock.retired),
        "answered": _lines(decided.answered),
        "dismissed": _lines(decided.dismissed),
        "labels": _lines(decided.labels),
        "merged": _lines({id_: vars(merge) for id_, merge in decided.merged.items()}),
        "splits": _lines({id_: {"from": split.source, "by": split.by} for id_, split in decided.splits.items()}),
        "history": _lines({id_: {c.kind: c.topic, "on": c.on} for id_, c in decided.history.items()}),
    }
    body = ",\n".join(f'"{name}": {text}' for name, text in parts.items())
    return f"{{\n{body}\n}}\n"


def _lines(values: Mapping[str, object]) -> str:
    """A mapping with one entry a line, by key."""
    lines = [f" {_json(key)}: {_json(values[key])}" for key in sorted(values)]
    return "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"


def _rows(values: list[dict[str, object]]) -> str:
    return "[\n" + ",\n".join(f" {_json(value)}" for value in values) + "\n]" if values else "[]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lock(data: Mapping[str, Any]) -> Lock:
    older = data.get("decisions", {})  # where kbgen 0.1 had them
    kept = {**data, **older}
    dismissed = kept.get("dismissed", {})
    decisions = Decisions(
        answered=_each(kept, "answered", _text),
        dismissed=dict.fromkeys(map(_text, dismissed), "") if older else _each(kept, "dismissed", _text),
        labels=_each(kept, "labels", _text),
        merged=_each(data, "merged", lambda m: Merge(into=_text(m["into"]), phrases=_texts(m["phrases"]))),
        splits=_each(data, "splits", lambda s: Split(source=_text(s["from"]), by=_text(s["by"]))),
        history=_each(data, "history", _change),
    )
    return Lock(
        embedding=_text(data.get("embedding", "")),
        settings=_each(data, "settings", _number),
        topics=tuple(map(_topic, data["topics"])),
        retired=_each(data, "retired", _texts),
        decisions=decisions,
    )


def _each(data: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> dict[str, V]:
    values = data.get(name, {})
    if not isinstance(values, dict):
        raise TypeError(name)
    return {_text(key): read(value) for key, value in sorted(values.items())}


def _topic(data: Mapping[str, Any]) -> LockedTopic:
    return LockedTopic(
        id=_text(data["id"]), tickets=int(data["tickets"]), people=int(data["people"]), phrases=_texts(data["phrases"])
    )


def _change(data: Mapping[str, Any]) -> Change:
    (kind,) = set(data) - {"on"}
    if kind not in {"merged_into", "split_from"}:
        raise ValueError(kind)
    return Change(kind=kind, topic=_text(data[kind]), on=_text(data["on"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(value)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_text, value))


def _damaged(text: str, error: json.JSONDecodeError) -> KbgenError:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(CONFLICT):
            return KbgenError(
                "the file holds a merge conflict",
                where=Where(path=LOCK, line=number),
                hint="keep the lines of both sides, a comma between any two; where both name one id, keep one",
            )
    return KbgenError(
        f"this is not valid JSON: {error.msg}",
        where=Where(path=LOCK, line=error.lineno, column=error.colno),
        hint="mend it, or take the last committed version: git checkout topics.lock",
    )


def _unreadable() -> KbgenError:
    return KbgenError(
        "the topics cannot be read",
        where=Where(path=LOCK),
        hint="take the last committed version: git checkout topics.lock",
    )
