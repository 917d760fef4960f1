"""The passage: the stretch of an article's text that has most of a query, with the words of the query marked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kbgen.search.words import LONGEST, fold, words

LENGTH = 180
"""Characters of a passage, at most."""
BEFORE = 50
"""Characters before the first word that was asked for, at most."""
_TOKEN = re.compile(r"[^\W_]+")

Passage = tuple[tuple[str, bool], ...]
"""Pieces of text, each with whether it is marked."""


def passage(text: str, meant: Mapping[str, int]) -> Passage:
    """The stretch of `text` with the most different words of `meant` (which number the words of a query)."""
    found = [
        (token.start(), token.end(), number)
        for token in _TOKEN.finditer(text)
        if (number := _number(token[0], meant)) is not None
    ]
    start, end = _window(text, _densest(found))
    pieces, place = [("… ", False)] if start else [], start
    for begin, stop, _ in found:
        if begin >= start and stop <= end:
            pieces += [(text[place:begin], False), (text[begin:stop], True)]
            place = stop
    pieces.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _number(token: str, meant: Mapping[str, int]) -> int | None:
    if token.isascii():
        return meant.get(token.lower()[:LONGEST])
    return next((meant[word] for word in map(fold, words(token)) if word in meant), None)


def _densest(found: list[tuple[int, int, int]]) -> int:
    """Where the stretch with the most different words begins; `0` without any."""
    best, most = 0, 0
    for place, (begin, _, _) in enumerate(found):
        different = {number for start, end, number in found[place : place + 40] if end <= begin + LENGTH - BEFORE}
        if len(different) > most:
            best, most = begin, len(different)
    return best


def _window(text: str, first: int) -> tuple[int, int]:
    """From where to where a passage around a place goes, cut between words where there are any."""
    start = 0 if first <= BEFORE else text.find(" ", first - BEFORE, first) + 1 or first
    end = len(text) if start + LENGTH >= len(text) else text.rfind(" ", first, start + LENGTH)
    return start, end if end > first else min(len(text), start + LENGTH)
