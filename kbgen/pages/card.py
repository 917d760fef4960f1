"""Cards: articles and sections as lists show them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kbgen.articles.article import Article, posix
from kbgen.articles.library import Library, Section
from kbgen.videos.captions import clock

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
    icon: str
    """Name of one of Material's icons, or `""`."""
    count: int
    """Articles in it and in all sections below it."""
    articles: int
    """Articles in the section itself."""


@dataclass(frozen=True, kw_only=True)
class Cards:
    """Makes the cards of one site."""

    library: Library
    address: Address
    _made: dict[str, Card] = field(default_factory=dict, repr=False)
    _stamps: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False)

    def article(self, article: Article) -> Card:
        """One article for a list."""
        card = self._made.get(article.path)
        if card is None:
            card = self._made[article.path] = self._article(article)
        return card

    def _article(self, article: Article) -> Card:
        video = article.meta.video
        return Card(
            title=article.title,
            url=self.address(article.path),
            description=article.meta.description,
            kind=article.kind.value,
            duration=clock(video.duration) if video and video.duration else "",
            poster=self.file(article, video.poster) if video else "",
            captioned=bool(video and video.captions),
        )

    def section(self, section: Section) -> SectionCard:
        """One section for a list."""
        return SectionCard(
            title=section.title,
            url=self.address(section.index_path),
            description=section.description,
            icon=section.icon,
            count=section.count,
            articles=len(section.articles),
        )

    def stamp(self, article: Article) -> bytes:
        """Eight bytes that change with the card of an article."""
        return self._stamp(("article", article.path), lambda: self.article(article))

    def section_stamp(self, section: Section) -> bytes:
        """Eight bytes that change with the card of a section."""
        return self._stamp(("section", section.path), lambda: self.section(section))

    def _stamp(self, key: tuple[str, str], card: Callable[[], object]) -> bytes:
        if key not in self._stamps:
            self._stamps[key] = hashlib.blake2b(repr(card()).encode(), digest_size=8).digest()
        return self._stamps[key]

    def named(self, paths: Iterable[str]) -> tuple[Card, ...]:
        """The articles named by their paths below `content/`; what is not published is left out."""
        found = (self.library.published_at(posix("", path) or "") for path in paths)
        return tuple(self.article(article) for article in found if article)

    def file(self, article: Article, target: str) -> str:
        """The address of a file that an article names, `""` where it names none."""
        path = posix(article.path, target) if target else None
        return self.address(path) if path else ""
