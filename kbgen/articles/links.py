"""Links: where an article points, with the line of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kbgen.articles.article import Article, posix

_INLINE = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<target>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?"
)
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


def internal_links(article: Article) -> Iterator[Link]:
    """The links and pictures of an article that name a file of the help centre, in the order of the text."""
    found = sorted(
        (match.start("target"), match["target"])
        for pattern in (_INLINE, _DEFINITION)
        for match in pattern.finditer(article.prose)
    )
    for start, target in found:
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        yield Link(
            target=target,
            path=posix(article.path, unquote(parts.path)),
            anchor=parts.fragment,
            line=article.body_line + article.prose.count("\n", 0, start),
        )
