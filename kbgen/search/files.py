"""The files of the whole index: that of each language, and an entry for each article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbgen.search.builder import Builder
from kbgen.search.entry import FOLDER
from kbgen.search.manifest import article_file
from kbgen.search.terms import Terms


@dataclass(frozen=True)
class FileForm:
    """How a site holds the files of its index."""

    are_scripts: bool
    """Whether each is a script that hands its text over: pages on a disk can load nothing else."""

    def path(self, name: str) -> str:
        """Where a file lies below the site."""
        return f"{FOLDER}/{name}.js" if self.are_scripts else f"{FOLDER}/{name}"

    def data(self, name: str, text: str) -> bytes:
        """What the file holds."""
        if not self.are_scripts:
            return text.encode()
        return f"kbgenSearch({json.dumps(name)},{json.dumps(text)})\n".encode()


AS_TEXT, AS_SCRIPTS = FileForm(are_scripts=False), FileForm(are_scripts=True)
_INDEX = re.compile(
    r"search/[\w-]+(?:\.json|/(?:\d+|words)\.[0-9a-f]{6}\.txt|/facets\.[0-9a-f]{6}\.json|/a/\d+\.json)(?:\.js)?"
)


def is_index_file(path: str) -> bool:
    """Whether a file of a site belongs to its index; articles may lie in a folder `search/`, too."""
    return _INDEX.fullmatch(path) is not None


def index_files(entries: Mapping[str, str], terms: Mapping[str, Terms]) -> Iterator[tuple[str, str]]:
    """Every file below `search/`, from the entries and terms of the articles by path; manifests come last."""
    for builder in builders(terms):
        for path, slot in builder.slots.items():
            yield article_file(builder.code, slot), entries[path]
        for name, text in builder.files():
            if text is not None:
                yield name, text


def builders(terms: Mapping[str, Terms]) -> Iterator[Builder]:
    """What makes the index of each language."""
    paths: dict[str, list[str]] = {}
    for path, each in terms.items():
        paths.setdefault(each.lang, []).append(path)
    for code in sorted(paths):
        yield Builder(code=code, articles=Chosen(terms, paths[code]))


class Chosen(Mapping[str, Terms]):
    """Some of many terms."""

    def __init__(self, terms: Mapping[str, Terms], paths: list[str]) -> None:
        """Choose those of the given paths."""
        self.terms, self.paths = terms, dict.fromkeys(paths)

    def __getitem__(self, path: str) -> Terms:
        """The terms of an article."""
        if path not in self.paths:
            raise KeyError(path)
        return self.terms[path]

    def __iter__(self) -> Iterator[str]:
        """The paths."""
        return iter(self.paths)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.paths)
