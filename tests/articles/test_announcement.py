"""Announcements: when, where and in which order they are shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.address import Address
from kbgen.articles.announcement import Announcement, Severity, current
from kbgen.articles.settings import read_kbgen_settings

DAY = timedelta(days=1)
START, END = date(2026, 11, 20), date(2026, 11, 25)


def announcement(text: str = "Sign-in is slow.", **more: object) -> Announcement:
    return Announcement(text=text, **more)  # type: ignore[arg-type]


def test_shown_from_its_first_day_to_its_last() -> None:
    """First and last day are among the days on which it is up."""
    banner = announcement(starts=START, ends=END)
    days = [START - DAY, START, END, END + DAY]
    assert [banner.shown_on(day) for day in days] == [False, True, True, False]


def test_shown_on_one_day() -> None:
    """An announcement that ends on the day it starts is up for that day."""
    assert announcement(starts=START, ends=START).shown_on(START)


def test_shown_without_days() -> None:
    """A side that has no day has no end."""
    assert announcement().shown_on(date.min)
    assert announcement(starts=START).shown_on(date.max)
    assert announcement(ends=END).shown_on(date.min)


@pytest.mark.parametrize(
    ("sections", "section", "concerned"),
    [
        ((), "", True),
        ((), "billing", True),
        (("billing",), "billing", True),
        (("billing",), "billing/cards", True),
        (("/billing/",), "billing/cards", True),
        (("bill",), "billing", False),
        (("billing",), "bill", False),
        (("billing/cards",), "billing", False),
        (("billing/cards",), "billing/cards/new", True),
        (("billing",), "", False),
        (("guides", "billing"), "billing", True),
    ],
)
def test_concerned_sections(sections: tuple[str, ...], section: str, *, concerned: bool) -> None:
    """A named folder counts with all below it, and never with another that begins like it; none named means all."""
    assert announcement(sections=sections).concerns(section) is concerned


def test_order() -> None:
    """What matters most comes first; what matters alike stays in the order of the settings."""
    banners = [
        announcement("info 1"),
        announcement("warning", severity=Severity.WARNING),
        announcement("info 2"),
        announcement("critical", severity=Severity.CRITICAL),
        announcement("over", severity=Severity.CRITICAL, ends=START - DAY),
    ]
    assert [banner.text for banner in current(banners, START)] == ["critical", "warning", "info 1", "info 2"]


def test_id() -> None:
    """The id changes with text and address, and with nothing else, so that a closed banner stays closed."""
    banner = announcement()
    assert announcement(severity=Severity.CRITICAL, starts=START, sections=("a",)).id == banner.id
    assert announcement("Sign-in is slow again.").id != banner.id
    assert announcement(url=Address("https://status.example.com/")).id != banner.id


@given(st.text())
def test_id_of_any_text(text: str) -> None:
    """An id is eight hex digits, safe in an attribute and in the list of what was closed."""
    assert len(announcement(text).id) == 8
    assert set(announcement(text).id) <= set("0123456789abcdef")


def test_read() -> None:
    """An announcement is read from mkdocs.yml; text is all it needs."""
    (short, long) = read_kbgen_settings(
        "extra:\n  kbgen:\n    announcements:\n      - text: Hello.\n"
        "      - {text: Down., url: status/, link: Status, starts: 2026-11-20, ends: 2026-11-25, sections: [billing],"
        " severity: critical, dismissible: false}\n",
        "mkdocs.yml",
    ).announcements
    assert short == Announcement(text="Hello.")
    assert long == Announcement(
        text="Down.",
        url=Address("status/"),
        link="Status",
        starts=START,
        ends=END,
        sections=("billing",),
        severity=Severity.CRITICAL,
        dismissible=False,
    )
