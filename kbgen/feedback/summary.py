"""The summary: how the readers of each article voted, with what so few votes can tell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from kbgen.feedback.count import Count, by_article, total
from kbgen.feedback.digest import ArticleVotes, Digest
from kbgen.feedback.tally import Comment, Mislead, Tally

FEWEST = 5
"""Votes below which a share is said to be too few to tell."""


def wilson(yes: int, votes: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share (E. B. Wilson, 1927); 0 to 1 where nobody voted."""
    if votes == 0:
        return 0.0, 1.0
    share = yes / votes
    middle = share + z * z / (2 * votes)
    reach = z * math.sqrt(share * (1 - share) / votes + z * z / (4 * votes * votes))
    scale = 1 + z * z / votes
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


class Voted:
    """What follows from how many readers said yes and how many no."""

    yes: int
    no: int

    @property
    def votes(self) -> int:
        """How many readers voted."""
        return self.yes + self.no

    @property
    def interval(self) -> tuple[float, float]:
        """Within what the share of yes lies (95 %, Wilson)."""
        return wilson(self.yes, self.votes)


@dataclass(frozen=True, kw_only=True)
class TextCount(Voted):
    """The votes on one text of an article, small edits included."""

    revisions: tuple[str, ...]
    yes: int
    no: int
    reasons: Mapping[str, int]
    first: date | None
    """Day of the first vote, `None` where nobody has voted yet."""
    last: date | None

    def as_json(self) -> dict[str, object]:
        """The count in `--json`."""
        return {
            **vars(self),
            "reasons": dict(self.reasons),
            "votes": self.votes,
            "interval": _rounded(self.interval),
            "enough": self.votes >= FEWEST,
        }


@dataclass(frozen=True, kw_only=True)
class ArticleFeedback(Voted):
    """The votes of one article over all its revisions; the interval is the 95 % Wilson interval of the yes share."""

    article: str
    yes: int
    no: int
    reasons: Mapping[str, int]
    misled: int = 0
    """Readers who had looked for something else: a fault of search or links, not of the text."""
    searches: tuple[Mislead, ...] = ()
    """What they had searched for."""
    comments: tuple[str, ...] = ()
    counts: tuple[TextCount, ...] = ()
    """The votes on each text, newest last; empty where the texts are not known."""
    revision: str = ""
    """The revision that the article has now, `""` where it is not known."""
    rank: int = 0
    """Its place among those with enough votes, surest of failures first; 0 where there are too few."""

    @property
    def enough(self) -> bool:
        """Whether the votes are enough to tell anything."""
        return self.votes >= FEWEST

    @property
    def trend(self) -> Iterator[tuple[TextCount, TextCount]]:
        """Each count with the one that a major edit began."""
        voted = [count for count in self.counts if count.votes]
        return pairwise(voted)

    def as_json(self) -> dict[str, object]:
        """The article's row in `--json`; the interval as a pair of shares from 0 to 1."""
        data: dict[str, object] = {
            "article": self.article,
            "rank": self.rank or None,
            "yes": self.yes,
            "no": self.no,
            "votes": self.votes,
            "interval": _rounded(self.interval),
            "enough": self.enough,
            "reasons": dict(self.reasons),
            "findability": {"n": self.misled, "searches": [{"query": s.query, "n": s.n} for s in self.searches]},
            "comments": list(self.comments),
        }
        if self.counts:
            data |= {"revision": self.revision, "counts": [count.as_json() for count in self.counts]}
        return data


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(end, 4) for end in interval]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a summary shows of articles beside numbers, by the path of each."""

    searches: Mapping[str, Sequence[Mislead]] = field(default_factory=dict)
    comments: Mapping[str, Sequence[str]] = field(default_factory=dict)
    revisions: Mapping[str, str] = field(default_factory=dict)
    """The present revision."""


NOTHING = Beside()


def said(comments: Iterable[Comment], moved: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """What readers wrote, by article; `moved` leads from old paths to present ones."""
    texts: dict[str, list[str]] = {}
    for comment in comments:
        texts.setdefault((moved or {}).get(comment.article, comment.article), []).append(comment.text)
    return texts


def summary(tallies: Iterable[Tally], beside: Beside = NOTHING) -> list[ArticleFeedback]:
    """One row for each article with a vote, over all its texts; see `ranked` for their order."""
    rows = []
    for path, own in by_article(tallies).items():
        count = total(votes for (_, section), votes in own.items() if not section)
        if count:
            rows.append(_row(path, count, beside))
    return ranked(rows)


def text_summary(digest: Digest, beside: Beside = NOTHING) -> list[ArticleFeedback]:
    """The same with the count of each text."""
    rows = [
        _row(path, votes.all, beside, counts=text_counts(votes), revision=beside.revisions.get(path, ""))
        for path, votes in digest.items()
        if votes.all
    ]
    return ranked(rows)


def text_counts(votes: ArticleVotes) -> tuple[TextCount, ...]:
    """The votes on each text of an article, newest last."""
    return tuple(_text_count(group, count) for group, count in zip(votes.groups, votes.counts, strict=True))


def _text_count(group: tuple[str, ...], count: Count | None) -> TextCount:
    if count is None:
        return TextCount(revisions=group, yes=0, no=0, reasons={}, first=None, last=None)
    return TextCount(revisions=group, **vars(count))


def _row(
    path: str, count: Count, beside: Beside, counts: tuple[TextCount, ...] = (), revision: str = ""
) -> ArticleFeedback:
    return ArticleFeedback(
        article=path,
        yes=count.yes,
        no=count.no,
        reasons=count.reasons,
        misled=count.misled,
        searches=tuple(beside.searches.get(path, ())),
        comments=tuple(beside.comments.get(path, ())),
        counts=counts,
        revision=revision,
    )


def ranked(rows: Iterable[ArticleFeedback]) -> list[ArticleFeedback]:
    """The rows with enough votes, the surest failures of a text first, then the others by path.

    Order: upper end of the yes interval, lowest first, so that 3 of 5 noes do not come before 70 of 100. Readers who
    had looked for something else are left out of it.
    """
    rows = list(rows)
    told = sorted((r for r in rows if r.enough), key=lambda r: (wilson(r.yes, r.votes - r.misled)[1], r.article))
    few = sorted((row for row in rows if not row.enough), key=lambda row: row.article)
    return [*(replace(row, rank=place) for place, row in enumerate(told, start=1)), *few]
