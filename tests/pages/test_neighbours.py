"""The neighbours of a page: what it shows of others, and what changes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from kbgen.articles.announcement import Announcement
from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.articles.related import related
from kbgen.articles.settings import KbgenSettings
from kbgen.pages.card import Cards
from kbgen.pages.neighbours import MOST, Neighbourhood, Neighbours
from kbgen.pages.surroundings import surroundings

Centre = Mapping[str, FrontMatter]
CENTRE: Centre = {
    "g/index.md": FrontMatter(title="Guides"),
    "g/a.md": FrontMatter(title="Reset your password", course=("g/h/c.md", "far/d.md")),
    "g/b.md": FrontMatter(title="Reset the password by mail"),
    "g/h/c.md": FrontMatter(title="Charts"),
    "far/d.md": FrontMatter(title="Do it"),
    "far/e.md": FrontMatter(title="Eat it"),
}


def _library(centre: Centre) -> Library:
    articles = [Article(path=path, meta=meta, body="", body_line=1) for path, meta in centre.items()]
    return Library(articles=tuple(articles), problems=(), today=date(2026, 11, 23))


def _around(centre: Centre, path: str, *announcements: Announcement) -> tuple[Neighbours, Cards]:
    library = _library(centre)
    settings = KbgenSettings(announcements=announcements)
    found = Neighbourhood(library=library, settings=settings, related=related(library), listings={})
    return found.of(library.by_path[path]), Cards(library=library, address="@{}".format)


def _stamp(centre: Centre, path: str, *announcements: Announcement) -> str:
    around, cards = _around(centre, path, *announcements)
    return around.stamp(cards)


def test_an_article() -> None:
    """An article has the others of its section, the way to it, its lessons and what is related to it."""
    around, _ = _around(CENTRE, "g/a.md")
    assert around.section.title == "Guides"
    assert [section.path for section in around.breadcrumb] == ["g"]
    assert [article.path for article in around.siblings] == ["g/b.md", "g/a.md"]
    assert [article.path for article in around.related] == ["g/b.md"]
    assert [article.path for article in around.lessons] == ["g/h/c.md", "far/d.md"]
    assert (around.below, around.is_listing) == ((), False)


def test_a_section() -> None:
    """A section's page has the sections below it; the way to it leads to those above."""
    around, _ = _around(CENTRE, "g/index.md")
    assert [section.path for section in around.below] == ["g/h"]
    assert (around.breadcrumb, around.is_listing) == ((), True)
    deep, _ = _around(CENTRE, "g/h/c.md")
    assert [section.path for section in deep.breadcrumb] == ["g", "g/h"]


@pytest.mark.parametrize("place", [0, 1, 20, 38, 39])
def test_a_large_section(place: int) -> None:
    """Of a large section a page names twelve articles around it, itself among them."""
    centre = {f"g/{n:02}.md": FrontMatter(title=f"Title {n:02}") for n in range(40)}
    around, _ = _around(centre, f"g/{place:02}.md")
    names = [article.path for article in around.siblings]
    assert len(names) == MOST
    assert f"g/{place:02}.md" in names
    assert names == sorted(names)


SHOWN: dict[str, Callable[[Centre], Centre]] = {
    "another title of the section": lambda c: {**c, "g/index.md": FrontMatter(title="Manuals")},
    "another title of a sibling": lambda c: {**c, "g/b.md": replace(c["g/b.md"], title="Reset the password now")},
    "another description": lambda c: {**c, "g/b.md": replace(c["g/b.md"], description="All.")},
    "one more in the section": lambda c: {**c, "g/z.md": FrontMatter(title="Z")},
    "one less in the section": lambda c: {path: meta for path, meta in c.items() if path != "g/b.md"},
    "another lesson": lambda c: {**c, "g/h/c.md": FrontMatter(title="Diagrams")},
    "a lesson less": lambda c: {**c, "far/d.md": FrontMatter(title="Do it", state=State.DRAFT)},
}
NOT_SHOWN: dict[str, Callable[[Centre], Centre]] = {
    "elsewhere": lambda c: {**c, "far/e.md": FrontMatter(title="Drink it")},
    "a new section": lambda c: {**c, "new/n.md": FrontMatter(title="N")},
    "what no card shows": lambda c: {**c, "g/b.md": replace(c["g/b.md"], owner="ann", review_by=date(2027, 1, 1))},
    "a draft": lambda c: {**c, "g/z.md": FrontMatter(title="Z", state=State.DRAFT)},
    "the order of the files": lambda c: dict(reversed(list(c.items()))),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_a_page_shows_changes_its_stamp(case: str) -> None:
    """Whatever changes among what an article shows of others changes its stamp."""
    assert _stamp(SHOWN[case](CENTRE), "g/a.md") != _stamp(CENTRE, "g/a.md")


@pytest.mark.parametrize("case", NOT_SHOWN)
def test_what_a_page_does_not_show_leaves_its_stamp(case: str) -> None:
    """Nothing else of the library does."""
    assert _stamp(NOT_SHOWN[case](CENTRE), "g/a.md") == _stamp(CENTRE, "g/a.md")


@pytest.mark.parametrize("cases", [SHOWN, NOT_SHOWN])
def test_the_stamp_says_what_is_shown(cases: Mapping[str, Callable[[Centre], Centre]]) -> None:
    """Pages of one stamp show the same of others, and pages that show something else have another."""
    for path in ("g/a.md", "g/h/c.md", "far/d.md"):
        around, cards = _around(CENTRE, path)
        for change in cases.values():
            centre = change(CENTRE)
            if centre.get(path) == CENTRE[path]:
                other, others_cards = _around(centre, path)
                same = surroundings(around, cards) == surroundings(other, others_cards)
                assert same or around.stamp(cards) != other.stamp(others_cards)


def test_announcements() -> None:
    """An announcement of the day changes the pages of its sections alone; one of another day changes none."""
    here = Announcement(text="We move.", sections=("g",))
    later = Announcement(text="We move.", starts=date(2026, 11, 24))
    assert _stamp(CENTRE, "g/a.md", here) != _stamp(CENTRE, "g/a.md")
    assert _stamp(CENTRE, "far/d.md", here) == _stamp(CENTRE, "far/d.md", later) == _stamp(CENTRE, "far/d.md")
    assert _around(CENTRE, "g/a.md", here)[0].announcements == (here,)


def test_stamps_last() -> None:
    """The same library gives the same stamps each time."""
    assert [_stamp(CENTRE, path) for path in CENTRE] == [_stamp(dict(CENTRE), path) for path in CENTRE]
