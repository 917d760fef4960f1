"""Lifecycle: what is on the site on which day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter, State
from kbgen.articles.lifecycle import Stage, build_day, stage
from kbgen.errors import KbgenError

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def an_article(path: str = "a.md", **meta: object) -> Article:
    return Article(path=path, meta=FrontMatter(title="T", **meta), body="", body_line=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({}, Stage.PUBLISHED),
        ({"state": State.DRAFT}, Stage.DRAFT),
        ({"state": State.ARCHIVED}, Stage.ARCHIVED),
        ({"publish_on": TOMORROW}, Stage.SCHEDULED),
        ({"publish_on": TODAY}, Stage.PUBLISHED),
        ({"publish_on": YESTERDAY}, Stage.PUBLISHED),
        ({"expires_on": TOMORROW}, Stage.PUBLISHED),
        ({"expires_on": TODAY}, Stage.EXPIRED),
        ({"expires_on": YESTERDAY}, Stage.EXPIRED),
        ({"state": State.DRAFT, "publish_on": YESTERDAY}, Stage.DRAFT),
        ({"publish_on": YESTERDAY, "expires_on": TOMORROW}, Stage.PUBLISHED),
    ],
)
def test_stage(meta: dict[str, object], expected: Stage) -> None:
    """An article is on the site from its first day until the day it expires, unless its state keeps it out."""
    assert stage(an_article(**meta), TODAY) is expected


@pytest.mark.parametrize("path", ["drafts/a.md", "drafts/deep/a.md", "drafts/index.md"])
def test_drafts_folder(path: str) -> None:
    """What lies in content/drafts/ is a draft, whatever its front matter says."""
    assert stage(an_article(path, state=State.PUBLISHED), TODAY) is Stage.DRAFT


@pytest.mark.parametrize("path", ["drafts.md", "g/drafts/a.md", "draftsmen/a.md"])
def test_other_drafts(path: str) -> None:
    """Only the folder drafts/ at the top holds drafts."""
    assert stage(an_article(path), TODAY) is Stage.PUBLISHED


days = st.none() | st.dates(date(2026, 11, 20), date(2026, 11, 26))


@given(days, days, st.dates(date(2026, 11, 19), date(2026, 11, 27)))
def test_published_is_one_span(first: date | None, last: date | None, today: date) -> None:
    """An article is on the site exactly from publish_on to the day before expires_on."""
    shown = stage(an_article(publish_on=first, expires_on=last), today) is Stage.PUBLISHED
    assert shown == ((first is None or first <= today) and (last is None or today < last))


def test_source_date_epoch() -> None:
    """SOURCE_DATE_EPOCH decides which day a build counts as today, in UTC."""
    assert build_day({"SOURCE_DATE_EPOCH": "1795391999"}) == date(2026, 11, 22)
    assert build_day({"SOURCE_DATE_EPOCH": "1795392000"}) == date(2026, 11, 23)


def test_no_epoch() -> None:
    """Without SOURCE_DATE_EPOCH a build counts the UTC date as today."""
    before = datetime.now(UTC).date()
    assert before <= build_day({}) <= datetime.now(UTC).date()


@pytest.mark.parametrize("epoch", ["²", "99999999999999999"])
def test_impossible_epoch(epoch: str) -> None:
    """A SOURCE_DATE_EPOCH that names no day is an error for people."""
    with pytest.raises(KbgenError, match="SOURCE_DATE_EPOCH"):
        build_day({"SOURCE_DATE_EPOCH": epoch})
