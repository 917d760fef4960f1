"""What one page shows beside its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin

from kbgen.articles.article import Article, remembered
from kbgen.articles.settings import KbgenSettings
from kbgen.outputs.structured_data import ArticleFacts, article_data, breadcrumb_list, json_ld
from kbgen.pages.card import Cards, SectionCard
from kbgen.pages.channel import ChannelView
from kbgen.pages.day import Day, day
from kbgen.pages.policy import policy
from kbgen.pages.site import Frame, Improvement, channel_views, improvement
from kbgen.pages.surroundings import Surroundings
from kbgen.pages.video import VideoView, video_view
from kbgen.pages.vote import VoteView, vote_view

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
class PageView(Surroundings):
    """What one page shows beside its text."""

    path: str
    kind: str
    revision: str
    lang: str
    """Language of its text, `""` where it is that of the site."""
    updated: Day | None
    verified_on: Day | None
    reading_minutes: int
    applies_to: tuple[str, ...]
    improved: Improvement | None
    channels: tuple[ChannelView, ...]
    best_channels: tuple[ChannelView, ...]
    vote: VoteView | None
    """How it asks for a vote, `None` where it does not."""
    video: VideoView | None
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

    settings: KbgenSettings
    site_name: str
    site_url: str
    content: Path
    cards: Cards
    surroundings: Callable[[Article], Surroundings]
    """Finds what a page shows of others."""
    frame: Frame

    def page(self, article: Article, rendered: Rendered) -> PageView:
        """The view of one article, section or listing."""
        around = self.surroundings(article)
        is_listing = around.is_listing
        video = video_view(article, self.cards, self.content, self.frame.language)
        channels = channel_views(self.settings, self.frame, article.meta.channels)
        diagrams = self._diagrams(rendered.html)
        return PageView(
            **vars(around),
            path=article.path,
            kind=article.kind.value,
            revision=article.revision,
            lang=article.meta.lang if article.meta.lang != self.frame.language else "",
            updated=day(date.fromisoformat(rendered.updated), self.frame.language) if rendered.updated else None,
            verified_on=day(article.meta.verified_on, self.frame.language) if article.meta.verified_on else None,
            reading_minutes=max(1, round(count_of_words(article) / WORDS_A_MINUTE)) if not is_listing else 0,
            applies_to=article.meta.applies_to,
            improved=improvement(article, self.frame.language, self.cards.library.today),
            channels=channels,
            best_channels=channels[:BEST_CHANNELS],
            vote=vote_view(self.settings.feedback) if article.meta.feedback and not is_listing else None,
            video=video,
            markdown=quote(article.path) if not is_listing else "",
            picture=self._picture(article),
            diagrams=diagrams,
            policy=policy(self.settings, self.frame.scripts, content=rendered.html, diagrams=bool(diagrams)),
            structured_data=self._structured_data(article, rendered, around.breadcrumb, is_listing=is_listing),
        )

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


@remembered
def count_of_words(article: Article) -> int:
    """How many words of an article are read, code left out."""
    return len(article.prose.split())
