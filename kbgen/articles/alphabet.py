"""The alphabet: all articles from A to Z, and the pages that list them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kbgen.articles.article import Article

LetterGroup = tuple[str, tuple[Article, ...]]
"""A letter, or `OTHERS`, and the articles whose titles begin with it."""

OTHERS = "#"
"""Stands for every title without a letter at its beginning; in Unicode it comes before all letters."""

_PLAIN = str.maketrans({"æ": "ae", "ð": "d", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "þ": "th"})
"""Letters of Latin that Unicode does not take apart into a plain letter and an accent."""
_ACCENTS = range(0x0300, 0x0370)
"""Accents that stand alone, because Unicode has no letter that carries them."""
_SYLLABLES = range(0xAC00, 0xD7A4)
"""Syllables of Korean, each written as one character of two or three letters."""


@dataclass(frozen=True, kw_only=True)
class ListingPage:
    """One page of the list of all articles."""

    name: str
    """`""` for the first page, else its letters: a-c, s, s-2; 0 stands for `OTHERS`, which no address can hold."""
    letters: tuple[LetterGroup, ...]


def by_letter(articles: Iterable[Article]) -> list[LetterGroup]:
    """The articles by the first letter of their titles, `OTHERS` first; in each letter by title, then by path.

    Quotes, signs and spaces before the first letter or digit are passed over. Case and the accents of Latin and Greek
    do not count; other scripts stand under their own letters.
    """
    groups: dict[str, list[tuple[str, str, Article]]] = defaultdict(list)
    for article in articles:
        sorted_as = _sorted_as(article.title)
        groups[_letter(sorted_as)].append((sorted_as, article.path, article))
    return [
        (letter, tuple(article for _, _, article in sorted(groups[letter], key=lambda entry: entry[:2])))
        for letter in sorted(groups)
    ]


def listing_pages(letters: Sequence[LetterGroup], most: int = 200) -> list[ListingPage]:
    """Pages of at most `most` articles that together list every article once.

    Neighbouring letters share a page; a letter with more than `most` articles is cut into pages of its own. Without
    articles there is one empty page.
    """
    pages = list(_pages(letters, most)) or [("", ())]
    return [ListingPage(name=name if place else "", letters=groups) for place, (name, groups) in enumerate(pages)]


def _pages(letters: Sequence[LetterGroup], most: int) -> Iterator[tuple[str, tuple[LetterGroup, ...]]]:
    """The letters of each page with the page's name."""
    held: list[LetterGroup] = []
    for letter, articles in letters:
        if held and sum(len(group) for _, group in held) + len(articles) > most:
            yield _name(held), tuple(held)
            held = []
        if len(articles) > most:
            yield from _cut(letter, articles, most)
        else:
            held.append((letter, articles))
    if held:
        yield _name(held), tuple(held)


def _cut(letter: str, articles: tuple[Article, ...], most: int) -> Iterator[tuple[str, tuple[LetterGroup, ...]]]:
    """The pages of a letter that is too large for one: s, s-2, s-3."""
    for number, start in enumerate(range(0, len(articles), most), start=1):
        name = _small(letter) if number == 1 else f"{_small(letter)}-{number}"
        yield name, ((letter, articles[start : start + most]),)


def _name(groups: Sequence[LetterGroup]) -> str:
    first, last = _small(groups[0][0]), _small(groups[-1][0])
    return first if first == last else f"{first}-{last}"


def _small(letter: str) -> str:
    return "0" if letter == OTHERS else letter.casefold()


def _sorted_as(title: str) -> str:
    """A title from its first letter or digit on, without case and without the accents of Latin and Greek."""
    folded = "".join(map(_without_accent, unicodedata.normalize("NFC", title))).casefold().translate(_PLAIN)
    start = next((place for place, char in enumerate(folded) if _is_letter(char) or _is_digit(char)), 0)
    return folded[start:]


@cache
def _without_accent(char: str) -> str:
    if ord(char) in _ACCENTS:
        return ""
    parts = unicodedata.normalize("NFKD", char)
    if not unicodedata.name(parts[0], "").startswith(("LATIN ", "GREEK ")):
        return char
    return "".join(part for part in parts if not unicodedata.combining(part))


def _letter(sorted_as: str) -> str:
    """The letter that a title stands under."""
    first = sorted_as[:1]
    if not first or not _is_letter(first):
        return OTHERS
    return unicodedata.normalize("NFD", first)[0] if ord(first) in _SYLLABLES else first.title()


def _is_letter(char: str) -> bool:
    return unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"}  # "Lm" are signs beside letters


def _is_digit(char: str) -> bool:
    return unicodedata.category(char).startswith("N")
