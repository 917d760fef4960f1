"""Lifecycle: whether an article is on the site on a given day, and if not, why."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from kbgen.articles.front_matter import FrontMatter, State
from kbgen.errors import KbgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kbgen.articles.article import Article

DRAFTS = "drafts"
"""The folder below `content/` whose files are drafts, whatever their front matter says."""


class Stage(StrEnum):
    """Where an article stands on a day; the value completes 'the article is …'."""

    PUBLISHED = "published"
    DRAFT = "a draft"
    ARCHIVED = "archived"
    SCHEDULED = "not yet published"
    EXPIRED = "expired"


def stage(article: Article, today: date) -> Stage:
    """Where the article stands on the day `today`."""
    if article.section.split("/")[0] == DRAFTS:
        return Stage.DRAFT
    return _stage(article.meta, today)


def _stage(meta: FrontMatter, today: date) -> Stage:
    if meta.state is State.DRAFT:
        return Stage.DRAFT
    if meta.state is State.ARCHIVED:
        return Stage.ARCHIVED
    if meta.publish_on and today < meta.publish_on:
        return Stage.SCHEDULED
    if meta.expires_on and meta.expires_on <= today:
        return Stage.EXPIRED
    return Stage.PUBLISHED


def build_day(environment: Mapping[str, str] = os.environ) -> date:
    """The day a build counts as today: `SOURCE_DATE_EPOCH` where it is set, else the UTC date."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise KbgenError(
            f"SOURCE_DATE_EPOCH is not a moment: '{epoch}'", hint="set it to seconds since 1970, or unset it"
        ) from error
