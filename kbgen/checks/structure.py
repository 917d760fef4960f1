"""Articles that lack what a reader expects of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.articles.structure import missing_structure
from kbgen.checks.interface import Finding, HelpCentre, Level

ID = "structure"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One warning for each missing part of a published article."""
    for article in centre.library.published:
        if article.is_index:
            continue
        for problem, hint in missing_structure(article):
            yield Finding(
                id=ID,
                level=Level.WARNING,
                path=centre.shown(article.path),
                line=article.body_line,
                message=f"{problem} (kind: {article.kind})",
                hint=hint,
            )
