"""Listings: every article once, on pages that a person can scroll through."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.library import Library
from kbgen.pages.listing import ALL, MOST, Listing, listings

WORDS = {"all_articles": "All articles", "page_of": "Page {number} of {count}"}


def an_article(path: str, title: str = "A", **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(title=title, **meta), body="", body_line=1)  # type: ignore[arg-type]


def of(*articles: Article) -> dict[str, Listing]:
    return listings(Library(articles=articles, problems=(), today=date(2026, 11, 23)), WORDS)


def alphabet(found: dict[str, Listing]) -> list[Listing]:
    return [listing for listing in found.values() if listing.template == "all.html"]


def names(listing: Listing) -> list[str]:
    return [f"{name}: {' '.join(a.path for a in articles)}" for name, articles in listing.letters]


def numbered(folder: str, count: int, title: str = "A") -> list[Article]:
    return [an_article(f"{folder}/{n:03}.md", f"{title} {n:03}") for n in range(count)]


def test_small_site() -> None:
    """A small site has one page from A to Z, and each section its own page."""
    found = of(an_article("g/b.md", "Beta"), an_article("g/a.md", "Alpha"), an_article("top.md", "Apple"))
    assert set(found) == {"all/index.md", "index.md", "g/index.md"}
    page = found["all/index.md"]
    assert (page.title, page.template) == ("All articles", "all.html")
    assert names(page) == ["A: g/a.md top.md", "B: g/b.md"]
    assert [a.path for a in found["g/index.md"].articles] == ["g/a.md", "g/b.md"]
    assert [a.path for a in found["index.md"].articles] == ["top.md"]


def test_no_articles() -> None:
    """A site of nothing but a home page has an empty page from A to Z."""
    found = of(an_article("index.md", "Home"))
    assert found["all/index.md"].letters == ()
    assert found["all/index.md"].pages == (("", "all/index.md"),)


def test_what_is_not_listed() -> None:
    """Section pages and what is not published are on no list."""
    found = of(
        an_article("g/index.md", "Guides"),
        an_article("g/a.md"),
        an_article("g/draft.md", state=State.DRAFT),
        an_article("drafts/b.md"),
    )
    listed = [a.path for page in alphabet(found) for _, articles in page.letters for a in articles]
    assert listed == ["g/a.md"]
    assert "drafts/index.md" not in found
    assert found["g/index.md"].title == "Guides"


def test_a_section_of_readme() -> None:
    """A section whose page is a README.md is listed there."""
    found = of(an_article("g/README.md", "Guides"), an_article("g/a.md"))
    assert found["g/README.md"].articles[0].path == "g/a.md"
    assert "g/index.md" not in found


def test_large_section() -> None:
    """A section is cut after 200 articles; every page names all of them."""
    found = of(*numbered("g", 2 * MOST + 1))
    pages = [found[path] for path in ("g/index.md", "g/page-2.md", "g/page-3.md")]
    assert [len(page.articles) for page in pages] == [200, 200, 1]
    assert [page.title for page in pages] == ["G", "G: Page 2 of 3", "G: Page 3 of 3"]
    for page in pages:
        assert page.pages == (
            ("Page 1 of 3", "g/index.md"),
            ("Page 2 of 3", "g/page-2.md"),
            ("Page 3 of 3", "g/page-3.md"),
        )
        assert page.template == "section.html"


def test_section_of_exactly_one_page() -> None:
    """200 articles are still one page."""
    found = of(*numbered("g", MOST))
    assert [path for path in found if path.startswith("g/")] == ["g/index.md"]
    assert found["g/index.md"].pages == (("Page 1 of 1", "g/index.md"),)


def test_large_top() -> None:
    """Articles beside the home page are cut in the same way."""
    found = of(*(an_article(f"{n:03}.md") for n in range(MOST + 1)))
    assert "page-2.md" in found


def test_large_alphabet() -> None:
    """More than 200 articles stand on several pages, named by their letters."""
    found = of(*numbered("g", 150, "Apple"), *numbered("h", 40, "Beet"), *numbered("i", 100, "Corn"))
    pages = alphabet(found)
    assert [page.path for page in pages] == ["all/index.md", "all/c.md"]
    assert [page.title for page in pages] == ["All articles", "All articles: C"]
    assert pages[0].pages == pages[1].pages == (("A – B", "all/index.md"), ("C", "all/c.md"))


def test_pages_of_one_letter_have_names_of_their_own() -> None:
    """A letter that fills several pages gives each a title of its own, so that readers can tell their links apart."""
    pages = alphabet(of(*numbered("g", 450, "Apple")))
    assert len(pages) == 3
    assert len({page.title for page in pages}) == 3
    assert len({name for name, _ in pages[0].pages}) == 3


def test_a_section_named_all_takes_no_page_away() -> None:
    """A folder `all` in the content does not take the place of the list of all articles."""
    found = of(an_article("all/a.md"), an_article("g/b.md"))
    assert alphabet(found)


def test_words_with_braces_of_their_own() -> None:
    """A site that says 'page' in its own way may leave a number out or write braces."""
    words = {**WORDS, "page_of": "{number}. {seite} {}"}
    library = Library(articles=(an_article("g/a.md"),), problems=(), today=date(2026, 11, 23))
    assert listings(library, words)["g/index.md"].pages == (("1. {seite} {}", "g/index.md"),)


folders = st.sampled_from(["", "g/", "g/h/", "i/", "drafts/"])
titles = st.lists(st.text(min_size=1, max_size=3) | st.sampled_from(["apple", "Äpfel", "1", "Яма", "🎉"]), min_size=1)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(folders, st.integers(0, 450)), titles)
def test_every_article_once(counts: dict[str, int], titles: list[str]) -> None:
    """Every published article is listed once from A to Z and once in its section, on pages of at most 200."""
    articles = [
        an_article(f"{folder}{n}.md", title)
        for folder, count in counts.items()
        for n, title in zip(range(count), cycle(titles), strict=False)
    ]
    pages = of(*articles)
    published = Counter(a.path for a in articles if not a.path.startswith("drafts/"))
    by_letter = [[a.path for _, group in page.letters for a in group] for page in alphabet(pages)]
    by_section = [[a.path for a in page.articles] for page in pages.values() if page.template == "section.html"]
    for lists in (by_letter, by_section):
        assert Counter(path for page in lists for path in page) == published
        assert all(len(page) <= MOST for page in lists)
    for path, page in pages.items():
        assert page.path == path
        assert path in [other for _, other in page.pages]
        assert all(other in pages for _, other in page.pages)
    assert alphabet(pages)[0].path == f"{ALL}/index.md"
