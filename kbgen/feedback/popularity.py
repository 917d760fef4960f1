"""Popularity: how much more, or less, search counts an article for what its readers said."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kbgen.feedback.digest import ArticleVotes, Digest

MOST = 0.1
"""By how much a score is raised or lowered at most: votes break ties between articles that fit alike."""
STRENGTH = 10
"""Votes that the mean of the site weighs in the share of each article."""
STEP = 0.02
"""Priors are multiples of it, so that a single vote changes few entries."""
_BY_SHARE, _BY_READERS, _MANY = 0.2, 0.03, 3


def priors(digest: Digest) -> dict[str, float]:
    """What search adds to the score of an article, as a share of it, by path; articles without a say are left out.

    Two parts: how much larger the share of helped readers is than the mean of the site, in the running count and
    smoothed by a Beta prior of that mean; and, more weakly, how many readers the article helped in all. A reader who
    had looked for something else counts here, as search is what led them.
    """
    running = [count for votes in digest.values() if (count := votes.running)]
    cast = sum(count.votes for count in running)
    mean = round(20 * sum(count.yes for count in running) / cast) / 20 if cast else 0.5
    found = {path: _prior(votes, mean) for path, votes in digest.items()}
    return {path: value for path, value in sorted(found.items()) if value}


def _prior(votes: ArticleVotes, mean: float) -> float:
    running, ever = votes.running, votes.all
    share = (running.yes + STRENGTH * mean) / (running.votes + STRENGTH) if running else mean
    readers = min(1.0, math.log10(1 + ever.yes) / _MANY) if ever else 0.0
    value = _BY_SHARE * (share - mean) + _BY_READERS * readers
    return round(STEP * round(max(-MOST, min(MOST, value)) / STEP), 2) or 0.0


def prior_of(known: Mapping[str, float], path: str, former: tuple[str, ...] = ()) -> float:
    """The prior of the article at a path; one that was moved since the digest has that of its former path."""
    return next((known[name] for name in (path, *former) if name in known), 0.0)
