"""Files that cannot be used at all: too large, not UTF-8, not readable."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.articles.library import UnreadableFileError
from kbgen.checks.interface import Finding, HelpCentre, finding

ID = "file"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each file that was refused."""
    for problem in centre.library.problems:
        if isinstance(problem, UnreadableFileError):
            yield finding(ID, problem)
