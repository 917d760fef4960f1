"""Turning days: the days on which the same files make another site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.library import Library
from kbgen.articles.settings import KbgenSettings

FRESH = timedelta(days=60)
"""How long an improvement is news."""
_DAY = timedelta(days=1)


def is_news(meta: FrontMatter, today: date) -> bool:
    """Whether an article was improved so lately that its readers are told."""
    return meta.improved is not None and timedelta(0) <= today - meta.improved.date <= FRESH


def turning_days(library: Library, settings: KbgenSettings) -> Iterator[date]:
    """Every first day on which something comes or goes, in no order; days of the past are among them."""
    for article in library.articles:
        meta = article.meta
        yield from filter(None, (meta.publish_on, meta.expires_on))
        if meta.improved:
            yield from (meta.improved.date, meta.improved.date + FRESH + _DAY)
    for announcement in settings.announcements:
        if announcement.starts:
            yield announcement.starts
        if announcement.ends:
            yield announcement.ends + _DAY
