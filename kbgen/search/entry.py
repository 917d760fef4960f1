"""The search entry: one article with its parts, as the index holds it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import KbgenError, Where
from kbgen.search.part import Part

FILE = "search/entries.json"
"""Where the entries lie below the site."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What can be found of one article; `url` is relative to the site's root."""

    article: str
    url: str
    kind: str
    section: str
    lang: str
    title: str
    description: str
    answers: tuple[str, ...]
    parts: tuple[Part, ...]


def fragment(entry: Entry) -> str:
    """One entry as it stands among the others."""
    data = {**vars(entry), "parts": [vars(part) for part in entry.parts]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def as_json(entries: Iterable[Entry]) -> str:
    """All entries, by path, for the readers."""
    return joined(fragment(entry) for entry in sorted(entries, key=lambda entry: entry.article))


def joined(fragments: Iterable[str]) -> str:
    """All entries for the readers, from what `fragment` made of each, by path."""
    return f'{{"schema_version":1,"entries":[{",".join(fragments)}]}}\n'


def read_entries(site: Path) -> tuple[Entry, ...]:
    """The entries of a built site; raises a `KbgenError` where there is none."""
    file = site / FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return tuple(
            Entry(**{**e, "answers": tuple(e["answers"]), "parts": tuple(Part(**part) for part in e["parts"])})
            for e in data["entries"]
        )
    except FileNotFoundError as error:
        raise KbgenError(
            f"there is no built site in '{site.name}/' to search", hint="build it first: kbgen build"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KbgenError(
            "the search entries cannot be read", where=Where(path=str(file)), hint="build the site anew: kbgen build"
        ) from error
