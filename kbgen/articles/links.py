"""Links: where an article points, with the line of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kbgen.articles.article import Article, posix, remembered

_INLINE = re.compile(
    r"(?<!\\)\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<target>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*))(?=[\s)])"
)
"""The part of a link or a picture behind its text, so that a picture inside a link is found as well."""

_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:[ \t]*<?(?P<target>\S+?)>?(?:[ \t]|$)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link of an article to a file of the same help centre."""

    target: str
    """As it is written."""
    path: str | None
    """The file below `content/` that it names; `None` where it leaves `content/`."""
    anchor: str
    line: int


@remembered
def internal_links(article: Article) -> tuple[Link, ...]:
    """The links and pictures of an article that name a file of the help centre, in the order of the text."""
    return tuple(_internal(article))


def _internal(article: Article) -> Iterator[Link]:
    for start, target in sorted(_targets(article.prose)):
        try:
            parts = urlsplit(target)
        except ValueError:  # such as http://[half-an-address
            continue
        if parts.scheme or parts.netloc or not parts.path:
            continue
        yield Link(
            target=target,
            path=posix(article.path, unquote(parts.path)),
            anchor=parts.fragment,
            line=article.body_line + article.prose.count("\n", 0, start),
        )


def _targets(prose: str) -> Iterator[tuple[int, str]]:
    for match in _INLINE.finditer(prose):
        if _has_text(prose, match.start()):
            group = "angled" if match["angled"] is not None else "target"
            yield match.start(group), match[group]
    for match in _DEFINITION.finditer(prose):
        yield match.start("target"), match["target"]


def _has_text(prose: str, end: int) -> bool:
    """Whether an unescaped bracket opens the text that closes at `end`, in the same paragraph."""
    depth = 0
    for place in range(end, max(-1, end - 2000), -1):
        if prose[place - 1 : place] == "\\":
            continue
        depth += (prose[place] == "]") - (prose[place] == "[")
        if depth == 0:
            return True
        if prose[place - 1 : place + 1] == "\n\n":
            return False
    return False
