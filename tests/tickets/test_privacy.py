"""Facts about privacy: which texts count as personal data, which do not, and what stands in their place."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.tickets.patterns import PATTERNS
from kbgen.tickets.privacy import MARK, scrub

KNOWN = {
    "email": ["anna@example.com", "Anna.Schmidt+x@sub.example.co.uk", "anna @ example.com", "anna@münchen.example"],
    "phone": [
        "+49 30 901820",
        "0049 30 901820",
        "+44 (0)20 7946 0018",
        "(020) 7946 0018",
        "020 7946 0018",
        "02079460018",
        "020–7946–0018",
        "+1 (555) 010-9999",
        "+1-415-555-2671",
        "415.555.2671",
        "(415) 555-2671",
        "07700 900123",
        "0171/1234567",
        "030/12345678",
        "+33 6 12 34 56 78",
        "tel:+4930901820",
    ],
    "card": ["4111 1111 1111 1111", "4111111111111111", "5555-5555-5555-4444", "3782 822463 10005"],
    "iban": [
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "GB29 NWBK 6016 1331 9268 19",
        "NL91ABNA0417164300",
    ],
    "ip": ["203.0.113.7", "203.0.113.7:8080", "198.51.100.0/24", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"],
    "key": [
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "xoxb-123456789012-abcdefGHIJKL",
        "glpat-AbCdEfGhIjKlMnOpQrSt",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "password: hunter2",
        "Passwort ist geheim99",
        "api-key = 'abcd1234'",
    ],
    "link": [
        "https://shop.example.com/u/42?x=1",
        "http://anna.example",
        "www.example.com/anna",
        "FTP://x.example/anna",
    ],
    "number": [
        "order 12345",
        "Order #AB-123456",
        "order no. 4711",
        "customer id 4711",
        "Kundennummer 12345",
        "Rechnung Nr. 12345",
        "INV-20260012",
        "reference 7X9-22-81",
        "12345678",
    ],
    "address": [
        "8 Harbour Street, Leeds",
        "12 High St",
        "742 Evergreen Terrace",
        "42a Mill Lane, Cambridge CB2 1AA",
        "Musterstraße 12, 12345 Berlin",
        "Hauptstr. 12",
        "Marktplatz 3",
        "SW1A 1AA",
    ],
}
"""Kinds of personal data, and notations of each."""

NOT_PERSONAL = [
    "kbgen 1.4.2 on Python 3.12",
    "line 42 of mkdocs.yml",
    "on 2026-03-05 at 10:30",
    "5 January 2026, 9:00 to 17:00",
    "127.0.0.1:8000",
    "error 404 and error 502",
    "about 60,000 tickets and 442 articles",
    "a picture of 1920 x 1080",
    "docs/getting-started/index.md",
    "kbgen topics import tickets.csv --map text=Body",
]

LEFT = {
    "a card with its last day or its code behind it": [
        ("4111 1111 1111 1111 12/27", "1111"),
        ("4111 1111 1111 1111 123", "1111"),
    ],
    "a card in dots or narrow spaces": [
        ("4111.1111.1111.1111", "1111"),
        ("4111\u202f1111\u202f1111\u202f1111", "1111"),
    ],
    "an IBAN before words in capitals, or in small letters, or with hyphens": [
        ("DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", "3704"),
        ("DE89 3704 0044 0532 0130 00 OR CARD", "3704"),
        ("de89 3704 0044 0532 0130 00", "3704"),
        ("DE89-3704-0044-0532-0130-00", "3704"),
    ],
    "an IBAN whose bank python-stdnum does not know": [("BE68 5390 0754 7034", "5390")],
    "a short IPv6 address, or a byte with zeros in front": [
        ("2001:db8::1", "db8"),
        ("fe80::1", "fe80"),
        ("2001:db8::ff00:42:8329", "8329"),
        ("203.0.113.007", "203"),
    ],
    "a password in other words": [
        ("my password is: hunter2", "hunter2"),
        ("DB_PASSWORD=hunter2", "hunter2"),
        ("access_token=hunter2", "hunter2"),
        ('{"password": "hunter2"}', "hunter2"),
        ("pwd: hunter2", "hunter2"),
        ("secret key: hunter2", "hunter2"),
        ("Authorization: Bearer hunter2hunter2", "hunter2"),
    ],
    "the rest of a link behind an address inside it": [
        ("https://anna:pw99@shop.example.com/reset/Zx81Kq", "Zx81Kq"),
        ("https://shop.example/u/anna@example.com/reset/Zx81Kq", "Zx81Kq"),
        ("https://shop.example/?m=anna@example.com&t=Zx81Kq", "Zx81Kq"),
    ],
    "a phone number with a country code and slashes": [
        ("+49 (0) 30 / 901 820", "901"),
        ("+49/30/90182", "90182"),
        ("+49\u202f30\u202f90182", "90182"),
    ],
    "a number that is said in other words": [
        ("my order number is 12345", "12345"),
        ("order ab-12345x", "12345"),
        ("Bestellnummer 12345", "12345"),
        ("Rechnungsnummer 12345", "12345"),
        ("orders 12345 and 67890", "12345"),
    ],
    "a street in other spellings": [
        ("221B Baker Street", "Baker"),
        ("12 harbour street", "harbour"),
        ("12 O'Connell Street", "Connell"),
        ("350 5th Avenue", "5th"),
        ("Lange Straße 12", "Lange Straße 12"),
        ("Berliner Str. 5", "Berliner Str"),
        ("Hauptstr 12", "Hauptstr"),
    ],
    "an address with an apostrophe": [("patrick.o'brien@example.com", "patrick")],
}
"""Personal data that privacy leaves, in whole or in part: the text and what must not be left of it."""


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KNOWN.items() for text in texts])
def test_personal_data_is_marked(kind: str, text: str) -> None:
    """Personal data in any common notation gives way to the mark of its kind, and the words around it stay."""
    scrubbed, found = scrub(f"Please look at {text} soon")
    assert f"[{kind}]" in scrubbed
    assert found[kind] == 1
    assert scrubbed.startswith("Please look at ")
    assert scrubbed.endswith(" soon")
    digits = [c for c in MARK.sub("", scrubbed) if c.isdigit()]
    assert not digits or text in {"203.0.113.7:8080", "198.51.100.0/24"}


@pytest.mark.parametrize(("text", "secret"), [pair for pairs in LEFT.values() for pair in pairs])
def test_personal_data_in_rarer_notation_is_marked(text: str, secret: str) -> None:
    """Nothing is left of personal data, whatever stands around it and however it is spelt."""
    assert secret not in scrub(f"Please look at {text} soon")[0]


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_names_nobody_stays(text: str) -> None:
    """Versions, dates, paths, commands and plain numbers are not personal data."""
    assert scrub(text) == (text, {})


def test_every_kind_has_a_mark() -> None:
    """The marks cover every kind that a pattern names."""
    assert all(MARK.fullmatch(f"[{kind}]") for kind, _ in PATTERNS)


def test_invalid_check_digits_are_no_card() -> None:
    """Sixteen digits that fail the Luhn check are a number, not a card; they do not stay either way."""
    assert scrub("4111 1111 1111 1111")[0] == "[card]"
    assert scrub("4111111111111112")[0] == "[number]"


def test_names_are_marked_as_whole_words() -> None:
    """A name gives way wherever it stands as a word, first and last name as one, and never inside another word."""
    scrubbed, found = scrub("Ann Lee met Ann at Annapolis", frozenset({"Ann", "Lee"}))
    assert scrubbed == "[name] met [name] at Annapolis"
    assert found == {"name": 2}


def test_name_with_pattern_characters_is_taken_literally() -> None:
    """A name that happens to be a pattern is only a name."""
    assert scrub("a.b axb", frozenset({"a.b"}))[0] == "[name] axb"


def test_each_find_is_counted() -> None:
    """The counts say how often each kind was found."""
    assert scrub("a@b.example, c@d.example and 203.0.113.7")[1] == {"email": 2, "ip": 1}


def test_only_the_secret_part_gives_way() -> None:
    """What says the kind stays readable: the word 'password' is no secret."""
    assert scrub("my password is hunter2, help")[0] == "my password is [key], help"


def test_long_text_is_scrubbed_at_once() -> None:
    """No subject or tag of 10,000 characters takes half a second."""
    begin = time.process_time()
    scrub("+1" * 5000)
    assert time.process_time() - begin < 0.5


PIECES = st.sampled_from(
    [text for texts in KNOWN.values() for text in texts]
    + [f"[{kind}]" for kind in KNOWN]
    + [" ", "\n", ".", "at", "Hi"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=120) | st.lists(PIECES, max_size=5).map(" ".join), st.frozensets(st.text(max_size=6), max_size=3)
)
@example("[email]", frozenset({"email"}))
@example("+" * 50, frozenset())
def test_scrubbing_never_fails(text: str, names: frozenset[str]) -> None:
    """Every text can be scrubbed, whatever names are known; counts are never negative."""
    scrubbed, found = scrub(text, names)
    assert isinstance(scrubbed, str)
    assert all(count > 0 for count in found.values())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([t for texts in KNOWN.values() for t in texts]), min_size=1, max_size=4))
def test_scrubbing_again_changes_nothing(pieces: list[str]) -> None:
    """What has been scrubbed holds nothing more to scrub: marks are not taken for personal data."""
    once, _ = scrub("; ".join(pieces))
    assert scrub(once)[0] == once


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[a-z0-9._+-]{1,12}@[a-z0-9-]{1,12}(\.[a-z]{2,6}){1,2}", fullmatch=True), st.text(max_size=20))
def test_no_email_address_survives(address: str, around: str) -> None:
    """An e-mail address between any words is gone afterwards."""
    assert address not in scrub(f"{around} {address} {around}")[0]


def luhn(body: str) -> str:
    """The digits with the check digit that makes them a card's (ISO/IEC 7812-1)."""
    total = sum(sum(divmod(int(d) * (2 - n % 2), 10)) for n, d in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


AROUND = st.text(alphabet=st.characters(exclude_categories=["N", "L", "Cs"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.from_regex(r"[45][1-9]{14}", fullmatch=True).map(luhn), AROUND, st.sampled_from(["", " ", "-"]))
def test_no_valid_card_survives(card: str, around: str, between: str) -> None:
    """A card with its check digit is gone from any text, grouped or not."""
    written = between.join(card[n : n + 4] for n in range(0, 16, 4))
    assert written not in scrub(f"{around} {written} {around}")[0]


@settings(max_examples=150, deadline=None)
@given(st.from_regex(r"[1-9]{18}", fullmatch=True), AROUND, st.booleans())
def test_no_valid_iban_survives(account: str, around: str, grouped: bool) -> None:
    """An account with its check digits (ISO 13616) is gone from any text, grouped or not."""
    iban = f"DE{98 - int(account + '131400') % 97:02}{account}"
    written = " ".join(iban[n : n + 4] for n in range(0, 22, 4)) if grouped else iban
    assert account[:8] not in scrub(f"{around} {written} {around}")[0].replace(" ", "")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=150))
def test_scrubbing_twice_is_scrubbing_once(text: str) -> None:
    """Any text that was scrubbed stays as it is, and a mark adds at most its own length for what it hides."""
    once, found = scrub(text)
    assert scrub(once)[0] == once
    assert len(once) <= len(text) + 10 * found.total()


HARMLESS = [
    "Error 404, E1234, ERR-4031 and 0x80070057 on page 12",
    "since 2026-03-05 at 10:30, 05.03.2026, 5/3/2026",
    "for 1.299,00 € or $1,299.00 a year",
    "60,000 tickets and 12.500 rows",
    "firmware 10.0.2.15 and build 22621",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_useful_digits_survive(text: str) -> None:
    """Error codes, versions, dates, prices and amounts stay: drafts need them."""
    assert scrub(text) == (text, {})


KINDS = {
    "id": ["SSN 123-45-6789", "codice fiscale RSSMRA85T10A562S", "DE136695976", "Steuer-ID 36 574 261 809"],
    "birthday": ["born on 5 May 1980", "geboren am 05.05.1980", "née le 05/05/1980", "nací el 5 de mayo de 1980"],
    "mac": ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7"],
    "place": ["52.52001, 13.40495"],
    "plate": ["number plate AB12 CDE", "Kennzeichen B-AB 1234", "targa AB123CD"],
    "address": ["12 rue de la Paix, 75002 Paris", "Calle Mayor 12, 28013 Madrid", "Via Garibaldi 12, 20121 Milano"],
    "email": ["anna [at] example [dot] com", "anna(at)example.com"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_further_kinds_are_marked(kind: str, text: str) -> None:
    """Papers, birthdays, machines, places, plates and addresses of five languages have marks of their own."""
    scrubbed, found = scrub(f"Please look at {text} soon")
    assert found == {kind: 1}
    assert scrubbed.endswith(" soon")
