"""Open boxes in published articles that were made from tickets: questions that nobody has answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kbgen.articles.article import Article
from kbgen.checks.interface import Finding, HelpCentre, Level

ID = "boxes"

_BOX = re.compile(r"^[ \t]*[-*+] \[ \]", re.MULTILINE)
_PROPOSED = re.compile(r"^<!-- kbgen:", re.MULTILINE)


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each published article that answers a topic, or holds a proposal, and has an open box.

    Boxes of other articles are lists for readers, and nobody's open questions.
    """
    for article in centre.library.published:
        lines = _open_boxes(article)
        if lines:
            count = f"{len(lines)} boxes are" if len(lines) > 1 else "1 box is"
            yield Finding(
                id=ID,
                level=Level.ERROR,
                path=centre.shown(article.path),
                line=lines[0],
                message=f"{count} still open in an article made from tickets",
                hint="answer each in the text and take the box out, or set 'state: draft' until then",
            )


def _open_boxes(article: Article) -> list[int]:
    if not (article.meta.topics or _PROPOSED.search(article.body)):
        return []
    return [article.prose.count("\n", 0, match.end()) + article.body_line for match in _BOX.finditer(article.prose)]
