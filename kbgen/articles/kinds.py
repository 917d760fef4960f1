"""The kinds of article."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an article is for."""

    HOW_TO = "how-to"
    TROUBLESHOOTING = "troubleshooting"
    FAQ = "faq"
    VIDEO = "video"
    COURSE = "course"
