"""Privacy: personal data in a text is replaced by a mark that says its kind.

The marks are [email], [phone], [card], [iban], [id] (of taxes, insurance, papers), [birthday], [ip], [mac], [place],
[plate], [key], [link], [number], [address] and [name].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kbgen.tickets import patterns
from kbgen.tickets.identities import cards_in, ibans_in, identities_in
from kbgen.tickets.names import WORD
from kbgen.tickets.phones import phones_in
from kbgen.tickets.secrets import keys_in

KINDS = "email phone card iban id birthday ip mac place plate key link number address name".split()
MARK = re.compile(rf"\[(?:{'|'.join(KINDS)})\]")
HIDDEN = "\ue000"
"""What stands in place of each letter of something that was found, while the rest is looked through."""
ROUNDS = 4
"""How often a text is looked through at most: what is found first may hide what stands beside it."""

_SPACES = {ord(space): " " for space in "\u00a0\u2007\u2009\u202f\u2060\ue000\ue001"}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS_OF_OTHERS = {first + n: ord("0") + n for first in (0x0660, 0x06F0, 0x0966) for n in range(10)}
_EVEN = _SPACES | _WIDE | _DIGITS_OF_OTHERS
_DIGIT = re.compile(r"\d")
_HARMLESS = re.compile(
    r"(?<![\w./-])(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|\d{1,2}:\d\d(?::\d\d)?"
    r"|\d{1,3}(?:[., ]\d{3}){1,3}(?:[.,]\d\d)?(?=\s?(?:€|\$|£|%|EUR|USD|GBP|CHF))"
    r"|[1-9]\d{0,2}(?:[.,]\d{3}){1,2}(?=\s[a-z]{3,})"
    r"|[€$£]\s?\d[\d., ]*)(?![\w/-]|\.\d)"
)
"""Dates, times, prices and amounts: digits that name nobody."""
_VERSION = re.compile(r"(?i:\b(?:version|versión|versione|firmware|build|release|v)\.?\s?)\d+(?:\.\d+)+")
_DIGITS = re.compile(r"(?<![\w.-])\d{6,}(?!\w)|(?<![\w.,-])\d{3,4}(?:[ -]\d{3,4}){2,5}(?![\w]|[.,]\d)")


class Found(NamedTuple):
    """Something personal in a text: its kind, and where it begins and ends."""

    kind: str
    start: int
    end: int


Spans = Iterable[tuple[int, int]]


def scrub(text: str, names: frozenset[str] = frozenset()) -> tuple[str, Counter[str]]:
    """The text with marks in place of personal data, and how often each kind was found."""
    counts: Counter[str] = Counter()
    text = text.translate(_EVEN) if not text.isascii() else text
    for _ in range(ROUNDS):
        found = findings(text, names)
        if not found:
            break
        counts.update(one.kind for one in found)
        text = _marked(text, found)
    return text, counts


def findings(text: str, names: frozenset[str] = frozenset()) -> list[Found]:
    """What is personal in a text, from its beginning to its end; no two overlap."""
    found: list[Found] = []
    rest = text if text.isascii() else text.translate(_EVEN)
    if "[" in text:
        rest = _hidden(rest, (match.span() for match in MARK.finditer(text)))
    for kind, look in _looks(rest):
        spans = list(look(rest))
        if kept := spans and list(_apart(sorted(part for span in spans for part in _seen(rest, span)))):
            rest = _hidden(rest, kept)
            if kind:
                found += [Found(kind, *span) for span in kept]
    found += [Found("name", *span) for span in _names(rest, names)]
    return sorted(found, key=lambda one: one.start)


def _looks(text: str) -> Iterator[tuple[str, Callable[[str], Spans]]]:
    """What to look for, by what the text holds at all: a glance at words and digits costs less than a pattern."""
    digits, low = len(_DIGIT.findall(text)), text.lower()
    long_word = _LONG_WORD.search(text)
    if "/" in low or "www." in low:
        yield from _of(patterns.LINKS)
    if "@" in low or _AT.search(text):
        yield from _of(patterns.EMAILS)
    if digits >= FEWEST_IN_IBAN:
        yield "iban", ibans_in
    if long_word:
        yield "key", keys_in
    if digits >= FEWEST_IN_IDENTITY:
        yield "id", identities_in
        yield "card", cards_in
    if long_word or _holds(low, _SECRET_WORDS):
        yield from _of(patterns.KEYS)
    if digits:
        yield from _numeric(text, low, digits)


def _numeric(text: str, low: str, digits: int) -> Iterator[tuple[str, Callable[[str], Spans]]]:
    if digits >= 4 and _holds(low, _BIRTH_WORDS):
        yield from _of(patterns.BIRTHDAYS)
    if text.count(":") >= 5 or text.count("-") >= 5 or text.count(".") >= 2:
        yield from _of(patterns.MACHINES)
    if digits >= 4:
        yield from _of(patterns.PLACES)
    if text.count(".") >= 3 or text.count(":") >= 2:
        yield "", lambda text: (match.span() for match in _VERSION.finditer(text))
        yield "ip", lambda text: (match.span() for match in patterns.IP.finditer(text) if patterns.is_ip(match[0]))
    if _holds(low, _PLATE_WORDS):
        yield from _of(patterns.PLATES)
    yield from _of(patterns.ADDRESSES)
    if digits >= 3:
        yield "", lambda text: (match.span() for match in _HARMLESS.finditer(text))
        if digits >= 6:
            yield "phone", phones_in
        yield "number", patterns.numbers_in
    if digits >= 4:
        yield from _of(patterns.NUMBERS)
        yield "number", lambda text: (match.span() for match in _DIGITS.finditer(text))


FEWEST_IN_IBAN = 10
"""Digits of the shortest number of an account: of Norway 13, of Malta 4 and more letters, with its check digits."""
FEWEST_IN_IDENTITY = 5
_SECRET_WORDS = (
    "pass pw pin kennwort zugangsdaten mdp contraseña clave parola secret key token bearer schlüssel".split()
)
_BIRTH_WORDS = "born birth dob d.o.b geb naiss né naci nací cumple nasc nat complean".split()
_PLATE_WORDS = "plate reg kennzeichen nummernschild plaque immatricul matrícula targa".split()


def _holds(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


_VISIBLE = re.compile(rf"[^{HIDDEN}]+")
_LONG_WORD = re.compile(r"\S{14}|-----BEGIN")
_AT = re.compile(r"(?i:[(\[{]\s?(?:at|ät)\s?[)\]}])")
_PATTERN = dict(zip(patterns.PATTERNS, (compiled for _, compiled in patterns.COMPILED), strict=True))


def _of(group: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Callable[[str], Spans]], ...]:
    return _LOOKS[group]


def _look(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    part = "secret" if "secret" in pattern.groupindex else 0
    return lambda text: [match.span(part) for match in pattern.finditer(text)]


_LOOKS = {
    group: tuple((kind, _look(_PATTERN[kind, pattern])) for kind, pattern in group)
    for group in (
        patterns.LINKS,
        patterns.EMAILS,
        patterns.KEYS,
        patterns.BIRTHDAYS,
        patterns.MACHINES,
        patterns.PLACES,
        patterns.ADDRESSES,
        patterns.PLATES,
        patterns.NUMBERS,
    )
}


def _seen(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The parts of a span that are not hidden yet and hold a letter or a digit."""
    start, end = span
    if HIDDEN not in text[start:end]:
        yield span
        return
    for part in _VISIBLE.finditer(text, start, end):
        if any(letter.isalnum() for letter in part[0]):
            yield part.span()


