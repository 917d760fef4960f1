"""The words of the report in the language of the site, and how numbers and days are written there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

FOLDER = Path(__file__).parent / "words"
ENGLISH = "en"
HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Texts by their keys, in one language; English where we do not know the site's."""

    language: str
    texts: dict[str, str]

    def say(self, key: str, **values: object) -> str:
        """A text with its places filled."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The text for one or for several, with `{count}` as people write the number."""
        form = f"{key}_one" if number == 1 else f"{key}_other"
        return self.say(form, count=self.number(number), **values)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with at most so many digits after the point."""
        return str(format_decimal(value, format=f"#,##0.{'#' * digits}" if digits else "#,##0", locale=self.language))

    def rate(self, value: float) -> str:
        """A number of tickets a week: one digit after the point below ten."""
        return self.number(value, 1 if value < 10 else 0)

    def share(self, value: float) -> str:
        """A share from 0 to 1 in whole percent."""
        return str(format_percent(value, locale=self.language))

    def change(self, ratio: float) -> str:
        """A ratio as a change in percent with its sign: 0.7 is −30 %."""
        sign = "+" if ratio >= 1 else "−"
        return f"{sign}{self.share(abs(ratio - 1))}"

    def day(self, text: str, *, short: bool = False) -> str:
        """A day of the form year-month-day as people write it; what is no such day stays as it is."""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text
        form = "medium" if short else "d MMMM y" if self.language == ENGLISH else "long"
        return str(
            format_date(day, format="d MMM y" if short and self.language == ENGLISH else form, locale=self.language)
        )

    def time(self, minutes: float) -> str:
        """A length of time in the unit that fits: minutes, hours or days."""
        if minutes < HOUR:
            return self.count("minutes", round(minutes))
        if minutes < 2 * DAY:
            return self.count("hours", round(minutes / HOUR))
        return self.count("days", round(minutes / DAY))

    def language_name(self, code: str) -> str:
        """What a language is called in this one; the code where nobody knows it."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self.language) or code
        except (UnknownLocaleError, ValueError):
            return code

    def strings(self, values: list[str]) -> str:
        """Texts in a row with commas."""
        return ", ".join(values)


def wording(language: str) -> Wording:
    """The words for a language tag such as `de` or `de-AT`."""
    wanted = language.split("-", maxsplit=1)[0].lower()
    known = wanted if (FOLDER / f"{wanted}.yml").is_file() else ENGLISH
    return Wording(language=known, texts={**_read(ENGLISH), **_read(known)})


@cache
def _read(language: str) -> dict[str, str]:
    data = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in data.items()}
