"""The JSON Schema of a dataclass that `schema` reads, for editors."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from kbgen.articles.schema import without_none


def json_schema(schema: type, *, title: str) -> dict[str, object]:
    """The JSON Schema (draft 7, which editors know best) of a dataclass, for editors."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **_object_schema(schema),
        "additionalProperties": True,
    }


def _object_schema(schema: type) -> dict[str, object]:
    hints = get_type_hints(schema)
    items = fields(schema)
    return {
        "type": "object",
        "properties": {
            item.name: {**_value_schema(hints[item.name]), "description": item.metadata["doc"]} for item in items
        },
        "required": [i.name for i in items if i.default is MISSING and i.default_factory is MISSING],
        "additionalProperties": False,
    }


def _value_schema(kind: Any) -> dict[str, object]:  # noqa: ANN401 - an annotation
    kind = without_none(kind)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value_schema(get_args(kind)[0])}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if is_dataclass(kind) and isinstance(kind, type):
        return _object_schema(kind)
    if issubclass(kind, StrEnum):
        return {"enum": [choice.value for choice in kind]}
    simple: dict[type, dict[str, object]] = {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        float: {"type": ["number", "string"]},
        date: {"type": "string", "format": "date"},
    }
    return simple[kind]
