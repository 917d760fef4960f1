"""The article: paths, prose and revision."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.article import Article, posix
from kbgen.articles.front_matter import FrontMatter


def an_article(body: str = "", *, path: str = "a.md", title: str = "T") -> Article:
    return Article(path=path, meta=FrontMatter(title=title), body=body, body_line=1)


@pytest.mark.parametrize(
    ("path", "section", "is_index"),
    [("a.md", "", False), ("g/a.md", "g", False), ("g/h/index.md", "g/h", True), ("README.md", "", True)],
)
def test_section(path: str, section: str, is_index: bool) -> None:
    """An article's section is its folder, and index.md or README.md introduces it."""
    article = an_article(path=path)
    assert (article.section, article.is_index) == (section, is_index)


@pytest.mark.parametrize(
    ("base", "target", "path"),
    [
        ("a.md", "b.md", "b.md"),
        ("g/a.md", "b.md", "g/b.md"),
        ("g/a.md", "./b.md", "g/b.md"),
        ("g/a.md", "../b.md", "b.md"),
        ("g/a.md", "../h/../b.md", "b.md"),
        ("g/a.md", "/h/b.md", "h/b.md"),
        ("g/a.md", "//h//b.md", "h/b.md"),
        ("g/a.md", "..", ""),
        ("g/a.md", "", "g"),
        ("g/a.md", "../../b.md", None),
        ("", "../b.md", None),
        ("", "/../b.md", None),
    ],
)
def test_posix(base: str, target: str, path: str | None) -> None:
    """A target counts from its file's folder, with a slash from content/, and never from above it."""
    assert posix(base, target) == path


@given(st.text(alphabet="ab./", max_size=12), st.text(alphabet="ab./", max_size=12))
def test_posix_stays_inside(base: str, target: str) -> None:
    """No target leads out of content/."""
    path = posix(base.replace("..", "a").lstrip("/"), target)
    assert path is None or (".." not in path.split("/") and not path.startswith("/"))


@pytest.mark.parametrize(
    "code",
    [
        "```\n[x](y.md)\n```",
        "```python title='a'\n[x](y.md)\n```",
        "~~~\n```\n[x](y.md)\n~~~",
        "````\n```\n[x](y.md)\n```\n````",
        "  ```\n  [x](y.md)\n  ```",
        "`[x](y.md)`",
        "`` ` [x](y.md) ``",
        "<!-- [x](y.md) -->",
        "<!--\n\n[x](y.md)\n\n-->",
    ],
)
def test_prose_without_code(code: str) -> None:
    """Code and comments are blanked out of the prose, and what follows keeps its place."""
    body = f"before\n\n{code}\n\nafter\n"
    prose = an_article(body).prose
    assert "y.md" not in prose
    assert prose.startswith("before\n")
    assert prose.index("after") == body.index("after")


def test_two_fences() -> None:
    """The text between two code blocks is prose."""
    assert "between" in an_article("```\na\n```\n\nbetween\n\n```\nb\n```\n").prose


def test_lone_backtick() -> None:
    """A lone backtick hides nothing of the next paragraph: code within a line ends with its paragraph."""
    assert "middle" in an_article("Press the ` key.\n\nmiddle\n\nThe ` key again.\n").prose


def test_fence_inside_a_comment() -> None:
    """A fence inside a comment opens no code block, so the text below the comment is prose."""
    assert "after" in an_article("<!--\n```\n-->\n\nafter\n").prose


def test_fence_that_is_never_closed() -> None:
    """A fence that is never closed is no code block in Python-Markdown, so the text below it is prose."""
    assert "after" in an_article("before\n\n```\n\nafter\n").prose


@settings(deadline=None)
@given(st.lists(st.sampled_from(["```", "~~~", "`", "``", "<!--", "-->", "\n", " ", "a", "[", "](b.md)"])).map("".join))
def test_prose_keeps_places(body: str) -> None:
    """Prose has the length and the lines of the body, so that a place in it is a place in the file."""
    prose = an_article(body).prose
    assert len(prose) == len(body)
    assert [i for i, c in enumerate(prose) if c == "\n"] == [i for i, c in enumerate(body) if c == "\n"]
    assert all(new in (old, " ") for new, old in zip(prose, body, strict=True))


def test_revision_ignores_white_space() -> None:
    """Reflowing an article leaves its revision; changing a word of title or body does not."""
    revision = an_article("one two\nthree\n").revision
    assert an_article("one\ntwo   three").revision == revision
    assert an_article("one two\nfour\n").revision != revision
    assert an_article("one two\nthree\n", title="U").revision != revision


def test_revision_ignores_the_path() -> None:
    """Moving an article leaves its revision."""
    assert an_article("x", path="a.md").revision == an_article("x", path="g/b.md").revision


def test_revision_is_what_a_vote_takes() -> None:
    """A revision is 16 hexadecimal digits, and the same on every machine."""
    assert an_article("Words.\n").revision == hashlib.sha256(b"T Words.").hexdigest()[:16]
