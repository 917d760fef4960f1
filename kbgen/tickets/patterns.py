"""Patterns: how personal data looks in a text, by its kind. Needs nothing that has to be installed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from kbgen.tickets.names import NAME

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

COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)

IP = re.compile(r"(?<![\w:.])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?!\w|\.\d)")
"""What may be the address of a machine; `is_ip` tells."""

_BETWEEN = r"[ .:#,&-]|\b(?:numbers?|no|nr|id|is|was|are|and|und|ist|lautet)\b"
_AFTER_A_NUMBERED_WORD = re.compile(rf"(?i:\b{_NUMBERED}\b(?:{_BETWEEN}|[A-Z0-9/-]*\d[A-Z0-9/-]*)+)")
_NUMBER = re.compile(r"(?i:(?<![A-Z0-9/-])(?=(?:[A-Z/-]*\d){3})[A-Z0-9/-]{4,})")


def is_ip(text: str) -> bool:
    """Whether it is an address of some machine, not of this one."""
    parts = text.split(".")
    plain = ".".join(str(int(part)) for part in parts) if len(parts) == 4 else text
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def numbers_marked(text: str, mark: Callable[[re.Match[str]], str]) -> str:
    """The text with the numbers of orders, accounts and the like replaced, where a word before them says so."""
    return _AFTER_A_NUMBERED_WORD.sub(lambda match: _NUMBER.sub(mark, match[0]), text)
