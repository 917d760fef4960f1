"""Words: the text of an article or of a query, cut the same way by this module and by the reader in the browser.

A word is a run of letters and digits, in lower case and with compatibility forms replaced (Unicode's NFKC). Scripts
without spaces are cut into overlapping pairs of characters, which finds words of any length without a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

LONGEST = 32
"""Characters of a word that count; what is longer is rarely typed whole."""

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
)
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0002fa1f]+"
)
"""Thai, Lao, Burmese, Khmer, Kana, Han and Hangul."""


def words(text: str) -> list[str]:
    """The words of a text, in its order, with their accents."""
    if text.isascii():
        return [word[:LONGEST] for word in _WORD.findall(text.lower())]
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = "".join(c for c in plain if c.isascii() or unicodedata.category(c)[0] != "M")
    return [word[:LONGEST] for found in _WORD.findall(plain) for word in _cut(found)]


def fold(word: str) -> str:
    """A word as it is compared: without accents, vowel points and letters that few keyboards have."""
    if word.isascii():
        return word
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", word)).translate(_LETTERS)
    return unicodedata.normalize("NFC", bare)


def _cut(word: str) -> Iterator[str]:
    place = 0
    for run in _SPACELESS.finditer(word):
        if place < run.start():
            yield word[place : run.start()]
        yield from _pairs(run[0])
        place = run.end()
    if place < len(word):
        yield word[place:]


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for first, second in pairwise(run):
        yield first + second
