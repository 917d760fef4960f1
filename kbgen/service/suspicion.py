"""Suspicion: votes that look like spam or cheating are kept, and count only when a person has released them."""

from __future__ import annotations

import re
from collections import OrderedDict

from kbgen.feedback.vote import Vote
from kbgen.service.rates import Rate, Rates

QUICKEST = 0.3
"""Seconds that somebody needs at least to write a comment."""
MOST_LINKS = 1
"""Addresses that an honest comment may hold."""
SAME_TEXT = 3
"""Comments of one wording, on whatever articles, from which on they are held."""
SHORTEST_TEXT = 20
"""Characters below which comments are often the same by chance."""
BURST = Rate(name="burst", most=30, seconds=3600)
"""Visitors who vote on one article from one neighbourhood of the network."""

_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
_REMEMBERED = 10_000


class Suspicions:
    """Looks at votes one after the other, and remembers in memory what it saw last."""

    def __init__(self, rates: Rates) -> None:
        """Begin with nothing seen."""
        self._rates = rates
        self._texts: OrderedDict[int, set[str]] = OrderedDict()
        self._visitors: OrderedDict[str, None] = OrderedDict()

    def of(self, vote: Vote, visitor: str, *, around: str, website: str = "", seconds: float | None = None) -> str:
        """Why a vote of a visitor should be held back, or `""`.

        `around` is the neighbourhood of their address, and `website` a field that people do not see.
        """
        if website:
            return "honeypot"
        if vote.comment and seconds is not None and seconds < QUICKEST:
            return "too fast"
        if len(_LINK.findall(vote.comment)) > MOST_LINKS:
            return "links"
        if self._seen_often(vote):
            return "same text"
        is_new = visitor not in self._visitors
        if around and is_new and self._rates.wait([(BURST, f"{around} {vote.article}")]):
            return "burst"
        self._remember(visitor)
        return ""

    def _remember(self, visitor: str) -> None:
        """Note a visitor whose votes count."""
        self._visitors[visitor] = None
        self._visitors.move_to_end(visitor)
        if len(self._visitors) > _REMEMBERED:
            self._visitors.popitem(last=False)

    def _seen_often(self, vote: Vote) -> bool:
        text = " ".join(vote.comment.casefold().split())
        if len(text) < SHORTEST_TEXT:
            return False
        key = hash(text)  # the words themselves stay nowhere but in the store
        ids = self._texts.setdefault(key, set())
        self._texts.move_to_end(key)
        if len(ids) < SAME_TEXT:
            ids.add(vote.id)
        if len(self._texts) > _REMEMBERED:
            self._texts.popitem(last=False)
        return len(ids) >= SAME_TEXT
