"""Days as readers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.pages.day import day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3 November 2026"),
        ("en-US", "November 3, 2026"),
        ("de", "3. November 2026"),
        ("fr", "3 novembre 2026"),
        ("pt-BR", "3 de novembro de 2026"),
        ("zh-Hant", "2026年11月3日"),
        ("tlh", "2026-11-03"),
        ("no such language", "2026-11-03"),
        ("", "2026-11-03"),
    ],
)
def test_languages(language: str, text: str) -> None:
    """A day is said as the language says it, and as year-month-day where nothing is known of the language."""
    found = day(date(2026, 11, 3), language)
    assert (found.iso, found.text) == ("2026-11-03", text)


@given(st.dates(), st.text(max_size=12))
def test_any_language(date: date, language: str) -> None:
    """Whatever a site names as its language, a day has a text."""
    found = day(date, language)
    assert found.iso == date.isoformat()
    assert found.text
