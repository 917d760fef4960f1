"""The check `structure`: articles that lack what a reader expects of their kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbgen.checks.interface import Finding, Level

Find = Callable[..., list[Finding]]


def test_missing_steps(find: Find) -> None:
    """A how-to without steps is a warning at the line where its body begins."""
    (finding,) = find("structure", {"content/a.md": "---\ntitle: A\nowner: Ana\n---\nJust words.\n"})
    assert (finding.id, finding.level, finding.path, finding.line) == ("structure", Level.WARNING, "content/a.md", 5)
    assert finding.message == "this how-to has no numbered steps (kind: how-to)"
    assert "1. Open" in finding.hint


@pytest.mark.parametrize("file", ["content/g/index.md", "content/g/README.md", "content/drafts/a.md"])
def test_not_looked_at(find: Find, file: str) -> None:
    """Section pages and drafts need no structure."""
    assert find("structure", {file: "---\ntitle: A\n---\nWords.\n"}) == []


def test_two_parts_missing(find: Find) -> None:
    """Each missing part is a warning of its own."""
    found = find("structure", {"content/a.md": "---\ntitle: A\nkind: troubleshooting\n---\nWords.\n"})
    assert len(found) == 2
