"""Privacy: personal data in a text is replaced by a mark that says its kind.

The marks are [email], [phone], [card], [iban], [ip], [key], [link], [number], [address] and [name].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import phonenumbers
from stdnum import iban, luhn

from kbgen.tickets.names import NAME

MARK = re.compile(r"\[(?:email|phone|card|iban|ip|key|link|number|address|name)\]")
REGIONS = ("US", "GB", "DE")
"""Countries whose local phone numbers are recognised; numbers with a country code always are."""

_POSTCODE = r"[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}"
_STREET = (
    r"(?:Street|Ct|Dr|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Square|Way|Close|Court|Terrace|Place|Boulevard|Blvd|Quay|Row|"
    r"Hill|Gardens)"
)
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_NUMBERED = (
    r"(?:order|invoice|account|customer|contract|ticket|case|reference|ref|licen[cs]e|member(?:ship)?|policy|"
    r"kunden(?:nummer)?|rechnung|vertrag)"
)
_ISSUED_KEY = r"(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|npm|pypi|hf|kb|key|tok|token)"

PATTERNS: tuple[tuple[str, str], ...] = (
    ("email", r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    ("link", r"(?i:\b(?:https?|ftp)://[^\s<>\"')\]]+|\bwww\.[^\s<>\"')\]]+)"),
    ("key", r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    ("key", rf"\b{_ISSUED_KEY}[_-]?[A-Za-z0-9_-]{{12,}}\b"),
    (
        "key",
        (
            r"(?i:\b(?:pass(?:word|wd|phrase)?|passwort|secret|api[ _-]?key|token)\b\s*(?:is|ist|[:=])\s*)"
            r"[\"'`]?(?P<secret>[^\s\"'`,;]{4,})"
        ),
    ),
    ("key", r"\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Za-z])[A-Za-z0-9+/_-]{28,}={0,2}"),
    ("ip", rf"(?<![\d.])(?!127\.0\.0\.1|0\.0\.0\.0)(?:{_BYTE}\.){{3}}{_BYTE}(?![\d.]*\d)"),
    ("ip", r"(?i:(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\w:]))"),
    (
        "address",
        (
            rf"\b\d{{1,5}}[a-z]?,? (?:{NAME} ){{1,3}}{_STREET}\b\.?(?:,? (?:Flat|Apt|Unit) \w+)?"
            rf"(?:, {NAME}(?: {NAME})?)?(?:,? {_POSTCODE})?"
        ),
    ),
    (
        "address",
        (
            r"\b[A-ZÄÖÜ][\wäöüß-]*(?:stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|ring)\s+\d{1,4}[a-z]?"
            r"(?:,?\s+\d{5}\s+[A-ZÄÖÜ][\wäöüß-]+)?"
        ),
    ),
    ("address", rf"\b{_POSTCODE}\b"),
    (
        "number",
        (
            rf"(?i:\b{_NUMBERED}\b[ .]{{0,2}}(?:numbers?|no|nr|id)?[ .:#]{{0,3}})"
            r"(?P<secret>(?=[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]{3,})\b"
        ),
    ),
    ("number", r"(?<![\w.-])#?[A-Z]{2,5}-\d{4,}(?:-\d+)*\b"),
)
"""Kinds and how they look, tried in this order; where only a part is personal, the pattern calls it `secret`."""

_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
_CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d[\d ().-]{6,}\d"
    r"|(?<![\w/.-])\(?0\d{2,4}\)?[ .-]\d{3,4}[ .-]?\d{3,5}(?!\w)"
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

    def checked(kind: str, valid: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
        return lambda match: mark(kind)(match) if valid(re.sub(r"[ -]", "", match[0])) else match[0]

    text = _IBAN.sub(checked("iban", iban.is_valid), text)
    text = _CARD.sub(checked("card", luhn.is_valid), text)
    for kind, pattern in _COMPILED:
        text = pattern.sub(mark(kind), text)
    text = _PHONE.sub(mark("phone"), text)
    text = _known_phones(text, found)
    text = _DIGITS.sub(mark("number"), text)
    if names:
        listed = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
        text = re.sub(rf"\b(?:{listed})\b(?:\s+(?:{listed})\b)*", mark("name"), text)
    return text, found


def _known_phones(text: str, found: Counter[str]) -> str:
    for region in REGIONS:
        spans = [(m.start, m.end) for m in phonenumbers.PhoneNumberMatcher(text, region)]
        for start, end in reversed(spans):
            text = f"{text[:start]}[phone]{text[end:]}"
            found["phone"] += 1
    return text
