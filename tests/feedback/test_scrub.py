"""Facts about what is left of a search before it is counted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.feedback.scrub import LONGEST, scrubbed

PERSONAL = {
    "e-mail": ("ottoline.quill@canary.example", "ottoline", "canary"),
    "e-mail with a plus": ("mail to o.quill+shop@canary.example", "quill", "canary"),
    "e-mail in words": ("ottoline at canary dot example", "ottoline", "canary"),
    "e-mail with brackets": ("ottoline.quill (at) canary (dot) example", "ottoline", "canary"),
    "e-mail with spaces": ("ottoline @ canary.example", "ottoline", "canary"),
    "e-mail cut off": ("ottoline.quill@can", "ottoline"),
    "e-mail with hidden characters": ("otto\u200bline.quill\u00ad@canary.example", "quill", "canary"),
    "name of a profile": ("@ottoline_quill does not load", "ottoline"),
    "phone, international": ("+49 30 90182177", "9018", "2177"),
    "phone, local": ("(020) 7946 0177", "7946"),
    "phone with dots": ("415.555.2677", "2677"),
    "phone with a slash": ("0171/5550177", "5550177"),
    "phone in Arabic digits": ("٠٣٠٩٠١٨٢١٧٧", "٠٣٠٩"),
    "card with spaces": ("4111 1111 1111 1111", "1111"),
    "card with dashes": ("4111-1111-1111-1111", "1111"),
    "card": ("card 5555555555554444 refused", "5555"),
    "card in wide digits": ("４１１１ １１１１ １１１１ １１１１", "1111"),
    "IBAN with spaces": ("DE89 3704 0044 0532 0130 00", "3704", "0532"),
    "IBAN": ("gb29nwbk60161331926819", "nwbk"),
    "social security": ("123-45-6789", "6789"),
    "passport": ("C01X00T47", "00t47"),
    "date of birth": ("born 17.05.1984", "1984"),
    "IPv4": ("203.0.113.177 is blocked", "203.0"),
    "IPv6": ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "85a3"),
    "network card": ("00:1A:2B:3C:4D:5E", "2b:3c"),
    "device": ("550e8400-e29b-41d4-a716-446655440000", "e29b"),
    "vehicle": ("1HGCM82633A004352", "82633"),
    "place": ("52.5200, 13.4050", "5200"),
    "token of a session": ("eyJhbGciOiJIUzI1.eyJzdWIi.canarysig", "canarysig"),
    "token": ("ghp_canary42f292c6912E7710c838347Ae17", "canary"),
    "key of a cloud": ("AKIAIOSFODNN7CANARY", "canary"),
    "secret of a second factor": ("JBSWY3DPEHPK3PXP", "jbswy"),
    "password": ("my password is canaryhunter2", "canary"),
    "address of a page": ("https://shop.canary.example/u/ottoline", "canary", "ottoline"),
    "query of an address": ("reset?user=ottoline&code=7", "ottoline"),
    "address without a scheme": ("canary.example/reset/ottoline", "canary", "ottoline"),
    "order": ("order number: 77123", "77123"),
    "invoice": ("INV-20267712", "2026"),
    "customer": ("Kundennummer 77124", "77124"),
    "street": ("17 canaryfield street", "canaryfield"),
    "Straße": ("kanarienstraße 17", "kanarien"),
    "postcode": ("sw1a 1aa", "1aa"),
    "own name": ("my name is ottoline quill", "ottoline", "quill"),
    "name of somebody else": ("Dear Ottoline Quillfeather, help", "ottoline", "quill"),
}
"""What people paste into search fields, and what must not be left of it."""

HARMLESS = [
    "how do i change my password",
    "python 3.11.4",
    "port 8080",
    "html5 video",
    "std::string",
    "and/or",
    "search.md",
    "2 steps to close account",
    "iphone 15 pro max",
    "wie ändere ich mein passwort",
    "パスワードを変更する",
]


@pytest.mark.parametrize("kind", PERSONAL)
def test_personal_data_is_taken_out(kind: str) -> None:
    """Of personal data, nothing is left but a mark that says its kind."""
    typed, *traces = PERSONAL[kind]
    left = scrubbed(typed)
    assert "[" in left
    assert not [trace for trace in traces if trace in left]


@pytest.mark.parametrize("typed", HARMLESS)
def test_other_words_stay(typed: str) -> None:
    """A search that names nobody is counted as it is."""
    assert scrubbed(typed) == typed


def test_searches_are_told_apart_by_their_words() -> None:
    """Capitals, spaces, wide letters and marks at the ends make no other search."""
    assert {
        scrubbed(t) for t in ("Reset  password?", " reset password", "“RESET\u00a0password”!", "ｒeset\tpassword")
    } == {"reset password"}


def test_long_searches_are_cut_between_words() -> None:
    """So many characters are kept, and no half word."""
    left = scrubbed("hamster " * 60)
    assert len(left) <= LONGEST
    assert set(left.split()) == {"hamster"}


@pytest.mark.parametrize(
    "piece", ["a", "a@", "1 ", "a.b", "x (at ", "order 1 ", "password is ", "::", "-", "/", "?=", "a1"]
)
def test_scrubbing_takes_little_time(piece: str) -> None:
    """No search of the greatest length keeps the service busy."""
    scrubbed("warm up 1")
    start = time.perf_counter()
    scrubbed((piece * 500)[:500])
    assert time.perf_counter() - start < 0.25


@given(st.text(max_size=120))
def test_scrubbing_again_finds_no_more_digits(typed: str) -> None:
    """Whatever is typed, no run of six digits is left, and the result is short."""
    left = scrubbed(typed)
    assert len(left) <= LONGEST
    longest = run = 0
    for character in left:
        run = run + 1 if character.isdecimal() else 0
        longest = max(longest, run)
    assert longest < 6
