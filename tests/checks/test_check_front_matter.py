"""The check `front-matter`: front matter that cannot be read as it is written."""

from __future__ import annotations

from collections.abc import Callable

from kbgen.checks.interface import Finding, Level

Find = Callable[..., list[Finding]]


def test_each_problem(find: Find) -> None:
    """Each problem is one error with path, line, column, message and hint."""
    found = find("front-matter", {"content/a.md": "---\ntitle: A\nanwers: [x]\nreview_by: soon\n---\n"})
    assert [(f.id, f.level, f.path, f.line, f.column, f.message) for f in found] == [
        ("front-matter", Level.ERROR, "content/a.md", 3, 1, "unknown key 'anwers'"),
        ("front-matter", Level.ERROR, "content/a.md", 4, 12, "'review_by' is not a date: 'soon'"),
    ]
    assert found[0].hint == "did you mean 'answers'?"


def test_drafts_too(find: Find) -> None:
    """The front matter of a draft is checked as that of any article."""
    assert (
        len(find("front-matter", {"content/drafts/a.md": "no front matter", "content/b.md": "---\ntitle: B\n---"})) == 1
    )


def test_refused_file_is_another_check(find: Find) -> None:
    """A file that is not UTF-8 is no finding here."""
    assert find("front-matter", {"content/a.md": b"\xff"}) == []


def test_path_from_the_folder_of_the_settings(find: Find) -> None:
    """A finding's path counts from the folder of mkdocs.yml, however deep the content folder lies."""
    (finding,) = find("front-matter", {"docs/en/a.md": "no front matter"}, config="docs_dir: docs/en\n")
    assert finding.path == "docs/en/a.md"


def test_title_left_empty(find: Find) -> None:
    """An article whose title was left empty is an error, for it will not be on the site."""
    files = {"content/a.md": "---\ntitle:\n---\n1. Open\n", "content/b.md": "---\ntitle: B\n---\n1. Open\n"}
    assert len(find("front-matter", files)) == 1
