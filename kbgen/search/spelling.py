"""Spelling: the words that somebody may have meant who typed another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

MOST_WORDS = 8_000
"""Words that the browser is given to correct others by; the rarest of a large site are left out."""
SHORTEST, LONG = 4, 8
"""Letters from which on a word is corrected, and from which on it may have two slips."""
CHOICES = 3
"""Words that may be meant by one."""


class Vocabulary:
    """Words of titles, headings, summaries and answer phrases, with how many articles have each."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take the words, and how many articles have each."""
        self.counts = counts

    def encode(self) -> str:
        """The most frequent words, in the order of their letters: letters shared with the one before, rest, count."""
        ordered = sorted(self.counts, key=lambda word: (-self.counts[word], word))[:MOST_WORDS]
        lines, before = [], ""
        for word in sorted(ordered):
            same = 0
            while same < min(len(before), len(word)) and before[same] == word[same]:
                same += 1
            lines.append(f"{same} {word[same:]} {min(self.counts[word], 1 << self.counts[word].bit_length() - 1)}")
            before = word
        return "\n".join([*lines, ""])

    @cached_property
    def _by_length(self) -> dict[int, list[tuple[str, int]]]:
        found: dict[int, list[tuple[str, int]]] = {}
        for word in self.counts:
            found.setdefault(len(word), []).append((word, letters(word)))
        return found

    def completions(self, start: str, most: int) -> list[str]:
        """Words that begin so, the most frequent first."""
        found = [word for word in self.counts if word.startswith(start) and word != start]
        return sorted(found, key=lambda word: (-self.counts[word], word))[:most]

    def meant(self, word: str, others: Iterable[str] = ()) -> list[tuple[str, int]]:
        """The likeliest words, with how many slips each is away; `others` are known words, too."""
        if len(word) < SHORTEST:
            return []
        most, bits = (2 if len(word) >= LONG else 1), letters(word)
        near = {}
        for length in range(len(word) - most, len(word) + most + 1):
            for known, own in self._by_length.get(length, ()):
                if (own ^ bits).bit_count() <= 2 * most and (slips := distance(word, known, most)) <= most:
                    near[known] = slips
        for known in others:
            if abs(len(known) - len(word)) <= most and (slips := distance(word, known, most)) <= most:
                near.setdefault(known, slips)
        near.pop(word, None)

        def unlikely(known: str) -> tuple[int, bool, int, str]:
            return near[known], known[0] != word[0], -self.counts.get(known, 0), known

        return [(known, near[known]) for known in sorted(near, key=unlikely)[:CHOICES]]


def read_vocabulary(text: str) -> Vocabulary:
    """The vocabulary that `encode` wrote."""
    counts: Counter[str] = Counter()
    before = ""
    for line in text.split("\n")[:-1]:
        same, rest, count = line.split(" ")
        before = before[: int(same)] + rest
        counts[before] = int(count)
    return Vocabulary(counts)


def letters(word: str) -> int:
    """Which characters stand in a word, one bit for each of 32 classes: unlike words differ in many."""
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) & 31)
    return bits


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words: letters left out, added, mistaken, or swapped with their neighbours.

    More than `most` are not counted. (Optimal string alignment, Damerau 1964.)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        twice, before = before, row
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, twice[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