def _apart(spans: Spans) -> Iterator[tuple[int, int]]:
    """The spans without those that begin inside another."""
    last = 0
    for start, end in spans:
        if start >= last and end > start:
            yield start, end
            last = end


def _hidden(text: str, spans: Spans) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], HIDDEN * (end - start)]
        last = end
    return "".join([*parts, text[last:]])


def _marked(text: str, found: Iterable[Found]) -> str:
    parts, last = [], 0
    for kind, start, end in found:
        parts += [text[last:start], f"[{kind}]"]
        last = end
    return "".join([*parts, text[last:]])


def _names(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Words that are names; neighbours are one name, and an ending of the genitive goes with them."""
    if not names:
        return
    spans = list(_apart(sorted([*_words(text, names), *_odd_names(text, names)])))
    start = end = -1
    for first, last in spans:
        if end >= 0 and text[end:first].isspace():
            end = last
            continue
        if end >= 0:
            yield start, end
        start, end = first, last
    if end >= 0:
        yield start, end


def _words(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in names or _GENITIVE.sub("", word) in names:
            yield match.span()
        elif "-" in word or "'" in word or "’" in word:
            for part in WORD_PART.finditer(word):
                if part[0] in names:
                    yield match.start() + part.start(), match.start() + part.end()


_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w])")
WORD_PART = re.compile(r"[^\W\d_]+")
_GENITIVE = re.compile(r"(?:['’]s|s|['’])\Z")


def _odd_names(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Names that hold more than letters, as an export may give them."""
    odd = sorted((name for name in names if not WORD.fullmatch(name)), key=lambda name: (-len(name), name))
    if odd:
        listed = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, odd))})(?!\w)")
        yield from (match.span() for match in listed.finditer(text) if match[0].strip(HIDDEN))
