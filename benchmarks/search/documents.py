"""The documents: articles of foreign help centres, as every engine is given them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import markdown
import yaml

from kbgen.search.part import Part, parts_of

FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*\n", re.DOTALL)
HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
TOGETHER = 50
"""How many files a process reads before it asks for more."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article with its text, whatever wrote it."""

    article: str
    title: str
    description: str
    answers: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings below the title."""
        return tuple(part.heading for part in self.parts if part.heading)

    @property
    def body(self) -> str:
        """The text of all parts, without headings."""
        return " ".join(part.text for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Corpus:
    """All documents of one help centre."""

    name: str
    documents: tuple[Document, ...]


def read_corpus(folder: Path) -> Corpus:
    """The Markdown files of a folder, by path."""
    with Pool() as pool:
        documents = pool.map(partial(read_document, folder), sorted(folder.rglob("*.md")), TOGETHER)
    return Corpus(name=folder.name, documents=tuple(documents))


def read_document(folder: Path, path: Path) -> Document:
    """One file; its title is that of the front matter, or else its first heading, or else its name."""
    text = path.read_text(encoding="utf-8", errors="replace").replace("\r", "")
    meta, text = front_matter(text)
    heading = HEADING.search(text)
    answers = meta.get("answers")
    return Document(
        article=path.relative_to(folder).as_posix(),
        title=str(meta.get("title") or (heading and heading[1]) or path.stem.replace("-", " ")),
        description=str(meta.get("description") or ""),
        answers=tuple(map(str, answers)) if isinstance(answers, list) else (),
        parts=parts_of(markdown.markdown(text, extensions=["extra", "toc"])),
    )


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """What stands above the text, if it can be read, and the text."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text
    try:
        meta = yaml.safe_load(found[1])
    except yaml.YAMLError:
        meta = None
    return meta if isinstance(meta, dict) else {}, text[found.end() :]


def load_corpus(file: Path) -> Corpus:
    """Documents that were written by `dump`; their name is that of the file, without `docs-`."""
    return Corpus(
        name=file.stem.removeprefix("docs-"),
        documents=tuple(
            Document(
                **{**each, "answers": tuple(each["answers"]), "parts": tuple(Part(**part) for part in each["parts"])}
            )
            for each in json.loads(file.read_text(encoding="utf-8"))
        ),
    )


def dump(documents: Sequence[Document], file: Path) -> None:
    """Write documents where an engine of another language reads them."""
    file.write_text(json.dumps([asdict(document) for document in documents], ensure_ascii=False), encoding="utf-8")
