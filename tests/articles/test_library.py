"""The library: reading a folder of articles, and its sections."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.articles.library import Library, UnreadableFileError, load, place_in, read_article, title_of_folder
from kbgen.errors import KbgenError

TODAY = date(2026, 11, 23)


def library_of(folder: Path, files: dict[str, str | bytes]) -> Library:
    content = folder / "content"
    for name, text in files.items():
        file = content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(content, TODAY)


def titled(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\nWords.\n"


def only_problem(library: Library) -> KbgenError:
    assert len(library.problems) == 1, library.problems
    return library.problems[0]


def test_reads_every_article(tmp_path: Path) -> None:
    """Every Markdown file below content/ is an article, with forward slashes in its path."""
    library = library_of(tmp_path, {"index.md": titled("Home"), "g/h/a.md": titled("A"), "g/a.txt": "no article"})
    assert [article.path for article in library.articles] == ["g/h/a.md", "index.md"]
    assert library.problems == ()


def test_hidden_files(tmp_path: Path) -> None:
    """Files and folders whose names begin with a dot are no articles."""
    library = library_of(tmp_path, {"a.md": titled("A"), ".b.md": titled("B"), ".git/c.md": titled("C")})
    assert [article.path for article in library.articles] == ["a.md"]


def test_body_and_line(tmp_path: Path) -> None:
    """An article knows its body and the line of the file on which it begins."""
    (article,) = library_of(tmp_path, {"a.md": titled("A")}).articles
    assert (article.title, article.body, article.body_line) == ("A", "Words.\n", 4)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings(tmp_path: Path, newline: str) -> None:
    """An article reads the same with the line endings of every system."""
    (article,) = library_of(tmp_path, {"a.md": titled("A").replace("\n", newline)}).articles
    assert (article.title, article.body, article.body_line) == ("A", "Words.\n", 4)


def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark, which Windows editors write, does not hide the front matter."""
    library = library_of(tmp_path, {"a.md": b"\xef\xbb\xbf" + titled("A").encode()})
    assert library.problems == ()


def test_not_utf8(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused at the line of the first wrong byte."""
    problem = only_problem(library_of(tmp_path, {"a.md": titled("A").encode() + "ü\n".encode("latin-1")}))
    assert isinstance(problem, UnreadableFileError)
    assert problem.problem == "the file is not UTF-8: byte 0xfc cannot be read"
    assert str(problem.where) == "content/a.md:5"
    assert problem.hint


def test_too_large(tmp_path: Path) -> None:
    """An article over 1 MB is refused, one of exactly 1 MB is read."""
    head = titled("A")
    fits = head + "x" * (1_000_000 - len(head))
    library = library_of(tmp_path, {"fits.md": fits, "large.md": fits + "xx"})
    assert [article.path for article in library.articles] == ["fits.md"]
    problem = only_problem(library)
    assert isinstance(problem, UnreadableFileError)
    assert "1 MB is the most" in problem.problem
    assert str(problem.where) == "content/large.md"


def test_too_large_says_a_larger_number(tmp_path: Path) -> None:
    """The size in the message is larger than the limit beside it."""
    problem = only_problem(library_of(tmp_path, {"a.md": titled("A") + "x" * 1_000_000}))
    assert "has 1.0 MB" not in problem.problem


def test_unreadable_file(tmp_path: Path) -> None:
    """A file that the system will not hand out is told with the system's reason."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/loop.md").symlink_to("loop.md")
    library = library_of(tmp_path, {"a.md": titled("A")})
    problem = only_problem(library)
    assert isinstance(problem, UnreadableFileError)
    assert problem.problem == "cannot be read: Too many levels of symbolic links"
    assert len(library.articles) == 1


def test_problems_keep_the_rest(tmp_path: Path) -> None:
    """An article that cannot be read costs no other article, and problems come in the order of the paths."""
    library = library_of(tmp_path, {"c.md": "no front matter", "b.md": titled("B"), "a.md": "---\ntitle: [\n---\n"})
    assert [article.path for article in library.articles] == ["b.md"]
    assert [problem.where.path for problem in library.problems if problem.where] == ["content/a.md", "content/c.md"]


def test_no_article_is_lost_in_silence(tmp_path: Path) -> None:
    """A file that is no article has a problem, so that nobody wonders where it went."""
    library = library_of(tmp_path, {"a.md": "---\ntitle:\nowner: Ana\n---\nWords.\n", "b.md": titled("B")})
    assert len(library.articles) == 1
    assert len(library.problems) == 1


def test_missing_folder(tmp_path: Path) -> None:
    """A content folder that does not exist is told with what to do."""
    with pytest.raises(KbgenError, match="does not exist") as caught:
        load(tmp_path / "content", TODAY)
    assert "docs_dir" in caught.value.hint


def test_empty_folder(tmp_path: Path) -> None:
    """A content folder without an article is told with what to add."""
    with pytest.raises(KbgenError, match="holds no article"):
        load(tmp_path, TODAY)


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (("title",), "a.md:2:8"),
        (("answers", 1), "a.md:5:5"),
        (("tags", 0), "a.md:6:7"),
        (("answers", 2), "a.md"),
        (("related", 0), "a.md"),
    ],
)
def test_place_in_the_front_matter(tmp_path: Path, names: tuple[str | int, ...], place: str) -> None:
    """A value is found by its key and its number; one value that stands for a list is its first."""
    text = titled("A", "answers:\n  - one\n  - two\ntags: three\n")
    article = library_of(tmp_path, {"a.md": text}).by_path["a.md"]
    assert str(place_in(article, *names, shown="a.md")) == place


