"""The alphabet: articles by letter, and the pages that list them."""

from __future__ import annotations

import sys
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.alphabet import LetterGroup, by_letter, listing_pages
from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter


def an_article(title: str, path: str = "a.md") -> Article:
    return Article(path=path, meta=FrontMatter(title=title), body="", body_line=1)


def group(letter: str, count: int) -> LetterGroup:
    return letter, tuple(an_article(letter, f"{letter}/{number}.md") for number in range(count))


def letters_of(*titles: str) -> list[tuple[str, list[str]]]:
    articles = [an_article(title, f"{place}.md") for place, title in enumerate(titles)]
    return [(letter, [article.title for article in found]) for letter, found in by_letter(articles)]


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("install", "I"),
        ("Änderungen", "A"),
        ("A\u0308nderungen", "A"),
        ("x\u0302-ray", "X"),
        ("\u0302x-ray", "X"),
        ("Ærø", "A"),
        ("Øl", "O"),
        ("Łódź", "L"),
        ("ßtill", "S"),
        ("İstanbul", "I"),
        ("Ａcme", "A"),
        ("„Zitat“", "Z"),
        ("¿Qué es?", "Q"),
        ("`kbgen build`", "K"),
        ("  ʻOhana", "O"),
        ("🎉 Party", "P"),
        ("Άλφα", "Α"),
        ("йогурт", "Й"),
        ("ёлка", "Ё"),
        ("ასო", "ა"),
        ("パスワード", "パ"),
        ("مرحبا", "م"),
        ("한국어", "\u1112"),
        ("2 ways", "#"),
        ("٣ ways", "#"),
        ("???", "#"),
        ("", "#"),
    ],
)
def test_letters(title: str, letter: str) -> None:
    """A title stands under its first letter: Latin and Greek without accents, other scripts as they are."""
    assert letters_of(title) == [(letter, [title])]


def test_order() -> None:
    """Others come first; case, accents and quotes do not count within a letter."""
    assert letters_of("zoo", "Éclair", "“Edit”", "eb", "10 days", "Яма", "Äpfel") == [
        ("#", ["10 days"]),
        ("A", ["Äpfel"]),
        ("E", ["eb", "Éclair", "“Edit”"]),
        ("Z", ["zoo"]),
        ("Я", ["Яма"]),
    ]


def test_same_title() -> None:
    """Articles of one title are in the order of their paths."""
    articles = [an_article("Álso", "c.md"), an_article("Also", "b.md"), an_article("also", "a.md")]
    ((_, found),) = by_letter(articles)
    assert [article.path for article in found] == ["a.md", "b.md", "c.md"]


@given(st.lists(st.text(max_size=5)), st.randoms())
def test_every_article(titles: list[str], random: Random) -> None:
    """Every article stands under one letter, and the order in which articles come does not show."""
    articles = [an_article(title, f"{place}.md") for place, title in enumerate(titles)]
    found = by_letter(articles)
    assert sorted(a.path for _, group in found for a in group) == sorted(a.path for a in articles)
    shuffled = articles.copy()
    random.shuffle(shuffled)
    assert by_letter(shuffled) == found


def test_every_letter_of_unicode() -> None:
    """Every letter there is stands under one character, and no two of these have the same name on a page."""
    chars = [chr(code) for code in range(sys.maxunicode + 1)]
    known = [char for char in chars if unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"}]
    letters = [letter for letter, _ in by_letter(an_article(char) for char in known)]
    assert all(len(letter) == 1 for letter in letters)
    assert len({letter.casefold() for letter in letters}) == len(letters)


def test_one_page() -> None:
    """As many articles as a page may hold are on one page, which needs no name."""
    letters = [group("A", 1), group("B", 2)]
    (page,) = listing_pages(letters, 3)
    assert page.name == ""
    assert page.letters == tuple(letters)


def test_no_articles() -> None:
    """A help centre without articles still has its page."""
    (page,) = listing_pages([])
    assert (page.name, page.letters) == ("", ())


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ({"A": 2, "B": 1, "C": 1, "D": 2}, ["", "c-d"]),
        ({"A": 3, "B": 1}, ["", "b"]),
        ({"A": 1, "S": 7, "T": 1}, ["", "s", "s-2", "s-3", "t"]),
        ({"S": 4, "Й": 1}, ["", "s-2", "й"]),
        ({"#": 4}, ["", "0-2"]),
        ({"A": 3, "#": 1, "B": 1}, ["", "0-b"]),
    ],
)
def test_names(counts: dict[str, int], names: list[str]) -> None:
    """A page is named by its letters; a letter that fills more than a page is counted on."""
    pages = listing_pages([group(letter, count) for letter, count in counts.items()], 3)
    assert [page.name for page in pages] == names


@given(st.dictionaries(st.sampled_from("#ABCDEFSTЙパ"), st.integers(1, 12), max_size=9), st.integers(1, 6))
def test_every_article_on_one_page(counts: dict[str, int], most: int) -> None:
    """Every article is on exactly one page in its order, no page holds too many or none, and names are unlike."""
    letters = [group(letter, counts[letter]) for letter in sorted(counts)]
    pages = listing_pages(letters, most)
    listed = [(letter, article) for page in pages for letter, articles in page.letters for article in articles]
    assert listed == [(letter, article) for letter, articles in letters for article in articles]
    sizes = [sum(len(articles) for _, articles in page.letters) for page in pages]
    assert max(sizes) <= most
    assert min(sizes) > 0 or not letters
    assert len({page.name for page in pages}) == len(pages)
    assert len(pages) == 1 or sum(sizes) > most
