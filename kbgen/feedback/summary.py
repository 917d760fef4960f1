"""The summary: how the readers of each article voted, with what so few votes can tell."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kbgen.feedback.vote import Vote

FEWEST = 5
"""Votes below which a share is said to be too few to tell."""


@dataclass(frozen=True, kw_only=True)
class ArticleFeedback:
    """The votes of one article over all its revisions; the interval is the 95 % Wilson interval of the yes share."""

    article: str
    yes: int
    no: int
    reasons: dict[str, int]
    comments: tuple[str, ...]
    low: float
    high: float

    @property
    def votes(self) -> int:
        """How many readers voted."""
        return self.yes + self.no

    def as_json(self) -> dict[str, object]:
        """The article's row in `--json`; the interval as a pair of shares from 0 to 1."""
        data = asdict(self)
        interval = [round(data.pop("low"), 4), round(data.pop("high"), 4)]
        return {**data, "votes": self.votes, "interval": interval, "enough": self.votes >= FEWEST}


def wilson(yes: int, votes: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share (E. B. Wilson, 1927); 0 to 1 where nobody voted."""
    if votes == 0:
        return 0.0, 1.0
    share = yes / votes
    middle = share + z * z / (2 * votes)
    reach = z * math.sqrt(share * (1 - share) / votes + z * z / (4 * votes * votes))
    scale = 1 + z * z / votes
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def summary(votes: Iterable[Vote]) -> list[ArticleFeedback]:
    """One row for each article with a vote, the surest of failures first.

    Order: upper end of the yes interval, lowest first, so that 0 of 1 does not come before 30 of 100.
    """
    by_article: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.helpful is not None:
            by_article[vote.article].append(vote)
    rows = [_row(article, cast) for article, cast in by_article.items()]
    return sorted(rows, key=lambda row: (row.high, row.article))


def _row(article: str, votes: list[Vote]) -> ArticleFeedback:
    yes = sum(vote.helpful is True for vote in votes)
    low, high = wilson(yes, len(votes))
    reasons = Counter(vote.reason.value for vote in votes if vote.reason and not vote.helpful)
    return ArticleFeedback(
        article=article,
        yes=yes,
        no=len(votes) - yes,
        reasons=dict(sorted(reasons.items())),
        comments=tuple(vote.comment for vote in votes if vote.comment),
        low=low,
        high=high,
    )
