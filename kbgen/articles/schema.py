"""YAML into frozen dataclasses, with every problem named by file and line.

The dataclass is the schema: a field's annotation says what is accepted, its metadata what it means.
Accepted annotations: `str`, `bool`, `float`, `date`, a `StrEnum`, a class with a `parse(text)` of its own, another
dataclass; each of them with `| None` or in a `tuple[…, ...]`; and `dict[str, str]`.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import yaml

from kbgen.articles.yaml_tree import is_null, pairs_of
from kbgen.errors import KbgenError, Where, nearest

T = TypeVar("T")
Report = Callable[[KbgenError], None]


def key(doc: str, default: object = MISSING) -> Any:  # noqa: ANN401 - the type is the annotation beside it
    """A field of a schema: `doc` is its meaning in the writer's words; no `default` makes it required."""
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"doc": doc})
    if default is MISSING:
        return field(metadata={"doc": doc})
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads YAML nodes of one file; problems go to `report`, and reading goes on."""

    path: str
    first_line: int
    report: Report

    def where(self, node: yaml.Node) -> Where:
        """The place of a node in the file."""
        mark = node.start_mark
        return Where(path=self.path, line=self.first_line + mark.line, column=mark.column + 1)

    def complain(self, node: yaml.Node, problem: str, hint: str = "") -> None:
        """Report a problem at a node."""
        self.report(KbgenError(problem, where=self.where(node), hint=hint))

    def read(self, node: yaml.Node | None, schema: type[T], *, others: Iterable[str] | None = None) -> T | None:
        """The dataclass `schema` filled from a mapping, or `None` where a required key is missing.

        With `others` given, keys outside the schema pass unless they look like a typo of a known key;
        `others` names the foreign keys that must never be taken for a typo. Without it they are problems.
        """
        if node is not None and not isinstance(node, yaml.MappingNode):
            self.complain(node, "expected 'key: value' lines here", hint="for example 'title: Reset a password'")
            return None
        self.refuse_doubled_keys(node)
        pairs = pairs_of(node)
        misspelt = self._unknown_keys(pairs, schema, others)
        hints = _hints(schema)  # type: ignore[arg-type]  # every class is hashable
        values: dict[str, object] = {}
        complete = True
        for item in fields(schema):  # type: ignore[arg-type]
            value = self.value(pairs[item.name][1], hints[item.name], item.name) if item.name in pairs else None
            if value is not None:
                values[item.name] = value
            elif item.default is MISSING and item.default_factory is MISSING:
                complete = False
                if item.name in pairs and is_null(pairs[item.name][1]):
                    self.complain(
                        pairs[item.name][1], f"'{item.name}' is empty", f"write something after '{item.name}:'"
                    )
                elif item.name not in pairs and item.name not in misspelt:
                    self._missing(node, item.name)
        return schema(**values) if complete else None

    def refuse_doubled_keys(self, node: yaml.Node | None) -> None:
        """Complain of keys that stand twice in a mapping: only the last would count."""
        seen: set[str] = set()
        for name, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(name, yaml.ScalarNode) and name.value != "<<":
                if name.value in seen:
                    problem = f"'{name.value}' stands here a second time"
                    self.complain(name, problem, "keep one, with everything below it")
                seen.add(name.value)

    def _missing(self, node: yaml.Node | None, name: str) -> None:
        where = self.where(node) if node else Where(path=self.path, line=1)
        self.report(KbgenError(f"'{name}' is missing", where=where, hint=f"add a line '{name}: …'"))

    def _unknown_keys(
        self, pairs: Mapping[str, tuple[yaml.Node, yaml.Node]], schema: type, others: Iterable[str] | None
    ) -> set[str]:
        """Complain of keys that the schema does not know; the known keys that they look like."""
        known = [item.name for item in fields(schema)]
        meant = set()
        for name, (node, _) in pairs.items():
            if name in known or (others is not None and name in others):
                continue
            near = nearest(name, known)
            if near:
                meant.add(near)
                self.complain(node, f"unknown key '{name}'", f"did you mean '{near}'?")
            elif others is None:
                self.complain(node, f"unknown key '{name}'", f"known keys: {', '.join(known)}")
        return meant

    def value(self, node: yaml.Node, kind: Any, name: str) -> object | None:  # noqa: ANN401 - an annotation
        """The value of key `name`, read as the annotation `kind`; `None` where it was left empty or is wrong."""
        kind = without_none(kind)
        if is_null(node):
            return None
        if get_origin(kind) is tuple:
            return self._sequence(node, get_args(kind)[0], name)
        if get_origin(kind) is dict:
            return self._texts_by_key(node, name)
        if is_dataclass(kind) and isinstance(kind, type) and not has_parser(kind):
            return self.read(node, kind)
        if not isinstance(node, yaml.ScalarNode):
            self.complain(node, f"'{name}' takes one value, not a list or a mapping")
            return None
        return self._scalar(node, kind, name)

    def _sequence(self, node: yaml.Node, kind: Any, name: str) -> object | None:  # noqa: ANN401 - an annotation
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if isinstance(node, yaml.MappingNode) and not is_dataclass(kind):
            self.complain(node, f"'{name}' takes a list", hint=f"write '{name}:' and one '- …' line for each")
            return None
        values = [self.value(item, kind, name) for item in items]
        return tuple(value for value in values if value is not None)

    def _texts_by_key(self, node: yaml.Node, name: str) -> object | None:
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, f"'{name}' takes 'key: value' lines", hint=f"for example '{name}: {{en: file.vtt}}'")
            return None
        texts = {k: self.value(value, str, f"{name}.{k}") for k, (_, value) in pairs_of(node).items()}
        return {k: text for k, text in texts.items() if text}

    def _scalar(self, node: yaml.ScalarNode, kind: Any, name: str) -> object | None:  # noqa: ANN401 - an annotation
        text = str(node.value).strip()
        if kind is str:
            return text
        if has_parser(kind):
            return self._parsed(node, text, kind)
        if kind is bool:
            return self._boolean(node, text, name)
        if kind is date:
            return self._date(node, text, name)
        if kind is float:
            return self._seconds(node, text, name)
        if issubclass(kind, StrEnum):
            return self._choice(node, text, kind, name)
        raise TypeError(f"no reader for {kind!r}")

    def _parsed(self, node: yaml.Node, text: str, kind: Any) -> object | None:  # noqa: ANN401 - a class with a parser
        try:
            return cast("object", kind.parse(text))
        except KbgenError as error:
            self.complain(node, error.problem, error.hint)
            return None

    def _boolean(self, node: yaml.Node, text: str, name: str) -> bool | None:
        if text.lower() in {"true", "yes", "on"}:
            return True
        if text.lower() in {"false", "no", "off"}:
            return False
        self.complain(node, f"'{name}' is true or false, not '{text}'")
        return None

    def _date(self, node: yaml.Node, text: str, name: str) -> date | None:
        try:
            return datetime.fromisoformat(text).date()
        except ValueError:
            self.complain(
                node, f"'{name}' is not a date: '{text}'", hint="write year-month-day, for example 2026-11-23"
            )
            return None

    def _seconds(self, node: yaml.Node, text: str, name: str) -> float | None:
        try:
            parts = [float(part) for part in text.split(":")]
        except ValueError:
            parts = []
        if not parts or len(parts) > 3 or min(parts) < 0 or not all(map(math.isfinite, parts)):
            self.complain(node, f"'{name}' is not a length of time: '{text}'", hint="write seconds (83) or 1:23")
            return None
        return float(sum(part * 60.0**power for power, part in enumerate(reversed(parts))))

    def _choice(self, node: yaml.Node, text: str, kind: type[StrEnum], name: str) -> StrEnum | None:
        known = [choice.value for choice in kind]
        if text in known:
            return kind(text)
        near = nearest(text, known)
        hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(known)}"
        self.complain(node, f"'{text}' is not a {name}", hint=hint)
        return None


@cache
def _hints(schema: type) -> dict[str, Any]:
    return get_type_hints(schema)


def has_parser(kind: type) -> bool:
    """Whether the class reads its own text: `parse(text)`, which raises a `KbgenError`."""
    return hasattr(kind, "parse")


def without_none(kind: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    """The annotation without its `| None`."""
    if get_origin(kind) in {Union, types.UnionType}:
        (kind,) = [arg for arg in get_args(kind) if arg is not type(None)]
    return kind
