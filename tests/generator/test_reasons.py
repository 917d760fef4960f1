"""Reasons: which change makes which page anew, and by what name a person is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from centres import CONFIG, Centre, article, write_files
from hypothesis import given
from hypothesis import strategies as st
from rebuilding import built, edit

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.generator.manifest import PageFacts
from kbgen.generator.reasons import (
    CAPTIONS,
    LINKS,
    MARKDOWN,
    NAMES,
    NEIGHBOURS,
    NEW,
    SETTINGS,
    TEXT,
    THEME,
    WHOLE,
    changed,
    digest,
    fixed,
)

ARTICLES = {
    "index.md": article("Acme help", feedback="false"),
    "g/index.md": article("Guides"),
    "g/a.md": article("A", "See [d](../far/d.md).\n", kind="faq"),
    "g/b.md": article("B", kind="faq"),
    "far/c.md": article("C", kind="faq"),
    "far/d.md": article("D", kind="faq"),
    "far/t.md": article("Tour", kind="video", video="{src: t.mp4, captions: {en: t.vtt}}"),
}
CAPTION = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n"
Change = Callable[[Path], None]


def _edit(path: str, old: str, new: str) -> Change:
    return lambda folder: edit(folder / path, old, new)


def _write(path: str, text: str) -> Change:
    return lambda folder: write_files(folder, {path: text})


def _move(folder: Path) -> None:
    """An article gets another name, with all that must follow."""
    (folder / "content/far/d.md").rename(folder / "content/far/d2.md")
    edit(folder / "content/g/a.md", "far/d.md", "far/d2.md")
    write_files(folder, {"redirects.yml": "far/d.md: far/d2.md\n"})


CASES: dict[str, tuple[Change, dict[str, str], set[str]]] = {
    "a text": (_edit("content/g/b.md", "Words", "More"), {"g/b.md": TEXT}, {"g/a.md", "far/c.md", "g/index.md"}),
    "a title": (
        _edit("content/g/b.md", "title: B", "title: Bee"),
        {"g/b.md": TEXT, "g/a.md": NEIGHBOURS, "g/index.md": NEIGHBOURS},
        {"far/c.md", "far/d.md"},
    ),
    "a section's title": (
        _edit("content/g/index.md", "Guides", "Manuals"),
        {"g/a.md": NAMES, "g/b.md": NAMES, "g/index.md": TEXT, "index.md": WHOLE},
        {"far/c.md", "far/d.md"},
    ),
    "an article's name": (
        _move,
        {"far/d2.md": NEW, "far/c.md": NEIGHBOURS},
        {"g/b.md"},
    ),
    "captions": (_write("content/far/t.vtt", CAPTION.replace("Hello", "Bye")), {"far/t.md": CAPTIONS}, {"far/c.md"}),
    "the settings": (_edit("mkdocs.yml", "Acme help", "Bolt"), dict.fromkeys(ARTICLES, SETTINGS), set()),
    "the settings of Markdown": (
        lambda folder: edit(folder / "mkdocs.yml", "extra:", "markdown_extensions: [admonition]\nextra:"),
        dict.fromkeys(ARTICLES, MARKDOWN),
        set(),
    ),
    "the theme": (
        _write("overrides/partials/kbgen/footer.html", "<footer>Own</footer>"),
        dict.fromkeys(ARTICLES, THEME),
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_made_anew(centre: Centre, case: str) -> None:
    """A change makes those pages anew that show it, for the reason that it is, and leaves the others."""
    change, made, kept = CASES[case]
    folder = centre(ARTICLES, config=CONFIG.replace("name: kbgen", "name: kbgen\n  custom_dir: overrides"))
    write_files(folder, {"overrides/x.txt": "", "content/far/t.mp4": "pictures", "content/far/t.vtt": CAPTION})
    built(folder)
    change(folder)
    why = built(folder).why
    assert {path: reasons for path, reasons in why.items() if path in made and made[path] not in reasons} == {}
    assert made.keys() <= why.keys()
    assert not kept & why.keys()


def test_where_links_lead(centre: Centre) -> None:
    """A page is made anew when what it links to comes to lie elsewhere, though its own text is the same."""
    folder = centre({"a.md": article("A", "See [b](b.md).\n", kind="faq"), "b.md": article("B", kind="faq")})
    built(folder)
    edit(folder / "mkdocs.yml", "theme:", "use_directory_urls: false\ntheme:")
    assert LINKS in built(folder).why["a.md"]


FACTS = PageFacts(because={"a": "1", "b": "2"}, body="", template="", outputs=[])


def test_what_has_changed() -> None:
    """Reasons that have another value, came or went are named; a page that nobody knew is new."""
    assert changed(None, {"a": "1"}) == [NEW]
    assert changed(FACTS, {"a": "1", "b": "2"}) == []
    assert changed(FACTS, {"a": "1", "b": "3"}) == ["b"]
    assert changed(FACTS, {"a": "1"}) == ["b"]
    assert changed(FACTS, {"a": "1", "b": "2", "c": "3"}) == ["c"]


@given(
    st.dictionaries(st.text(max_size=3), st.text(max_size=3)), st.dictionaries(st.text(max_size=3), st.text(max_size=3))
)
def test_nothing_has_changed_only_where_all_is_the_same(before: dict[str, str], now: dict[str, str]) -> None:
    """A page is kept exactly where every reason is what it was."""
    facts = PageFacts(because=before, body="", template="", outputs=[])
    assert (changed(facts, now) == []) == (before == now)


def test_digests() -> None:
    """A digest changes with the value, and with where its parts end."""
    assert digest(["a", "b"]) == digest(["a", "b"])
    assert len({digest(value) for value in (["a", "b"], ["ab"], ["a", ["b"]], "a", "", None, 0)}) == 7


def _article(body: str, line: int = 4, **meta: object) -> Article:
    front = FrontMatter(title="A", **meta)  # type: ignore[arg-type]
    return Article(path="a.md", meta=front, body=body, body_line=line)


def test_what_others_may_depend_on() -> None:
    """Front matter, links and structure are what others may depend on; other words are the article's own."""
    before = fixed(_article("1. See [b](b.md).\n"))
    assert fixed(_article("1. Look at [b](b.md)!\n\nMore words.\n")) == before
    for other in (
        _article("1. See [b](c.md).\n"),
        _article("1. See [b](b.md#x).\n"),
        _article("1. See b.\n"),
        _article("See [b](b.md).\n"),
        _article("1. See [b](b.md).\n", 5),
        _article("1. See [b](b.md).\n", tags=("x",)),
    ):
        assert fixed(other) != before
