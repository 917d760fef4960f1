"""Slips of the hand: a letter left out, added, mistaken, or swapped with its neighbour."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from string import ascii_lowercase

WORD = re.compile(r"[^\W\d_]+")
ALONE = re.compile(r"(?<![^\s(])[^\W\d_]+(?=[.,;:!?)]*(?:\s|$))")
"""A word that is no piece of a name or a number."""


def left_out(word: str, place: int, pick: random.Random) -> str:  # noqa: ARG001 - all slips are called alike
    return word[:place] + word[place + 1 :]


def added(word: str, place: int, pick: random.Random) -> str:
    return word[:place] + pick.choice(ascii_lowercase) + word[place:]


def mistaken(word: str, place: int, pick: random.Random) -> str:
    return word[:place] + pick.choice(ascii_lowercase) + word[place + 1 :]


def swapped(word: str, place: int, pick: random.Random) -> str:  # noqa: ARG001 - all slips are called alike
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


SLIPS: tuple[Callable[[str, int, random.Random], str], ...] = (left_out, added, mistaken, swapped)


def one_off(word: str, pick: random.Random) -> str:
    """The word with one slip at a random place; another word in any case."""
    while True:
        slipped = pick.choice(SLIPS)(word, pick.randrange(len(word)), pick)
        if slipped.lower() != word.lower():
            return slipped


def two_off(word: str, pick: random.Random) -> str:
    """The word with two slips, which no single slip explains."""
    while True:
        slipped = one_off(one_off(word, pick), pick)
        if not is_one_slip(slipped.lower(), word.lower()):
            return slipped


def is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one slip at most."""
    start = alike(one, other)
    one, other = one[start:], other[start:]
    end = alike(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) < 2 or (len(one) == len(other) == 2 and one == other[::-1])


def misspelt(text: str, slip: Callable[[str, random.Random], str], least: int, pick: random.Random) -> str | None:
    """The text with a slip in one of its words of at least so many letters; nothing where it has none."""
    words = [found for found in WORD.finditer(text) if len(found[0]) >= least]
    if not words:
        return None
    chosen = pick.choice(words)
    return text[: chosen.start()] + slip(chosen[0], pick) + text[chosen.end() :]


def alike(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
