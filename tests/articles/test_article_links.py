"""Links: what an article points at, and on which line."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.links import internal_links


def an_article(body: str, *, body_line: int = 1) -> Article:
    return Article(path="g/a.md", meta=FrontMatter(title="T"), body=body, body_line=body_line)


def paths(body: str) -> list[str | None]:
    return [link.path for link in internal_links(an_article(body))]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("[x](b.md)", "g/b.md"),
        ("[x](../b.md)", "b.md"),
        ("[x](/h/b.md)", "h/b.md"),
        ("[x](b.md#part)", "g/b.md"),
        ("[x](<b.md>)", "g/b.md"),
        ('[x](b.md "Title")', "g/b.md"),
        ("[x]( b.md )", "g/b.md"),
        ("[x](b%20c.md)", "g/b c.md"),
        ("[x](b_(c).md)", "g/b_(c).md"),
        ("[x](b.md?q=1)", "g/b.md"),
        ("[a [b] c](b.md)", "g/b.md"),
        ("![x](b.png)", "g/b.png"),
        ("[x][y]\n\n[y]: b.md 'Title'", "g/b.md"),
        ("[y]: <b.md>", "g/b.md"),
        ("[x](h/)", "g/h"),
        ("[x](../../b.md)", None),
        ("[two\nlines](b.md)", "g/b.md"),
    ],
)
def test_internal(written: str, path: str | None) -> None:
    """Every way of writing a link to a file names the file below content/."""
    assert paths(written) == [path]


@pytest.mark.parametrize(
    "written",
    [
        "[x](https://example.com/b.md)",
        "[x](//example.com/b.md)",
        "[x](mailto:a@example.com)",
        "[x](tel:+1555)",
        "[x](#part)",
        "[x]()",
        "[x](?q=1)",
        "`[x](b.md)`",
        "```\n[x](b.md)\n```",
        "<!-- [x](b.md) -->",
        "[^1]: b.md",
        "[x] (b.md)",
        "![x](data:image/png;base64,AAAA)",
    ],
)
def test_not_internal(written: str) -> None:
    """Addresses elsewhere, anchors, code and footnotes are no links to files."""
    assert paths(written) == []


def test_line() -> None:
    """A link knows the line of the file on which its target stands, front matter counted."""
    article = an_article("a\n\n[x](b.md)\n[y]: c.md\n", body_line=7)
    assert [(link.target, link.line) for link in internal_links(article)] == [("b.md", 9), ("c.md", 10)]


def test_anchor() -> None:
    """A link keeps its anchor apart from its file."""
    (link,) = internal_links(an_article("[x](b.md#part-2)"))
    assert (link.target, link.anchor) == ("b.md#part-2", "part-2")


def test_order() -> None:
    """Links come in the order of the text, whichever way they are written."""
    assert paths("[x](c.md)\n\n[y]: a.md\n\n[z](b.md)") == ["g/c.md", "g/a.md", "g/b.md"]


def test_blanks_between_angles() -> None:
    """A target between angle brackets may hold blanks."""
    assert paths("[x](<my file.md>)") == ["g/my file.md"]


def test_picture_that_is_a_link() -> None:
    """A picture that leads somewhere is two links: the picture and where it leads."""
    assert sorted(str(path) for path in paths("[![x](p.png)](b.md)")) == ["g/b.md", "g/p.png"]


def test_escaped_bracket() -> None:
    """A bracket behind a backslash opens no link."""
    assert paths(r"\[x](b.md)") == []


def test_indented_code() -> None:
    """A link in a block of code made by indentation is code."""
    assert paths("Words.\n\n    [x](b.md)\n") == []


@pytest.mark.parametrize("target", ["http://[", "//[a", "http://a]b/"])
def test_address_that_is_none(target: str) -> None:
    """An address that cannot be taken apart is passed over, not raised."""
    assert None not in paths(f"[x]({target})\n\n[y]: {target}\n")


pieces = st.lists(
    st.sampled_from(
        ["[", "]", "(", ")", "<", ">", "!", "`", "x", " ", "\n", ":", "/", "..", "#", "%00", "%ff", "b.md"]
    ),
    max_size=25,
).map("".join)


@settings(deadline=None)
@given(pieces | st.text())
@example("[x](//[b.md)")
def test_any_body(body: str) -> None:
    """Whatever the body holds, each link has a line of the file, and its path stays inside content/."""
    for link in internal_links(an_article(body, body_line=3)):
        assert 3 <= link.line <= 3 + body.count("\n")
        assert link.path is None or ".." not in link.path.split("/")
