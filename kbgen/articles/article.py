"""The article: one Markdown page that answers one question."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TypeVar

from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.kinds import Kind

LARGEST = 1_000_000
"""Bytes above which a Markdown file is refused: no reader finds anything in it, and every build waits for it."""

_NOT_PROSE = re.compile(
    r"(?=[<`~ \t\n])(?:"  # most places can be passed over at a glance
    r"(?P<comment><!--.*?-->)"
    r"|^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=fence)[ \t]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|(?<=\n)[ \t]*\n(?:(?: {4}|\t)(?![ \t]*(?:(?:[-*+]|\d+\.)[ \t]|`{3}|~{3}))[^\n]*(?:\n|\Z))+)",
    re.MULTILINE | re.DOTALL,
)
"""Comments, fenced code, code in a line, and code by indentation; whichever begins first wins."""


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Article:
    """What kbgen knows of an article, whatever renders it."""

    path: str
    """Source path below `content/`, with forward slashes; identifies the article everywhere."""
    meta: FrontMatter
    body: str
    """The Markdown below the front matter."""
    body_line: int
    """The line of the file on which the body begins."""
    file: Path | None = None
    """Where the article was read from."""

    def __getstate__(self) -> dict[str, object]:
        """What a store keeps: all that is known of the article, without the text itself, which stays in its file."""
        left = {"body", "prose", "file"} if self.file else set()
        return {name: value for name, value in self.__dict__.items() if name not in left}

    def __getattr__(self, name: str) -> object:
        """The body of an article that came from a store is read when somebody asks for it."""
        if name != "body":
            raise AttributeError(name)
        from kbgen.articles.library import read_body  # noqa: PLC0415 - the library knows how files are read

        body = read_body(self)
        self.__dict__["body"] = body
        return body

    @property
    def title(self) -> str:
        """The question or task that the article answers."""
        return self.meta.title

    @property
    def kind(self) -> Kind:
        """What the article is for."""
        return self.meta.kind

    @property
    def section(self) -> str:
        """The folder that holds the article, `""` for the top."""
        return self.path.rpartition("/")[0]

    @property
    def is_index(self) -> bool:
        """Whether the file introduces its section instead of answering a question."""
        return self.path.rpartition("/")[2] in {"index.md", "README.md"}

    @cached_property
    def prose(self) -> str:
        """The body with code and comments blanked out, every other character and line in its place."""
        return _NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.body)

    @cached_property
    def revision(self) -> str:
        """16 hex digits that change when title or body do, whatever happens to white space."""
        words = " ".join(f"{self.title}\n{self.body}".split())
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def remembered(function: Callable[[Article], T]) -> Callable[[Article], T]:
    """Let each article keep what `function` says of it: an article never changes, so neither does the answer."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def asked(article: Article) -> T:
        if name not in article.__dict__:
            article.__dict__[name] = function(article)
        found: T = article.__dict__[name]
        return found

    return asked


def posix(base: str, target: str) -> str | None:
    """The path below `content/` that `target`, written in the file `base`, names; `None` above `content/`.

    A leading slash counts from `content/`.
    """
    parts = [] if target.startswith("/") else base.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
