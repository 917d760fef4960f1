"""Structure: what a reader expects of an article of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable

from kbgen.articles.article import Article, remembered
from kbgen.articles.kinds import Kind


def _has_steps(article: Article) -> bool:
    return re.search(r"^[ \t]*\d+\.[ \t]", article.prose, re.MULTILINE) is not None


def _heading_begins(*words: str) -> Callable[[Article], bool]:
    pattern = re.compile(rf"^#+ *({'|'.join(words)})", re.MULTILINE | re.IGNORECASE)
    return lambda article: pattern.search(article.prose) is not None


def _answers_first(article: Article) -> bool:
    body = re.sub(r"\A\s*# .*", "", article.prose).strip()
    return bool(body) and not body.startswith(("#", "```", "|"))


Rule = tuple[Callable[[Article], bool], str, str]
"""A test, what is missing where it fails, and what to add."""

STRUCTURE: dict[Kind, tuple[Rule, ...]] = {
    Kind.HOW_TO: ((_has_steps, "this how-to has no numbered steps", "number what the reader does: '1. Open …'"),),
    Kind.TROUBLESHOOTING: (
        (_heading_begins("Symptom"), "no heading says what the reader sees", "add a section '## Symptom'"),
        (_heading_begins("Fix", "Solution", "Lösung"), "no heading says how to mend it", "add a section '## Fix'"),
    ),
    Kind.FAQ: ((_answers_first, "the answer does not come first", "answer in the first paragraph"),),
    Kind.VIDEO: (
        (lambda article: article.meta.video is not None, "this video article names no video", "add a 'video:' block"),
    ),
    Kind.COURSE: (
        (lambda article: bool(article.meta.course), "this course lists no lessons", "add 'course:' with paths"),
    ),
}


@remembered
def missing_structure(article: Article) -> list[tuple[str, str]]:
    """What a reader would miss in an article of its kind: pairs of problem and hint."""
    return [(problem, hint) for holds, problem, hint in STRUCTURE[article.kind] if not holds(article)]
