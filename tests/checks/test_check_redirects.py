"""The check `redirects`: vanished articles, and redirects that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kbgen.checks.interface import Finding, Level

Find = Callable[..., list[Finding]]
A = "---\ntitle: A\n---\nWords.\n"


def moved(*old: str) -> str:
    return A.replace("---\nWords", f"redirect_from: [{', '.join(old)}]\n---\nWords")


def test_vanished(find: Find) -> None:
    """An article of the last build that is gone without a redirect is an error with both ways to mend it."""
    (finding,) = find("redirects", {"content/a.md": A}, published_before=["a.md", "g/old.md"])
    assert (finding.id, finding.level, finding.path) == ("redirects", Level.ERROR, "content/g/old.md")
    assert "redirect_from: [g/old.md]" in finding.hint
    assert "'g/old.md: gone' to redirects.yml" in finding.hint


@pytest.mark.parametrize("old", ["old.md", "/old/", "old/", "/old.html", "old.html", "/old", "./old.md"])
def test_carried_redirect(find: Find, old: str) -> None:
    """An old place, written as a path or as an address, covers the article that vanished from it."""
    assert find("redirects", {"content/a.md": moved(old)}, published_before=["old.md"]) == []


@pytest.mark.parametrize("line", ["old.md: a.md", "old.md: gone", "/old/: a.md"])
def test_redirect_in_the_file(find: Find, line: str) -> None:
    """A line of redirects.yml covers the article that vanished."""
    assert find("redirects", {"content/a.md": A, "redirects.yml": line}, published_before=["old.md"]) == []


def test_address_of_a_section_page(find: Find) -> None:
    """The address /old/ covers old/index.md, which was published at that address."""
    assert find("redirects", {"content/a.md": moved("/old/")}, published_before=["old/index.md"]) == []


def test_file_with_problems_has_not_vanished(find: Find) -> None:
    """An article whose front matter is wrong, or that is no UTF-8, has not vanished."""
    files = {"content/a.md": A, "content/b.md": "no front matter", "content/c.md": b"\xff"}
    assert find("redirects", files, published_before=["a.md", "b.md", "c.md"]) == []


def test_unpublished_has_not_vanished(find: Find) -> None:
    """An article that was taken off the site by its state has not vanished."""
    assert (
        find("redirects", {"content/a.md": A.replace("A\n", "A\nstate: archived\n")}, published_before=["a.md"]) == []
    )


def test_source_exists(find: Find) -> None:
    """A redirect from a place where an article stands is an error."""
    (finding,) = find("redirects", {"content/a.md": moved("b.md"), "content/b.md": A})
    assert finding.message == "'b.md' redirects, but an article stands there"
    assert finding.path == "content/a.md"


@pytest.mark.parametrize("target", ["nowhere.md", "draft.md", "../a.md", "''"])
def test_target_is_not_on_the_site(find: Find, target: str) -> None:
    """A redirect to what is not on the site is an error at its line of redirects.yml."""
    files = {
        "content/a.md": A,
        "content/draft.md": A.replace("A\n", "A\nstate: draft\n"),
        "redirects.yml": f"# moved\nold.md: {target}\n",
    }
    (finding,) = find("redirects", files)
    assert (finding.path, finding.line) == ("redirects.yml", 2)
    assert "which is not on the site" in finding.message


@pytest.mark.parametrize("text", ["- old.md\n", "old.md: [\n", "just words\n"])
def test_file_that_cannot_be_read(find: Find, text: str) -> None:
    """A redirects.yml of another form is one error with its line."""
    (finding,) = find("redirects", {"content/a.md": A, "redirects.yml": text})
    assert finding.path == "redirects.yml"
    assert finding.line >= 1


def test_file_that_is_not_utf8(find: Find) -> None:
    """A redirects.yml that is not UTF-8 is an error, not a crash."""
    (finding,) = find("redirects", {"content/a.md": A, "redirects.yml": "ä.md: a.md".encode("latin-1")})
    assert "UTF-8" in finding.message


def test_target_that_is_a_list(find: Find) -> None:
    """A redirect to a list is told in the writer's words."""
    (finding,) = find("redirects", {"content/a.md": A, "redirects.yml": "old.md: [a.md]\n"})
    assert "ScalarNode" not in finding.message


@pytest.mark.parametrize("old", ["../old.md", "../old.html", "''", "/"])
def test_source_outside(find: Find, old: str) -> None:
    """A redirect from a place that cannot be an old article is an error."""
    assert len(find("redirects", {"content/a.md": moved(old)})) == 1


def test_two_claims(find: Find) -> None:
    """An old place from which two articles say they came is an error: only one redirect can work."""
    assert find("redirects", {"content/a.md": moved("old.md"), "content/b.md": moved("old.md")})
