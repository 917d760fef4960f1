"""The search entry: one article with its parts, as the index holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.search.part import Part

FOLDER = "search"
"""Where the index lies below the site: the manifest of each language, and a folder for what it names."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What can be found of one article; `url` is relative to the site's root."""

    article: str
    url: str
    kind: str
    trail: tuple[str, ...]
    """The titles of the sections that it lies in, outermost first."""
    lang: str
    title: str
    description: str
    answers: tuple[str, ...]
    parts: tuple[Part, ...]
    products: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    prior: float = 0.0
    """What is added to its score, as a share of it, for what its readers said; whatever is asked."""

    def as_json(self) -> str:
        """The entry as its file holds it."""
        data = {**vars(self), "parts": [part.as_json() for part in self.parts]}
        if not self.prior:
            del data["prior"]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_entry(text: str) -> Entry:
    """The entry that `as_json` wrote; raises a `ValueError`, `KeyError` or `TypeError` where it is none."""
    return entry_of(json.loads(text))


def entry_of(data: Mapping[str, Any]) -> Entry:
    """The entry whose JSON has been read; raises a `KeyError` or `TypeError` where it is none."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in dict(data).items()
    }
    values["parts"] = tuple(Part(**part) for part in data["parts"])
    return Entry(**values)


def entry_files(site: Path) -> list[Path]:
    """The file of each entry of a built site; raises a `KbgenError` where there is no index."""
    folder = site / FOLDER
    if not any(folder.glob("*.json")):
        raise KbgenError(f"there is no built site in '{site.name}/' to search", hint="build it first: kbgen build")
    return sorted(folder.glob("*/a/*.json"))


def read_entries(site: Path) -> tuple[Entry, ...]:
    """The entries of a built site, by path; raises a `KbgenError` where there are none."""
    return tuple(sorted(map(_read, entry_files(site)), key=lambda entry: entry.article))


def _read(file: Path) -> Entry:
    try:
        return read_entry(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KbgenError(
            "the search entry cannot be read", where=Where(path=str(file)), hint="build the site anew: kbgen build"
        ) from error
