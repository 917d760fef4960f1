"""Front matter that cannot be read as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.articles.library import UnreadableFileError
from kbgen.checks.interface import Finding, HelpCentre, finding

ID = "front-matter"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each problem in a front matter."""
    for problem in centre.library.problems:
        if not isinstance(problem, UnreadableFileError):
            yield finding(ID, problem)
