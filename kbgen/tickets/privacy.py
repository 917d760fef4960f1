"""Privacy: personal data in a text is replaced by a mark that says its kind.

The marks are [email], [phone], [card], [iban], [ip], [key], [link], [number], [address] and [name].
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable

import phonenumbers
from stdnum import iban, luhn

from kbgen.tickets.names import NAME

MARK = re.compile(r"\[(?:email|phone|card|iban|ip|key|link|number|address|name)\]")
REGIONS = ("US", "GB", "DE")
"""Countries whose local phone numbers are recognised; numbers with a country code always are."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u2060", " "))
_POSTCODE = r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}"
_STREET = (
    r"(?:Street|Ct|Dr|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Square|Way|Close|Court|Terrace|Place|Boulevard|Blvd|Quay|Row|"
    r"Hill|Gardens)"
)
_STRASSE = r"(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.?|weg|allee|platz|gasse|ring)"
_ISSUED_KEY = r"(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|npm|pypi|hf|kb|key|tok|token)"
_BEFORE_A_KEY = (
    r"(?i:(?<![a-z])(?:pass(?:word|wd|phrase|wort)?|pwd|secret(?:[ _-]?key)?|api[ _-]?key|(?:access|auth)?[ _-]?token))"
    r"[\"']?"
)
_NUMBERED = (
    r"(?:orders?|invoices?|accounts?|customers?|contracts?|tickets?|cases?|references?|ref|licen[cs]es?|member(?:ship)?|"
    r"policy|(?:bestell|rechnungs?|kunden|vertrags?|auftrags?)(?:nummer|nr)?)"
)

PATTERNS: tuple[tuple[str, str], ...] = (
    ("link", r"(?i:\b(?:https?|ftp)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+)"),
    ("email", r"(?<![\w.+%'’-])[\w.+%'’-]{1,80}\s?@\s?[\w-]{1,80}(?:\.[\w-]{1,80})+"),
    ("key", r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    ("key", rf"\b{_ISSUED_KEY}[_-]?[A-Za-z0-9_-]{{12,}}\b"),
    ("key", rf"{_BEFORE_A_KEY}\s*(?i:is|ist|lautet)?\s*[:=]\s*[\"'`]?(?P<secret>[^\s\"'`,;]{{4,}})"),
    ("key", rf"{_BEFORE_A_KEY}\s+(?i:is|ist|lautet)\s+[\"'`]?(?P<secret>(?=\S*[\d!$%&#_])[^\s\"'`,;]{{4,}})"),
    ("key", r"(?i:\bbearer\s+)(?P<secret>[\w.~+/-]{8,})"),
    ("key", r"(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{28,}={0,2}"),
    (
        "address",
        (
            rf"\b\d{{1,5}}[A-Za-z]?,? (?:[A-ZÀ-Þ0-9][\w'’-]* ){{1,3}}{_STREET}\b\.?(?:,? (?:Flat|Apt|Unit) \w+)?"
            rf"(?:, {NAME}\b(?: {NAME}\b)?)?(?:,? {_POSTCODE})?"
        ),
    ),
    ("address", r"\b\d{1,5} [a-z'’]+ (?:street|road|avenue|lane|drive|boulevard)\b"),
    (
        "address",
        (
            rf"\b(?:[A-ZÄÖÜ][\wäöüß-]+ )?(?:[A-ZÄÖÜ][\wäöüß-]*)?{_STRASSE}\s+\d{{1,4}}[a-z]?\b"
            r"(?:,?\s+\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+)?"
        ),
    ),
    ("address", rf"\b{_POSTCODE}\b"),
    ("number", r"(?<![\w.-])#?[A-Z]{2,5}-\d{4,}(?:-\d+)*\b"),
)
"""Kinds and how they look, tried in this order; where only a part is personal, the pattern calls it `secret`."""

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
_DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12,40}(?!\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
_IP = re.compile(r"(?<![\w:.])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?!\w|\.\d)")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d[\d ()./-]{5,}\d"
    r"|(?<![\w/.-])\(?0\d{2,4}\)?[ ./-]{1,3}\d{3,4}[ .-]?\d{3,5}(?!\w)"
    r"|(?<![\w/.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\w)"
)
_BETWEEN = r"[ .:#,&-]|\b(?:numbers?|no|nr|id|is|was|are|and|und|ist|lautet)\b"
_AFTER_A_NUMBERED_WORD = re.compile(rf"(?i:\b{_NUMBERED}\b(?:{_BETWEEN}|[A-Z0-9/-]*\d[A-Z0-9/-]*)+)")
_NUMBER = re.compile(r"(?i:(?<![A-Z0-9/-])(?=(?:[A-Z/-]*\d){3})[A-Z0-9/-]{4,})")
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
    for kind, pattern in _COMPILED[:2]:
        text = pattern.sub(mark(kind), text)
    text = _IBAN.sub(lambda match: _longest(match[0], "iban", _is_iban, found), text)
    text = _DIGIT_RUN.sub(lambda match: _longest(match[0], "card", _is_card, found), text)
    for kind, pattern in _COMPILED[2:]:
        text = pattern.sub(mark(kind), text)
    text = _IP.sub(lambda match: mark("ip")(match) if _is_ip(match[0]) else match[0], text)
    text = _PHONE.sub(mark("phone"), text)
    text = _known_phones(text, found)
    text = _AFTER_A_NUMBERED_WORD.sub(lambda match: _NUMBER.sub(mark("number"), match[0]), text)
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


def _is_ip(text: str) -> bool:
    """Whether it is an address of some machine, not of this one."""
    parts = text.split(".")
    plain = ".".join(str(int(part)) for part in parts) if len(parts) == 4 else text
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def _known_phones(text: str, found: Counter[str]) -> str:
    for region in REGIONS:
        spans = [(m.start, m.end) for m in phonenumbers.PhoneNumberMatcher(text, region)]
        for start, end in reversed(spans):
            text = f"{text[:start]}[phone]{text[end:]}"
            found["phone"] += 1
    return text
