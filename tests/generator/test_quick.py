"""The quick way: where only a text has changed, exactly what shows it is made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from builds import difference
from centres import CONFIG, TODAY, Centre, article, run, tree, write_files
from rebuilding import GIT, built, commit, difference_from_anew, edit, stamps, touched

from kbgen.generator.reasons import CHANGED_ON, TEXT
from kbgen.search.files import is_index_file

BODY = "See [b](../b.md).\n\n## Steps\n\n1. Open it.\n\n## Result\n\nDone.\n"
ARTICLES = {"g/a.md": article("A", BODY), "b.md": article("B", "Words, see [a](g/a.md#result).\n", kind="faq")}
PAGE = {"g/a/index.html", "g/a.md"}
"""What an article makes, beside its part of the search index."""


def beside_index(paths: set[str]) -> set[str]:
    """Those that are not files of the search index."""
    return {path for path in paths if not is_index_file(path)}


def _same_as_anew(folder: Path, tmp_path: Path, day: str = TODAY) -> None:
    """The site is, byte for byte, that of a build that begins anew."""
    assert difference_from_anew(folder, tmp_path / "anew", today=day) == ""


def test_a_body(centre: Centre, tmp_path: Path) -> None:
    """Another sentence makes the page, its Markdown and the search entries anew, and touches no other file."""
    folder = centre(ARTICLES)
    built(folder)
    before = stamps(folder / "site")
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    done = built(folder)
    changes = touched(folder / "site", before)
    assert beside_index(changes.written) == PAGE
    assert beside_index(changes.removed) == set()
    assert changes.written > PAGE
    assert (done.rendered, done.why) == (1, {"g/a.md": [TEXT]})
    assert done.synced.written == len(changes.written)
    assert list(done.seconds) == ["g/a.md"]
    _same_as_anew(folder, tmp_path)
    assert built(folder).rendered == 0


def test_bodies_again_and_again(centre: Centre, tmp_path: Path) -> None:
    """The same holds for the tenth edit as for the first, for several articles at once, and back again."""
    folder = centre(ARTICLES)
    built(folder)
    first = tree(folder / "site")
    for number in range(4):
        edit(folder / "content/g/a.md", "Open it", f"Open it, {number}")
        edit(folder / "content/b.md", "Words", f"Words {number}")
        assert set(built(folder).why) == {"g/a.md", "b.md"}
    _same_as_anew(folder, tmp_path)
    for path, text in ARTICLES.items():
        (folder / "content" / path).write_text(text)
    built(folder)
    assert difference(tree(folder / "site"), first) == ""


def test_a_body_in_a_repository(centre: Centre, tmp_path: Path) -> None:
    """In git, the first edit after a commit also takes the day out of the sitemap; the second one does not."""
    folder = centre(ARTICLES)
    commit(folder)
    built(folder)
    assert (folder / "site/sitemap.xml").read_text().count("<lastmod>2026-11-20") >= 2
    before = stamps(folder / "site")
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    built(folder)
    assert beside_index(touched(folder / "site", before).written) == PAGE | {"sitemap.xml"}
    before = stamps(folder / "site")
    edit(folder / "content/g/a.md", "twice", "thrice")
    built(folder)
    assert beside_index(touched(folder / "site", before).written) == PAGE
    _same_as_anew(folder, tmp_path)


def test_a_commit(centre: Centre) -> None:
    """After a commit the day is in the page and in the sitemap; reverting what is not committed brings it back."""
    folder = centre(ARTICLES)
    commit(folder)
    built(folder)
    first = tree(folder / "site")
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    built(folder)
    assert run("git", "checkout", "-q", ".", cwd=folder, env=GIT).code == 0
    built(folder)
    assert difference(tree(folder / "site"), first) == ""
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    built(folder)
    commit(folder, "2026-11-22")
    done = built(folder)
    assert CHANGED_ON in done.why["g/a.md"]
    assert b"<lastmod>2026-11-22" in tree(folder / "site")["sitemap.xml"]


def _edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "content" / path, old, new)


def _write(path: str, text: str) -> Callable[[Path], None]:
    return lambda folder: write_files(folder / "content", {path: text})


MORE = {
    "another title": _edit("g/a.md", "title: A", "title: Another"),
    "another kind": _edit("g/a.md", "title: A", "title: A\nkind: faq"),
    "a link more": _edit("g/a.md", "Done.", "Done. See [home](../index.md)."),
    "a link to another part": _edit("b.md", "#result", "#steps"),
    "no more steps": _edit("g/a.md", "1. Open it.", "Open it."),
    "another template": _edit("g/a.md", "title: A", "title: A\ntemplate: section.html"),
    "out of search": _edit("g/a.md", "title: A", "title: A\nsearch: {exclude: true}"),
    "an article more": _write("g/c.md", article("C")),
}


@pytest.mark.parametrize("case", MORE)
def test_what_others_may_notice(centre: Centre, tmp_path: Path, case: str) -> None:
    """Whatever of an article may show elsewhere, the site is that of a build anew, and so are the next ones."""
    folder = centre(ARTICLES)
    built(folder)
    MORE[case](folder)
    assert built(folder).rendered > 0
    edit(folder / "content/b.md", "Words", "Other words")
    built(folder)
    _same_as_anew(folder, tmp_path)


def test_a_heading_less(centre: Centre, tmp_path: Path) -> None:
    """Where a heading goes that another article leads to, its page warns, as in a build anew."""
    folder = centre(ARTICLES, config=f"{CONFIG}validation: {{anchors: warn}}\n")
    assert not [warning for warning in built(folder).warnings if "anchor" in warning]
    edit(folder / "content/g/a.md", "## Result", "## Outcome")
    (warning,) = (warning for warning in built(folder).warnings if "anchor" in warning)
    assert "'b.md' contains a link '../g/a.md#result'" in warning.replace("'g/a.md#result'", "'../g/a.md#result'")
    _same_as_anew(folder, tmp_path)


def test_an_article_that_cannot_be_read(centre: Centre) -> None:
    """A fault in an edited article is told as ever, and the site stays as it was."""
    from kbgen.errors import KbgenError

    folder = centre(ARTICLES)
    built(folder)
    before = tree(folder / "site")
    edit(folder / "content/g/a.md", "[b](../b.md)", "[b](../nowhere.md)")
    with pytest.raises(KbgenError, match="nowhere"):
        built(folder)
    assert tree(folder / "site") == before
    assert not list(folder.glob(".site*"))


def test_another_day(centre: Centre, tmp_path: Path) -> None:
    """On a later day on which nothing turns, a body is still the only thing that changes."""
    folder = centre({**ARTICLES, "c.md": article("C", publish_on="2026-12-24", kind="faq")})
    built(folder)
    before = stamps(folder / "site")
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    built(folder, today="2026-12-23")
    assert beside_index(touched(folder / "site", before).written) == PAGE
    built(folder, today="2026-12-24")
    assert (folder / "site/c/index.html").exists()
    _same_as_anew(folder, tmp_path, "2026-12-24")


def test_a_section_by_another_name(centre: Centre, tmp_path: Path) -> None:
    """The section's own page may be edited like any article; its title shows on the others."""
    folder = centre({**ARTICLES, "g/index.md": article("Guides", "Begin here.\n")})
    built(folder)
    edit(folder / "content/g/index.md", "Begin here", "Begin there")
    assert list(built(folder).why) == ["g/index.md"]
    edit(folder / "content/g/index.md", "Guides", "Manuals")
    assert "g/a.md" in built(folder).why
    _same_as_anew(folder, tmp_path)


def test_a_site_without_search(centre: Centre) -> None:
    """Where the site has no search, there are no entries to bring up to date."""
    folder = centre(ARTICLES, config=CONFIG.replace("kbgen/search, ", ""))
    built(folder)
    before = stamps(folder / "site")
    edit(folder / "content/g/a.md", "Open it.", "Open it twice.")
    built(folder)
    assert touched(folder / "site", before).written == {"g/a/index.html", "g/a.md"}
