"""Days as readers write them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.dates import format_date


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day, for machines and for readers."""

    iso: str
    text: str
    """As in `23 November 2026`, in the language of the site."""


def day(date: dt.date, language: str) -> Day:
    """A date in the words of a language; as year-month-day where nothing is known of the language."""
    try:
        locale = Locale.parse(language, sep="-") if language != "en" else Locale("en", "GB")
        return Day(iso=date.isoformat(), text=format_date(date, "long", locale=locale))
    except (UnknownLocaleError, ValueError):
        return Day(iso=date.isoformat(), text=date.isoformat())
