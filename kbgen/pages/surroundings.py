"""The surroundings of a page: what it shows of its neighbours, as templates want it."""

from __future__ import annotations

from dataclasses import dataclass

from kbgen.articles.announcement import Announcement
from kbgen.pages.card import Card, Cards, SectionCard
from kbgen.pages.listing import Listing
from kbgen.pages.neighbours import Neighbours


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The articles whose titles begin with one letter."""

    name: str
    anchor: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class ListingLink:
    """Another page of the same listing."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """Everything that a page shows of others."""

    section: SectionCard
    breadcrumb: tuple[SectionCard, ...]
    siblings: tuple[Card, ...]
    related: tuple[Card, ...]
    lessons: tuple[Card, ...]
    sections: tuple[SectionCard, ...]
    """On a section's page: the sections below it."""
    listed: tuple[Card, ...]
    """On a section's page: its articles."""
    letters: tuple[Letter, ...]
    """On a page from A to Z."""
    listing_pages: tuple[ListingLink, ...]
    announcements: tuple[Announcement, ...]
    is_listing: bool
    """Whether the page lists articles, or says that one is gone, instead of being one."""


def surroundings(around: Neighbours, cards: Cards) -> Surroundings:
    """What a page shows of its neighbours."""
    listing = around.listing
    return Surroundings(
        section=cards.section(around.section),
        breadcrumb=tuple(map(cards.section, around.breadcrumb)),
        siblings=tuple(map(cards.article, around.siblings)),
        related=tuple(map(cards.article, around.related)),
        lessons=tuple(map(cards.article, around.lessons)),
        sections=tuple(map(cards.section, around.below)),
        listed=tuple(map(cards.article, listing.articles if listing else ())),
        letters=_letters(listing, cards),
        listing_pages=tuple(
            ListingLink(title=title, url=cards.address(path)) for title, path in (listing.pages if listing else ())
        ),
        announcements=around.announcements,
        is_listing=around.is_listing,
    )


def _letters(listing: Listing | None, cards: Cards) -> tuple[Letter, ...]:
    return tuple(
        Letter(name=name, anchor=f"letter-{place}", cards=tuple(map(cards.article, articles)))
        for place, (name, articles) in enumerate(listing.letters if listing else (), start=1)
    )
