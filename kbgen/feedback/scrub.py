"""Scrub: what somebody typed into a search field, without what may be personal, as it is counted.

Stricter than what tickets go through: nobody looks at a search before it is stored, and a number too many that is
taken out costs little. What is taken out leaves a mark of its kind, as in tickets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kbgen.tickets.names import names_in
from kbgen.tickets.patterns import COMPILED, IP, is_ip, numbers_marked

LONGEST = 200
"""Characters of a search that are kept."""
MOST_READ = 600
"""Characters that are looked at: a few signs can stand for thousands in the compatibility form."""

_BEFORE = (
    ("key", r"\S{81,}"),  # first of all, so that no pattern has to look at a long run again and again
    ("link", r"\S*://\S*|\bwww\.\S+|\S*\?\S*=\S*|[\w-]+(?:\.[\w-]+)+/\S*"),
    ("email", r"[\w.+-]+\s?[(\[{]\s?at\s?[)\]}]\s?[\w-]+(?:\s?[(\[{.]\s?(?:dot\s?[)\]}]\s?)?[\w-]+)*"),
    ("email", r"[\w.+-]+ at [\w-]+(?: dot [\w-]+)+"),
    ("email", r"\S+ ?@ ?[\w-]+(?:\.[\w-]+)+|\S*@\S*"),
)
_AFTER = (
    ("key", r"\S{32,}"),
    ("key", r"\b(?:(?=\w*\d)\w{16,}|(?=(?:\w*\d){3})\w{12,}|(?=(?:\w*\d){6})\w*[^\W\d]\w*)"),
    ("ip", r"\b(?:[\da-f]{2}[:-]){5}[\da-f]{2}\b"),
    ("address", r"\b\d{1,5}[a-z]? (?:[^\W\d]+ ){1,3}(?:street|road|avenue|lane|drive|boulevard|terrace)\b"),
    ("address", r"\b[^\W\d]{3,}(?:stra(?:ß|ss)e|str\.?|allee|gasse) \d{1,4}[a-z]?\b"),
    ("address", r"\b[a-z]{1,2}\d[\da-z]? ?\d[a-z]{2}\b"),
    ("number", r"\S*?\d(?:[\s().,/:+_–-]{0,3}\d){5,}\S*"),
    ("name", r"\b(?:my name is|i am called|mein name ist|ich heiße|je m['’]appelle|me llamo) (?P<secret>\w+(?: \w+)?)"),
)
_FIRST = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _BEFORE)
_LAST = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _AFTER)


def scrubbed(text: str) -> str:
    """The search as it is counted: scrubbed, in small letters, without marks at its ends, cut between words."""
    text = _visible(text)
    for kind, pattern in (*_FIRST, *COMPILED):
        text = pattern.sub(_mark(kind), text)
    text = IP.sub(lambda match: "[ip]" if is_ip(match[0]) else match[0], text)
    text = numbers_marked(text, _mark("number"))
    for kind, pattern in _LAST:
        text = pattern.sub(_mark(kind), text)
    text = _without_names(text).casefold()
    return _cut(" ".join(text.split()).strip(" .,;:!?¿¡\"'“”„«»"))


def _visible(text: str) -> str:
    """The text in compatibility form (NFKC), without characters that are not seen: they could hide the rest."""
    plain = unicodedata.normalize("NFKC", text)[:MOST_READ]
    kinds = [(character, unicodedata.category(character)) for character in plain]
    seen = [(character, kind) for character, kind in kinds if kind not in {"Cf", "Cs", "Co"}]
    return "".join(" " if kind in {"Cc", "Zs", "Zl", "Zp"} else character for character, kind in seen)


def _mark(kind: str) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        secret = match.groupdict().get("secret")
        return match[0].replace(secret, f"[{kind}]") if secret else f"[{kind}]"

    return replaced


def _without_names(text: str) -> str:
    names = "|".join(map(re.escape, sorted(names_in([text], [], ""), key=lambda name: (-len(name), name))))
    return re.sub(rf"(?<!\w)(?:{names})(?!\w)(?: (?:{names})(?!\w))*", "[name]", text) if names else text


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rsplit(None, 1)[0][:LONGEST]
