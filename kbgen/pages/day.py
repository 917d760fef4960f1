"""Days and languages as readers name them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day, for machines and for readers."""

    iso: str
    text: str
    """As in `23 November 2026`, in the language of the site."""


def day(date: dt.date, language: str) -> Day:
    """A date in the words of a language; as year-month-day where nothing is known of the language."""
    locale = _locale(language)
    return Day(iso=date.isoformat(), text=format_date(date, "long", locale=locale) if locale else date.isoformat())


def weekdays(language: str) -> tuple[str, ...]:
    """What a language calls the days from Monday on; nothing where nothing is known of it."""
    locale = _locale(language)
    return tuple(get_day_names("wide", locale=locale)[number] for number in range(7)) if locale else ()


def language_name(tag: str, language: str) -> str:
    """What speakers of `language` call the language `tag`, with its region or script; else the tag itself."""
    named, locale = _parsed(tag), _locale(language)
    return (named.get_display_name(locale) if named and locale else None) or tag


def _locale(language: str) -> Locale | None:
    return _parsed("en-GB" if language == "en" else language)


@cache
def _parsed(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None
