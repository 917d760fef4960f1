"""Spelling: which known words may be meant by one that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kbgen.search import spelling
from kbgen.search.spelling import CHOICES, LONG, SHORTEST, Vocabulary, distance, read_vocabulary

letter = st.sampled_from("abcdé中")
word = st.text(letter, min_size=1, max_size=11)
vocabulary = st.dictionaries(word, st.integers(1, 5000), max_size=40)


def slips(one: str, other: str) -> int:
    """How many slips lie between two words, by the plain recursion."""
    if not one or not other:
        return len(one) + len(other)
    fewest = min(slips(one[1:], other) + 1, slips(one, other[1:]) + 1, slips(one[1:], other[1:]) + (one[0] != other[0]))
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        fewest = min(fewest, slips(one[2:], other[2:]) + 1)
    return fewest


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("printer", "printer", 0),
        ("prnter", "printer", 1),
        ("printter", "printer", 1),
        ("prunter", "printer", 1),
        ("pirnter", "printer", 1),
        ("pirnte", "printer", 2),
        ("ca", "abc", 3),
    ],
)
def test_distance(one: str, other: str, count: int) -> None:
    """Letters left out, added, mistaken or swapped are one slip each; swapped letters are not touched again."""
    assert distance(one, other, 3) == distance(other, one, 3) == count


@given(st.text(letter, max_size=5), st.text(letter, max_size=5), st.integers(0, 3))
def test_distance_is_that_of_the_recursion(one: str, other: str, most: int) -> None:
    """The table gives what the definition does, and more than the most is not counted."""
    assert min(distance(one, other, most), most + 1) == min(slips(one, other), most + 1)


@given(vocabulary)
def test_encode_and_read(counts: Mapping[str, int]) -> None:
    """Every word comes back; its count is rounded down to a power of two."""
    read = read_vocabulary(Vocabulary(counts).encode()).counts
    assert read == {word: 1 << count.bit_length() - 1 for word, count in counts.items()}


@given(vocabulary)
def test_encoded_again(counts: Mapping[str, int]) -> None:
    """What was read is written as it stood."""
    text = Vocabulary(counts).encode()
    assert read_vocabulary(text).encode() == text


def test_the_rarest_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many words the most frequent are kept, those of the same frequency by their letters."""
    monkeypatch.setattr(spelling, "MOST_WORDS", 2)
    assert read_vocabulary(Vocabulary({"c": 1, "b": 9, "a": 1}).encode()).counts == {"a": 1, "b": 8}


@given(vocabulary, word, st.lists(word, max_size=4))
def test_meant(counts: Mapping[str, int], typed: str, others: list[str]) -> None:
    """The words meant are the nearest ones, found by looking at every word there is."""
    assume(len(typed) >= SHORTEST)
    most = 2 if len(typed) >= LONG else 1
    near = {known: slips for known in {*counts, *others} - {typed} if (slips := distance(typed, known, most)) <= most}
    wanted = sorted(near, key=lambda known: (near[known], known[0] != typed[0], -counts.get(known, 0), known))[:CHOICES]
    assert Vocabulary(counts).meant(typed, others) == [(known, near[known]) for known in wanted]


@given(vocabulary, st.text(letter, max_size=SHORTEST - 1))
def test_short_words_stay(counts: Mapping[str, int], typed: str) -> None:
    """A short word may be anything, so it is not corrected."""
    assert Vocabulary(counts).meant(typed) == []


@given(vocabulary, st.text(letter, max_size=3), st.integers(0, 5))
def test_completions(counts: Mapping[str, int], start: str, most: int) -> None:
    """Words that begin so come by their frequency, without the beginning itself."""
    found = Vocabulary(counts).completions(start, most)
    begun = sorted((w for w in counts if w.startswith(start) and w != start), key=lambda w: (-counts[w], w))
    assert found == begun[:most]
