"""The check `file`: files that cannot be used at all."""

from __future__ import annotations

from collections.abc import Callable

from kbgen.checks.interface import Finding, Level

A = "---\ntitle: A\n---\n1. Open\n"


def test_refused_files(find: Callable[..., list[Finding]]) -> None:
    """Each file that is too large or not UTF-8 is one error at its path."""
    found = find("file", {"content/a.md": A, "content/b.md": A.encode() + b"\xff", "content/c.md": A + "x" * 1_000_000})
    assert [(f.id, f.level, f.path, f.line) for f in found] == [
        ("file", Level.ERROR, "content/b.md", 5),
        ("file", Level.ERROR, "content/c.md", 0),
    ]
    assert all(f.hint for f in found)


def test_front_matter_is_another_check(find: Callable[..., list[Finding]]) -> None:
    """A file that can be read is no finding here, whatever its front matter."""
    assert find("file", {"content/a.md": "no front matter"}) == []
