"""Listings: pages that list articles, cut so that none holds more than a person can scroll through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kbgen.articles.alphabet import ListingPage, by_letter, listing_pages
from kbgen.articles.article import Article
from kbgen.articles.library import Library, Section

MOST = 200
"""Articles on one page of a listing."""
ALL = "all"
"""The folder of the listing from A to Z."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One page of a listing; it is generated unless it is a section's own page."""

    path: str
    """Where the page lies below `content/`."""
    title: str
    template: str
    letters: tuple[tuple[str, tuple[Article, ...]], ...] = ()
    articles: tuple[Article, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    """Every page of the same listing: its title and its path."""


def listings(library: Library, words: Mapping[str, str]) -> dict[str, Listing]:
    """Every listing page of the site by its path: all articles from A to Z, and each section."""
    sections = [listing for section in library.sections.values() for listing in _section(section, words)]
    return {listing.path: listing for listing in (*sections, *_alphabet(library, words))}


def _alphabet(library: Library, words: Mapping[str, str]) -> Iterator[Listing]:
    cut = listing_pages(by_letter(a for a in library.published if not a.is_index), most=MOST)
    names = [_letters(page) for page in cut]
    paths = [f"{ALL}/{page.name or 'index'}.md" for page in cut]
    for number, (page, path) in enumerate(zip(cut, paths, strict=True)):
        yield Listing(
            path=path,
            title=words["all_articles"] if number == 0 else f"{words['all_articles']}: {names[number]}",
            template="all.html",
            letters=tuple(page.letters),
            pages=tuple(zip(names, paths, strict=True)),
        )


def _letters(page: ListingPage) -> str:
    """The letters of a page as its readers see them: A – C, S, and S 2 for the second page of S."""
    if not page.letters:
        return ""
    number = re.search(r"-(\d+)$", page.name)
    names = dict.fromkeys([page.letters[0][0], page.letters[-1][0]])
    return " – ".join(names) + (f" {number[1]}" if number else "")


def _section(section: Section, words: Mapping[str, str]) -> Iterator[Listing]:
    cut = [section.articles[start : start + MOST] for start in range(0, len(section.articles), MOST)] or [()]
    folder = f"{section.path}/" if section.path else ""
    paths = [section.index_path, *(f"{folder}page-{number}.md" for number in range(2, len(cut) + 1))]
    page_of = words["page_of"].replace("{count}", str(len(cut)))
    numbers = [page_of.replace("{number}", str(n)) for n in range(1, len(cut) + 1)]
    for number, (articles, path) in enumerate(zip(cut, paths, strict=True)):
        yield Listing(
            path=path,
            title=section.title if number == 0 else f"{section.title}: {numbers[number]}",
            template="section.html",
            articles=articles,
            pages=tuple(zip(numbers, paths, strict=True)),
        )
