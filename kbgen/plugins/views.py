"""Views: what the templates are handed. These dataclasses are the templates' whole contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kbgen.articles.article import Article, posix
from kbgen.articles.front_matter import Improved
from kbgen.articles.library import Library, Section
from kbgen.articles.lifecycle import Stage
from kbgen.articles.settings import Channel, KbgenSettings
from kbgen.videos.captions import Cue, Paragraph, clock, read_captions, transcript

Address = Callable[[str], str]
"""Maps a path below `content/` to its address below the site's root."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """An article in a list."""

    title: str
    url: str
    description: str
    kind: str
    duration: str
    """Length of its video, as 1:23, or `""`."""
    poster: str
    captioned: bool


@dataclass(frozen=True, kw_only=True)
class SectionCard:
    """A section in a list."""

    title: str
    url: str
    description: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Track:
    """A caption file."""

    lang: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A named span of a video."""

    title: str
    start: float
    clock: str


@dataclass(frozen=True, kw_only=True)
class VideoView:
    """A video with everything that the page says about it."""

    src: str
    provider_url: str
    poster: str
    described: str
    duration: str
    tracks: tuple[Track, ...]
    chapters: tuple[Chapter, ...]
    transcript: tuple[Paragraph, ...]


@dataclass(frozen=True, kw_only=True)
class SiteView:
    """What every page may show of the whole site."""

    sections: tuple[SectionCard, ...]
    videos: tuple[Card, ...]
    channels: tuple[Channel, ...]
    intro: str
    listing: tuple[tuple[SectionCard, tuple[Card, ...]], ...]
    """Every section with its articles, for the page that works without JavaScript."""


@dataclass(frozen=True, kw_only=True)
class PageView:
    """What one page shows beside its text."""

    path: str
    kind: str
    revision: str
    updated: str
    improved: Improved | None
    breadcrumb: tuple[SectionCard, ...]
    siblings: tuple[Card, ...]
    section: SectionCard
    related: tuple[Card, ...]
    channels: tuple[Channel, ...]
    vote_action: str
    """Where the vote form posts to, or `""` where no vote is asked for."""
    video: VideoView | None
    lessons: tuple[Card, ...]
    articles: tuple[Card, ...]
    """On a section's page: its articles."""
    sections: tuple[SectionCard, ...]
    """On a section's page: the sections below it."""


@dataclass(frozen=True, kw_only=True)
class Views:
    """Makes the views of one site."""

    library: Library
    settings: KbgenSettings
    content: Path
    address: Address
    related: dict[str, tuple[Article, ...]]
    vote_service: str

    def site(self) -> SiteView:
        """The view that every page shares."""
        return SiteView(
            sections=tuple(self.section_card(section) for section in self._in_order(self.library.top.sections)),
            videos=self.cards(self.settings.home.videos),
            channels=self.settings.channels,
            intro=self.settings.home.intro,
            listing=tuple(
                (self.section_card(section), tuple(self.card(a) for a in section.articles))
                for section in self._in_order(self.library.sections.values())
                if section.articles
            ),
        )

    def _in_order(self, sections: Iterable[Section]) -> list[Section]:
        """The sections as `home.sections` orders the folders at the top; the rest follows as it came."""
        first = {path: place for place, path in enumerate(self.settings.home.sections)}
        return sorted(sections, key=lambda section: first.get(section.path.split("/")[0], len(first)))

    def page(self, article: Article, updated: str) -> PageView:
        """The view of one article or section page."""
        section = self.library.sections.get(article.section) or self.library.top
        siblings = section.articles
        return PageView(
            path=article.path,
            kind=article.kind.value,
            revision=article.revision,
            updated=updated,
            improved=article.meta.improved,
            breadcrumb=self._breadcrumb(article),
            siblings=tuple(self.card(a) for a in _window(siblings, article)),
            section=self.section_card(section),
            related=tuple(self.card(a) for a in self.related.get(article.path, ())),
            channels=self._channels(article),
            vote_action=self._vote_action(article),
            video=self._video(article),
            lessons=self.cards(article.meta.course),
            articles=tuple(self.card(a) for a in siblings) if article.is_index else (),
            sections=tuple(self.section_card(s) for s in section.sections) if article.is_index else (),
        )

    def cards(self, paths: tuple[str, ...]) -> tuple[Card, ...]:
        """The articles named by their paths below `content/`; what is not published is left out."""
        found = (self.library.by_path.get(posix("", path) or "") for path in paths)
        return tuple(self.card(article) for article in found if article is not None and self._shown(article))

    def _shown(self, article: Article) -> bool:
        return self.library.stage(article) is Stage.PUBLISHED

    def card(self, article: Article) -> Card:
        """One article for a list."""
        video = article.meta.video
        return Card(
            title=article.title,
            url=self.address(article.path),
            description=article.meta.description,
            kind=article.kind.value,
            duration=clock(video.duration) if video and video.duration else "",
            poster=self._file(article, video.poster) if video else "",
            captioned=bool(video and video.captions),
        )

    def section_card(self, section: Section) -> SectionCard:
        """One section for a list."""
        return SectionCard(
            title=section.title,
            url=self.address(section.index_path),
            description=section.description,
            count=section.count,
        )

    def _breadcrumb(self, article: Article) -> tuple[SectionCard, ...]:
        parts = article.section.split("/") if article.section else []
        paths = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        if article.is_index:
            paths = paths[:-1]
        known = [self.library.sections[path] for path in paths if path in self.library.sections]
        return tuple(self.section_card(section) for section in known)

    def _channels(self, article: Article) -> tuple[Channel, ...]:
        chosen = article.meta.channels
        return tuple(c for c in self.settings.channels if not chosen or c.id in chosen)

    def _vote_action(self, article: Article) -> str:
        asked = self.vote_service and article.meta.feedback and not article.is_index
        return f"{self.vote_service.rstrip('/')}/v1/votes" if asked else ""

    def _file(self, article: Article, target: str) -> str:
        path = posix(article.path, target) if target else None
        return self.address(path) if path else ""

    def _video(self, article: Article) -> VideoView | None:
        video = article.meta.video
        if video is None:
            return None
        cues = self._cues(article, next(iter(video.captions.values()), ""))
        return VideoView(
            src=self._file(article, video.src),
            provider_url=video.provider_url,
            poster=self._file(article, video.poster),
            described=self._file(article, video.described),
            duration=clock(video.duration) if video.duration else "",
            tracks=tuple(Track(lang=lang, url=self._file(article, file)) for lang, file in video.captions.items()),
            chapters=tuple(
                Chapter(title=cue.text, start=cue.start, clock=clock(cue.start))
                for cue in self._cues(article, video.chapters)
            ),
            transcript=tuple(transcript(cues)),
        )

    def _cues(self, article: Article, target: str) -> list[Cue]:
        path = posix(article.path, target) if target else None
        if not path:
            return []
        cues, _ = read_captions((self.content / path).read_text(encoding="utf-8"), path)
        return cues


def _window(articles: tuple[Article, ...], current: Article, most: int = 12) -> tuple[Article, ...]:
    """Up to `most` articles around the current one, so that a page costs the same in a section of any size."""
    if current not in articles:
        return articles[:most]
    start = max(0, min(articles.index(current) - most // 2, len(articles) - most))
    return articles[start : start + most]
