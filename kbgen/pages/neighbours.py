"""The neighbours of a page: the articles and sections that it names beside its own text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kbgen.articles.announcement import Announcement
from kbgen.articles.article import Article, posix
from kbgen.articles.library import Library, Section
from kbgen.articles.settings import KbgenSettings
from kbgen.pages.card import Cards
from kbgen.pages.listing import Listing
from kbgen.pages.site import announcements

MOST = 12
"""Articles of its section that a page names, so that it costs the same in a section of any size."""


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Everything that a page shows of others; a page changes with nothing else of the library."""

    section: Section
    breadcrumb: tuple[Section, ...]
    siblings: tuple[Article, ...]
    """Articles around it in its section, itself among them."""
    related: tuple[Article, ...]
    lessons: tuple[Article, ...]
    below: tuple[Section, ...]
    """On a section's page: the sections below it."""
    listing: Listing | None
    announcements: tuple[Announcement, ...]
    is_listing: bool
    """Whether the page lists articles, or says that one is gone, instead of being one."""

    def stamp(self, cards: Cards) -> str:
        """A text that changes with whatever the page shows of its neighbours."""
        digest = hashlib.blake2b(digest_size=8)
        for part in self._parts(cards):
            digest.update(part)
            digest.update(b"\0")
        return digest.hexdigest()

    def _parts(self, cards: Cards) -> Iterator[bytes]:
        yield b"1" if self.is_listing else b"0"
        for sections in ((self.section,), self.breadcrumb, self.below):
            yield b"".join(map(cards.section_stamp, sections))
        for articles in (self.siblings, self.related, self.lessons):
            yield b"".join(map(cards.stamp, articles))
        if self.announcements:
            yield repr(self.announcements).encode()
        if self.listing:
            yield from _listing_parts(self.listing, cards)


def _listing_parts(listing: Listing, cards: Cards) -> Iterator[bytes]:
    yield b"".join(map(cards.stamp, listing.articles))
    for name, articles in listing.letters:
        yield name.encode() + b"".join(map(cards.stamp, articles))
    for title, path in listing.pages:
        yield f"{title}\t{cards.address(path)}".encode()


@dataclass(frozen=True, kw_only=True)
class Neighbourhood:
    """Finds the neighbours of each page of one site."""

    library: Library
    settings: KbgenSettings
    related: Mapping[str, tuple[Article, ...]]
    listings: Mapping[str, Listing]
    _ways: dict[tuple[str, bool], tuple[Section, ...]] = field(default_factory=dict, repr=False)

    def of(self, article: Article) -> Neighbours:
        """The neighbours of one article, section or listing."""
        library = self.library
        section = library.sections.get(article.section) or library.top
        listing = self.listings.get(article.path)
        return Neighbours(
            section=section,
            breadcrumb=self._breadcrumb(article),
            siblings=_around(section, article),
            related=self.related.get(article.path, ()),
            lessons=tuple(self._named(article.meta.course)),
            below=section.sections if article.is_index else (),
            listing=listing,
            announcements=announcements(self.settings, library.today, article.section),
            is_listing=article.is_index or listing is not None or library.published_at(article.path) is None,
        )

    def _breadcrumb(self, article: Article) -> tuple[Section, ...]:
        key = (article.section, article.is_index)
        if key not in self._ways:
            self._ways[key] = tuple(self._way(*key))
        return self._ways[key]

    def _way(self, folder: str, is_index: bool) -> Iterator[Section]:
        parts = folder.split("/") if folder else []
        paths = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        for path in paths[:-1] if is_index else paths:
            if path in self.library.sections:
                yield self.library.sections[path]

    def _named(self, paths: Iterable[str]) -> Iterator[Article]:
        return filter(None, (self.library.published_at(posix("", path) or "") for path in paths))


def _around(section: Section, current: Article) -> tuple[Article, ...]:
    place = section.places.get(current.path, 0)
    start = max(0, min(place - MOST // 2, len(section.articles) - MOST))
    return section.articles[start : start + MOST]
