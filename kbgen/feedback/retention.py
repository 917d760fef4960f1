"""Retention: for how many days the words of readers are kept."""

from __future__ import annotations

COMMENTS = 365
SEARCHES = 400
"""Long enough to compare with the same month of last year."""
RARE_SEARCHES = 30
"""Searches that too few people made to be shown to anybody."""
