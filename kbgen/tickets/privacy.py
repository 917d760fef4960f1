"""Privacy: personal data in a text is replaced by a mark that says its kind.

The marks are [email], [phone], [card], [iban], [ip], [key], [link], [number], [address] and [name].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import phonenumbers
from stdnum import iban, luhn

from kbgen.tickets.patterns import COMPILED, IP, is_ip, numbers_marked

MARK = re.compile(r"\[(?:email|phone|card|iban|ip|key|link|number|address|name)\]")
REGIONS = ("US", "GB", "DE")
"""Countries whose local phone numbers are recognised; numbers with a country code always are."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u2060", " "))
_DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12,40}(?!\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d[\d ()./-]{5,}\d"
    r"|(?<![\w/.-])\(?0\d{2,4}\)?[ ./-]{1,3}\d{3,4}[ .-]?\d{3,5}(?!\w)"
    r"|(?<![\w/.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
_DIGITS = re.compile(r"(?<![\w.-])\d{6,}(?!\w)")


def scrub(text: str, names: frozenset[str] = frozenset()) -> tuple[str, Counter[str]]:
    """The text with marks in place of personal data, and how often each kind was found."""
    found: Counter[str] = Counter()

    def mark(kind: str) -> Callable[[re.Match[str]], str]:
        def replaced(match: re.Match[str]) -> str:
            found[kind] += 1
            secret = match.groupdict().get("secret")
            return match[0].replace(secret, f"[{kind}]") if secret else f"[{kind}]"

        return replaced

    text = text.translate(_SPACES)
    for kind, pattern in COMPILED[:2]:
        text = pattern.sub(mark(kind), text)
    text = _IBAN.sub(lambda match: _longest(match[0], "iban", _is_iban, found), text)
    text = _DIGIT_RUN.sub(lambda match: _longest(match[0], "card", _is_card, found), text)
    for kind, pattern in COMPILED[2:]:
        text = pattern.sub(mark(kind), text)
    text = IP.sub(lambda match: mark("ip")(match) if is_ip(match[0]) else match[0], text)
    text = _PHONE.sub(mark("phone"), text)
    text = _known_phones(text, found)
    text = numbers_marked(text, mark("number"))
    text = _DIGITS.sub(mark("number"), text)
    if names:
        listed = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
        text = re.sub(rf"(?<!\w)(?:{listed})(?!\w)(?:\s+(?:{listed})(?!\w))*", mark("name"), text)
    return text, found


def _longest(text: str, kind: str, valid: Callable[[str], bool], found: Counter[str]) -> str:
    """The text with the longest valid number in it marked; what stands around it stays."""
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    for length in range(len(places), 12, -1):
        for first in range(len(places) - length + 1):
            start, end = places[first], places[first + length - 1] + 1
            if valid(re.sub(r"[ .-]", "", text[start:end])):
                found[kind] += 1
                return f"{text[:start]}[{kind}]{text[end:]}"
    return text


def _is_iban(text: str) -> bool:
    return len(text) >= 15 and bool(iban.is_valid(text.upper(), check_country=False))


def _is_card(text: str) -> bool:
    return 13 <= len(text) <= 19 and text[0] in "23456" and bool(luhn.is_valid(text))


def _known_phones(text: str, found: Counter[str]) -> str:
    for region in REGIONS:
        spans = [(m.start, m.end) for m in phonenumbers.PhoneNumberMatcher(text, region)]
        for start, end in reversed(spans):
            text = f"{text[:start]}[phone]{text[end:]}"
            found["phone"] += 1
    return text
