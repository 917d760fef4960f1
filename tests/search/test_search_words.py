"""Words: how texts are cut, and how words are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.search.words import LONGEST, fold, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reset a password!", ["reset", "a", "password"]),
        ("snake_case e-mail it's 2FA", ["snake", "case", "e", "mail", "it", "s", "2fa"]),
        ("Größe ÉTÉ", ["größe", "été"]),
        ("e\u0301te\u0301", ["été"]),
        ("ﬁle №5 ２", ["file", "no5", "2"]),
        ("パスワード", ["パス", "スワ", "ワー", "ード"]),
        ("iPhoneの設定", ["iphone", "の設", "設定"]),
        ("中", ["中"]),
        ("a" * 40, ["a" * LONGEST]),
        ("?! …", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    """Words are runs of letters and digits in lower case; scripts without spaces are cut into pairs."""
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "folded"),
    [("été", "ete"), ("größe", "grosse"), ("æsir", "aesir"), ("łódź", "lodz"), ("plain", "plain"), ("がぎ", "がぎ")],
)
def test_fold(word: str, folded: str) -> None:
    """Accents and letters that few keyboards have do not tell words apart."""
    assert fold(word) == folded


@given(st.text())
def test_words_of_words(text: str) -> None:
    """Words, joined by spaces, are cut into themselves, unless they were pairs of a script without spaces."""
    found = words(text)
    assert all(0 < len(word) <= LONGEST for word in found)
    assert words(" ".join(found)) == found


@given(st.text())
def test_fold_twice(text: str) -> None:
    """A word that has been folded stays as it is."""
    for word in words(text):
        assert fold(fold(word)) == fold(word)


@given(st.text())
def test_fold_keeps_words(text: str) -> None:
    """A folded word is still one word: what is typed without accents is cut in the same way."""
    for word in words(text):
        assert words(fold(word)) == [fold(word)[:LONGEST]]


@given(st.text())
def test_composed_or_not(text: str) -> None:
    """However an accent is written, the words are the same."""
    decomposed = unicodedata.normalize("NFD", text)
    assert words(decomposed) == words(unicodedata.normalize("NFC", text))