def test_published(tmp_path: Path) -> None:
    """Drafts, archived, scheduled and expired articles are in the library and not among the published."""
    library = library_of(
        tmp_path,
        {
            "a.md": titled("A"),
            "b.md": titled("B", "state: draft\n"),
            "c.md": titled("C", "state: archived\n"),
            "d.md": titled("D", "publish_on: 2026-11-24\n"),
            "e.md": titled("E", "expires_on: 2026-11-23\n"),
            "drafts/f.md": titled("F"),
        },
    )
    assert len(library.by_path) == 6
    assert [article.path for article in library.published] == ["a.md"]


def test_sections(tmp_path: Path) -> None:
    """A section holds its published articles by title, and counts those of the sections below it."""
    library = library_of(
        tmp_path,
        {
            "index.md": titled("Home"),
            "guide/index.md": titled("The guide", "description: All of it.\n"),
            "guide/z.md": titled("apple"),
            "guide/y.md": titled("Banana"),
            "guide/x.md": titled("Cherry", "state: draft\n"),
            "guide/deep/down/d.md": titled("D"),
        },
    )
    guide = library.sections["guide"]
    assert (guide.title, guide.description, guide.count) == ("The guide", "All of it.", 3)
    assert [article.title for article in guide.articles] == ["apple", "Banana"]
    assert [section.path for section in guide.sections] == ["guide/deep"]
    assert list(library.sections) == ["", "guide", "guide/deep", "guide/deep/down"]
    assert library.top.count == 3


def test_section_without_articles(tmp_path: Path) -> None:
    """A folder whose articles are all unpublished is no section."""
    library = library_of(tmp_path, {"a.md": titled("A"), "g/b.md": titled("B", "state: draft\n")})
    assert list(library.sections) == [""]


def test_section_without_index(tmp_path: Path) -> None:
    """A section without an index.md takes its title from the folder."""
    library = library_of(tmp_path, {"getting-started/a.md": titled("A")})
    section = library.sections["getting-started"]
    assert (section.title, section.index_path) == ("Getting started", "getting-started/index.md")


def test_section_with_readme(tmp_path: Path) -> None:
    """A README.md introduces its section as an index.md does."""
    library = library_of(tmp_path, {"g/README.md": titled("The guide"), "g/a.md": titled("A")})
    assert library.sections["g"].title == "The guide"


def test_draft_of_an_index(tmp_path: Path) -> None:
    """The title of a section page that is still a draft is not shown on the site."""
    library = library_of(tmp_path, {"g/index.md": titled("Secret plans", "state: draft\n"), "g/a.md": titled("A")})
    assert library.sections["g"].title == "G"


@pytest.mark.parametrize(
    ("folder", "title"), [("a/getting-started", "Getting started"), ("how_to", "How to"), ("API", "API"), ("", "")]
)
def test_title_of_folder(folder: str, title: str) -> None:
    """A folder's name reads as a title."""
    assert title_of_folder(folder) == title


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda b: b"---\ntitle: T\n" + b + b"\n---\n" + b))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Whatever bytes a file holds, it is an article or its problems are told."""
    file = tmp_path / "a.md"
    file.write_bytes(data)
    problems: list[KbgenError] = []
    article = read_article("a.md", file, problems, shown="content/a.md")
    assert article is not None or problems
    assert all(problem.where and problem.where.path == "content/a.md" for problem in problems)
