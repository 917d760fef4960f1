"""The report: findings as lines and as JSON."""

from __future__ import annotations

import json

import pytest

from kbgen.checks.interface import Finding, Level
from kbgen.checks.report import as_json, as_text, count

ERROR = Finding(
    id="links", level=Level.ERROR, path="content/a.md", line=3, column=5, message="It's “dead”.", hint="Mend it."
)
WARNING = Finding(id="structure", level=Level.WARNING, path="content/a.md", message="No steps.")
NOTE = Finding(id="answers", level=Level.NOTE, path="site", message="Not built.")


def test_line() -> None:
    """A finding is a line that an editor can jump to, with its hint below it."""
    assert as_text(ERROR) == "content/a.md:3:5: error: It's “dead”. [links]\n  hint: Mend it."


def test_line_of_a_whole_file() -> None:
    """A finding about a whole file names neither line nor column."""
    assert as_text(WARNING) == "content/a.md: warning: No steps. [structure]"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "0 errors, 0 warnings"),
        ([ERROR], "1 error, 0 warnings"),
        ([ERROR, ERROR, WARNING], "2 errors, 1 warning"),
        ([NOTE, WARNING], "0 errors, 1 warning"),
    ],
)
def test_count(found: list[Finding], words: str) -> None:
    """The counts agree with their nouns; notes are not counted."""
    assert count(found) == words


def test_json() -> None:
    """The JSON holds every part of every finding."""
    assert json.loads(as_json([ERROR])) == {
        "schema_version": 1,
        "findings": [
            {
                "id": "links",
                "level": "error",
                "path": "content/a.md",
                "line": 3,
                "column": 5,
                "message": "It's “dead”.",
                "hint": "Mend it.",
            }
        ],
    }
