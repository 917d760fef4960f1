"""Redirects: old addresses, the files that answer there, and what they say."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.errors import KbgenError, Where
from kbgen.outputs.redirects import GONE, Redirect, read_redirects, redirect_file, redirect_page, redirects


def from_(source: str) -> Redirect:
    return Redirect(source=source, target="a.md", where=Where(path="a.md"))


@pytest.mark.parametrize(
    ("source", "path", "file", "flat"),
    [
        ("old/path.md", "old/path.md", "old/path/index.html", "old/path.html"),
        ("/old/path/", "old/path.md", "old/path/index.html", "old/path.html"),
        ("old/path", "old/path.md", "old/path/index.html", "old/path.html"),
        ("/old/path.html", "old/path.md", "old/path.html", "old/path.html"),
        ("old/index.md", "old/index.md", "old/index.html", "old/index.html"),
        ("/old/index.html", "old/index.md", "old/index.html", "old/index.html"),
        ("./old.md", "old.md", "old/index.html", "old.html"),
        ("v1.2.md", "v1.2.md", "v1.2/index.html", "v1.2.html"),
        ("/v1.2/", "v1.2.md", "v1.2/index.html", "v1.2.html"),
    ],
)
def test_old_places(source: str, path: str, file: str, flat: str) -> None:
    """An old place names one source path, and one file below site/ for each form of addresses."""
    redirect = from_(source)
    assert redirect.source_path == path
    assert redirect_file(redirect, directory_urls=True) == file
    assert redirect_file(redirect, directory_urls=False) == flat


def test_readme() -> None:
    """An old README.md is answered at the address of its folder, where MkDocs had put it."""
    assert redirect_file(from_("old/README.md"), directory_urls=True) == "old/index.html"


@given(st.text(alphabet="ab./", max_size=12))
def test_files_stay_inside(source: str) -> None:
    """No redirect is written outside site/."""
    for directory_urls in (True, False):
        file = redirect_file(from_(source), directory_urls=directory_urls)
        assert not file.startswith("/")
        assert ".." not in file.split("/")


def test_carried_by_articles(tmp_path: Path) -> None:
    """Redirects come from redirects.yml and from published articles, each with its place."""
    (tmp_path / "redirects.yml").write_text("# moved\nx.md: a.md\ny.md: gone\n", encoding="utf-8")
    articles = tuple(
        Article(path=path, meta=FrontMatter(title="T", state=state, redirect_from=(old,)), body="", body_line=1)
        for path, state, old in [("a.md", State.PUBLISHED, "old-a.md"), ("b.md", State.DRAFT, "old-b.md")]
    )
    library = Library(articles=articles, problems=(), today=date(2026, 11, 23))
    found = redirects(library, tmp_path / "redirects.yml")
    assert [(r.source, r.target, str(r.where)) for r in found] == [
        ("x.md", "a.md", "redirects.yml:2"),
        ("y.md", GONE, "redirects.yml:3"),
        ("old-a.md", "a.md", "a.md"),
    ]


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "\ufeff"])
def test_no_redirects(tmp_path: Path, text: str | None) -> None:
    """A redirects.yml that is missing or empty holds no redirect."""
    file = tmp_path / "redirects.yml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert list(read_redirects(file)) == []


def test_wrong_form(tmp_path: Path) -> None:
    """A redirects.yml of another form is an error that shows the form."""
    (tmp_path / "redirects.yml").write_text("\n- old.md\n", encoding="utf-8")
    with pytest.raises(KbgenError, match=r"old/path\.md: new/path\.md") as caught:
        list(read_redirects(tmp_path / "redirects.yml"))
    assert str(caught.value.where) == "redirects.yml:2"


def test_not_utf8(tmp_path: Path) -> None:
    """A redirects.yml that is not UTF-8 is an error for people."""
    (tmp_path / "redirects.yml").write_bytes("ä.md: a.md".encode("latin-1"))
    with pytest.raises(KbgenError, match="UTF-8"):
        list(read_redirects(tmp_path / "redirects.yml"))


def test_page() -> None:
    """The page leads on without JavaScript, says where to, and keeps itself out of search engines."""
    page = redirect_page("../new/", "New place", canonical="https://help.example.com/new/")
    assert '<meta http-equiv="refresh" content="0; url=../new/">' in page
    assert '<link rel="canonical" href="https://help.example.com/new/">' in page
    assert '<a href="../new/">New place</a>' in page
    assert "noindex" in page
    assert "<script" not in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.href = dict(attrs)["href"] or ""


@given(st.text(alphabet="a<>\"'&;/ ="), st.text(alphabet="a<>\"'&;/ ="))
def test_page_with_any_title(url: str, title: str) -> None:
    """Neither address nor title can add markup to the page."""
    tags = _Tags()
    tags.feed(redirect_page(url, title, canonical="/new/"))
    assert tags.tags == ["html", "meta", "title", "link", "meta", "meta", "p", "a"]
    assert tags.href == url
