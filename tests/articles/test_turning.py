"""Turning days: the days on which the same files make another site."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.announcement import Announcement
from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, Improved, State
from kbgen.articles.library import Library
from kbgen.articles.settings import KbgenSettings
from kbgen.articles.turning import FRESH, turning_days

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def _days(*articles: FrontMatter, announcements: tuple[Announcement, ...] = ()) -> list[date]:
    found = [Article(path=f"{n}.md", meta=meta, body="", body_line=1) for n, meta in enumerate(articles)]
    library = Library(articles=tuple(found), problems=(), today=date(2026, 11, 23))
    return sorted(turning_days(library, KbgenSettings(announcements=announcements)))


def test_nothing_turns() -> None:
    """Articles without dates, and announcements without end, are the same on every day; reviews show nowhere."""
    plain = FrontMatter(title="A", review_by=date(2026, 12, 1), verified_on=date(2026, 11, 1))
    assert _days(plain, announcements=(Announcement(text="We move."),)) == []


def test_articles_that_come_and_go() -> None:
    """An article turns on its first day, and on the first day when it is gone."""
    meta = FrontMatter(title="A", publish_on=date(2026, 12, 1), expires_on=date(2026, 12, 24))
    assert _days(meta) == [date(2026, 12, 1), date(2026, 12, 24)]


def test_drafts_count() -> None:
    """Days of articles that are not published may be named: one day more costs a build, one less a wrong site."""
    assert date(2026, 12, 1) in _days(FrontMatter(title="A", state=State.PUBLISHED, publish_on=date(2026, 12, 1)))


def test_improvements() -> None:
    """An improvement is news from its day on, and the day after its last one it is not."""
    meta = FrontMatter(title="A", improved=Improved(date=date(2026, 11, 20), what="More."))
    assert _days(meta) == [date(2026, 11, 20), date(2026, 11, 20) + FRESH + timedelta(days=1)]


def test_announcements() -> None:
    """An announcement turns on its first day and on the day after its last."""
    announcement = Announcement(text="We move.", starts=date(2026, 11, 24), ends=date(2026, 11, 28))
    assert _days(announcements=(announcement,)) == [date(2026, 11, 24), date(2026, 11, 29)]


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_every_change_of_an_article_is_named(first: date | None, end: date | None, today: date) -> None:
    """Whenever an article's stage differs from that of the day before, that day is a turning day."""
    meta = FrontMatter(title="A", publish_on=first, expires_on=end)
    article = Article(path="a.md", meta=meta, body="", body_line=1)
    library = Library(articles=(article,), problems=(), today=today)
    before = Library(articles=(article,), problems=(), today=today - timedelta(days=1))
    if library.stage(article) is not before.stage(article):
        assert today in _days(meta)


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_every_change_of_an_announcement_is_named(starts: date | None, ends: date | None, today: date) -> None:
    """The same holds for announcements."""
    announcement = Announcement(text="We move.", starts=starts, ends=ends)
    if announcement.shown_on(today) != announcement.shown_on(today - timedelta(days=1)):
        assert today in _days(announcements=(announcement,))
