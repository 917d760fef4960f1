"""Age as a cause: articles that want another look because of the calendar alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kbgen.articles.article import Article
from kbgen.review.item import QUARTER, Cause

STALE = timedelta(days=365)
"""How long it lasts that somebody tried an article."""
MOST = 5.0
"""Age alone says little of readers: it counts as so many of them at most."""


def age_cause(article: Article, file: str, today: date) -> Iterator[Cause]:
    """An article past `review_by`, or last tried more than a year ago.

    Past `review_by` it counts as one reader, and one more for each quarter that it is late; past a year since
    `verified_on` as half of that.
    """
    meta = article.meta
    if meta.review_by and meta.review_by < today:
        days = (today - meta.review_by).days
        yield _cause(1 + days / QUARTER.days, f"its review was due on {meta.review_by}, {days} days ago", file, days)
    elif meta.verified_on and meta.verified_on + STALE < today:
        days = (today - meta.verified_on).days
        late = days - STALE.days
        yield _cause(
            (1 + late / QUARTER.days) / 2, f"it was last tried on {meta.verified_on}, {days} days ago", file, days
        )


def _cause(readers: float, evidence: str, file: str, days: int) -> Cause:
    action = f"try what {file} says, mend it, and set verified_on to today and review_by to the next day for a look"
    return Cause(kind="age", readers=min(MOST, readers), evidence=evidence, action=action, facts={"days": days})
