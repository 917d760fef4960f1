"""The video of a page, with everything that the page says about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kbgen.articles.article import Article, posix
from kbgen.pages.card import Cards
from kbgen.pages.day import language_name
from kbgen.videos.captions import Cue, Paragraph, clock, read_captions, transcript


@dataclass(frozen=True, kw_only=True)
class Track:
    """A caption file."""

    lang: str
    name: str
    """The language as readers of the site call it."""
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


def video_view(article: Article, cards: Cards, content: Path, language: str) -> VideoView | None:
    """The video of an article, `None` where it has none."""
    video = article.meta.video
    if video is None:
        return None
    cues = _cues(content, article, next(iter(video.captions.values()), ""))
    return VideoView(
        src=cards.file(article, video.src),
        provider_url=video.provider_url,
        poster=cards.file(article, video.poster),
        described=cards.file(article, video.described),
        duration=clock(video.duration) if video.duration else "",
        tracks=tuple(
            Track(lang=lang, name=language_name(lang, language), url=cards.file(article, file))
            for lang, file in video.captions.items()
        ),
        chapters=tuple(
            Chapter(title=cue.text, start=cue.start, clock=clock(cue.start))
            for cue in _cues(content, article, video.chapters)
        ),
        transcript=tuple(transcript(cues)),
    )


def _cues(content: Path, article: Article, target: str) -> list[Cue]:
    path = posix(article.path, target) if target else None
    if not path:
        return []
    cues, _ = read_captions((content / path).read_text(encoding="utf-8"), path)
    return cues
