"""Facts about claims and links: numbers, paths and addresses in what agents write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.library import Library
from kbgen.topics.claims import claims
from kbgen.topics.library_index import plain
from kbgen.topics.links import Addresses, most_linked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Links last 24 hours.", [("hours", "24")]),
        ("You have two weeks, or 14 days.", [("weeks", "2"), ("days", "14")]),
        ("At most 1,000 users and 20 MB.", [("users", "1000"), ("mb", "20")]),
        ("It costs €9.50, that is 10 %.", [("€", "9.50"), ("%", "10")]),
        ("Open Settings > Billing > Invoices.", [("path to invoices", "settings > billing > invoices")]),
        ("Version 3 has 7 colours.", []),
        ("Call [phone] within 3 days.", []),
        ("", []),
    ],
)
def test_what_a_sentence_states(text: str, found: Sequence[tuple[str, str]]) -> None:
    """Numbers of a known unit and menu paths are stated; other numbers and sentences with personal data say none."""
    assert [(claim.kind, claim.value) for claim in claims(text)] == list(found)


@given(st.text(max_size=200))
def test_any_text_states_something_or_nothing(text: str) -> None:
    """Whatever agents write is read to the end, and every claim names what it states and where."""
    for claim in claims(text):
        assert claim.kind
        assert claim.value
        assert plain(text) is not None


@given(st.text(max_size=80))
def test_any_address_is_an_article_or_none(address: str) -> None:
    """Addresses that nobody can follow lead to no article."""
    empty = Library(articles=(), problems=(), today=date(2026, 1, 1))
    assert not Addresses(empty, "https://help.example.com/").article(address)


def test_article_that_is_linked_most() -> None:
    """The most tickets count; of equals the first path, so that order changes nothing."""
    assert most_linked({"b.md": (1, 2), "a.md": (3, 4), "c.md": (5,)}) == "a.md"
    assert not most_linked({})
