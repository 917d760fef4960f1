"""What one page shows beside its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

from kbgen.articles.announcement import Announcement
from kbgen.articles.article import Article
from kbgen.articles.library import Library, Section
from kbgen.articles.settings import KbgenSettings
from kbgen.outputs.structured_data import ArticleFacts, article_data, breadcrumb_list, json_ld
from kbgen.pages.card import Card, Cards, SectionCard
from kbgen.pages.channel import ChannelView
from kbgen.pages.day import Day, day
from kbgen.pages.listing import Listing
from kbgen.pages.policy import policy
from kbgen.pages.site import Frame, Improvement, announcements, channel_views, improvement
from kbgen.pages.video import VideoView, video_view

WORDS_A_MINUTE = 200
"""How fast people read instructions on a screen; surveys of silent reading give 175 to 300."""
BEST_CHANNELS = 2


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What MkDocs knows of a page."""

    url: str
    canonical: str
    """The whole address, `""` where the site has none."""
    updated: str
    html: str


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
class PageView:
    """What one page shows beside its text."""

    path: str
    kind: str
    revision: str
    lang: str
    """Language of its text, `""` where it is that of the site."""
    is_listing: bool
    """Whether it lists articles, or says that one is gone, instead of being one."""
    updated: Day | None
    verified_on: Day | None
    reading_minutes: int
    applies_to: tuple[str, ...]
    improved: Improvement | None
    breadcrumb: tuple[SectionCard, ...]
    siblings: tuple[Card, ...]
    section: SectionCard
    related: tuple[Card, ...]
    channels: tuple[ChannelView, ...]
    best_channels: tuple[ChannelView, ...]
    vote_action: str
    """Where the vote form posts to, or `""` where no vote is asked for."""
    video: VideoView | None
    lessons: tuple[Card, ...]
    sections: tuple[SectionCard, ...]
    """On a section's page: the sections below it."""
    listed: tuple[Card, ...]
    """On a section's page: its articles."""
    letters: tuple[Letter, ...]
    """On a page from A to Z."""
    listing_pages: tuple[ListingLink, ...]
    announcements: tuple[Announcement, ...]
    markdown: str
    """Address of the article as Markdown below the site's root, or `""`."""
    picture: str
    """The whole address of a picture that stands for the article, or `""`."""
    diagrams: str
    """The script that draws diagrams, on a page that has some, else `""`."""
    policy: str
    structured_data: str


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Makes the views of one site's pages."""

    library: Library
    settings: KbgenSettings
    site_name: str
    site_url: str
    content: Path
    cards: Cards
    related: Mapping[str, tuple[Article, ...]]
    listings: Mapping[str, Listing]
    frame: Frame

    def page(self, article: Article, rendered: Rendered) -> PageView:
        """The view of one article, section or listing."""
        section = self.library.sections.get(article.section) or self.library.top
        listing = self.listings.get(article.path)
        is_listing = article.is_index or listing is not None or self.library.published_at(article.path) is None
        video = video_view(article, self.cards, self.content, self.frame.language)
        channels = channel_views(self.settings, self.frame, article.meta.channels)
        breadcrumb = self._breadcrumb(article)
        diagrams = self._diagrams(rendered.html)
        return PageView(
            path=article.path,
            kind=article.kind.value,
            revision=article.revision,
            lang=article.meta.lang if article.meta.lang != self.frame.language else "",
            is_listing=is_listing,
            updated=day(date.fromisoformat(rendered.updated), self.frame.language) if rendered.updated else None,
            verified_on=day(article.meta.verified_on, self.frame.language) if article.meta.verified_on else None,
            reading_minutes=max(1, round(len(article.prose.split()) / WORDS_A_MINUTE)) if not is_listing else 0,
            applies_to=article.meta.applies_to,
            improved=improvement(article, self.frame.language),
            breadcrumb=breadcrumb,
            siblings=tuple(self.cards.article(a) for a in _window(section, article)),
            section=self.cards.section(section),
            related=tuple(self.cards.article(a) for a in self.related.get(article.path, ())),
            channels=channels,
            best_channels=channels[:BEST_CHANNELS],
            vote_action=self._vote_action(article, is_listing=is_listing),
            video=video,
            lessons=self.cards.named(article.meta.course),
            sections=tuple(self.cards.section(s) for s in section.sections) if article.is_index else (),
            listed=tuple(self.cards.article(a) for a in listing.articles) if listing else (),
            letters=self._letters(listing),
            listing_pages=tuple(
                ListingLink(title=title, url=self.cards.address(path))
                for title, path in (listing.pages if listing else ())
            ),
            announcements=announcements(self.settings, self.library.today, article.section),
            markdown=quote(article.path) if not is_listing else "",
            picture=self._picture(article),
            diagrams=diagrams,
            policy=policy(self.settings, self.frame.scripts, content=rendered.html, diagrams=bool(diagrams)),
            structured_data=self._structured_data(article, rendered, breadcrumb, is_listing=is_listing),
        )

    def _letters(self, listing: Listing | None) -> tuple[Letter, ...]:
        return tuple(
            Letter(name=name, anchor=f"letter-{place}", cards=tuple(map(self.cards.article, articles)))
            for place, (name, articles) in enumerate(listing.letters if listing else (), start=1)
        )

    def _breadcrumb(self, article: Article) -> tuple[SectionCard, ...]:
        parts = article.section.split("/") if article.section else []
        paths = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        if article.is_index:
            paths = paths[:-1]
        known = [self.library.sections[path] for path in paths if path in self.library.sections]
        return tuple(self.cards.section(section) for section in known)

    def _vote_action(self, article: Article, *, is_listing: bool) -> str:
        service = self.settings.feedback.service
        asked = service and article.meta.feedback and not is_listing
        return f"{service.rstrip('/')}/v1/votes" if asked else ""

    def _diagrams(self, html: str) -> str:
        script = self.settings.look.mermaid
        return self.cards.address(script) if script and 'class="mermaid"' in html else ""

    def _structured_data(
        self, article: Article, rendered: Rendered, breadcrumb: Iterable[SectionCard], *, is_listing: bool
    ) -> str:
        """Breadcrumb and article for machines, which want whole addresses.

        `""` for a site that has none, and for the home page, to which no way leads.
        """
        if not rendered.canonical or not rendered.url.strip("./"):
            return ""
        trail = [(card.title, urljoin(self.site_url, card.url)) for card in breadcrumb]
        crumbs = breadcrumb_list([(self.site_name, self.site_url), *trail, (article.title, rendered.canonical)])
        if is_listing:
            return json_ld(crumbs)
        about = ArticleFacts(
            title=article.title,
            description=article.meta.description,
            url=rendered.canonical,
            date_modified=rendered.updated,
            image=self._picture(article),
            site_name=self.site_name,
            lang=article.meta.lang or self.frame.language,
        )
        return json_ld(crumbs, article_data(about))

    def _picture(self, article: Article) -> str:
        poster = self.cards.file(article, article.meta.video.poster) if article.meta.video else ""
        return urljoin(self.site_url, poster) if poster and self.site_url else ""


def _window(section: Section, current: Article, most: int = 12) -> tuple[Article, ...]:
    """Up to `most` articles around the current one, so that a page costs the same in a section of any size."""
    place = section.places.get(current.path, 0)
    start = max(0, min(place - most // 2, len(section.articles) - most))
    return section.articles[start : start + most]
