"""The map of topics: circles in a frame that do not overlap, with those labels that find room."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kbgen.report.places import Plane
from kbgen.report.row import Row

MOST = 60
"""Topics on a map; more could not be told apart."""
GAP = 5.0
NEAR_ENOUGH = 0.5
"""Pixels between two circles, and how much of them may be missing when pushing stops."""
ROUNDS = 600
FILLED = 0.17
"""Share of the frame that all circles together cover, where none is too small or too large."""
LETTER = 0.56
"""Width of a letter, in heights; measured on system fonts, on the safe side."""
LONGEST = 26
"""Letters of a label."""
CLEAR = 5.0
"""Pixels between a label and the circles of others, so that it is clear whose it is."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The size of a map and of what stands in it; pixels where it is shown at its own width."""

    width: float
    height: float
    smallest: float
    """Radius of the smallest circle: a finger must find it, and a number must fit."""
    letters: float
    """Height of the letters of a label."""


@dataclass(frozen=True, kw_only=True)
class Circle:
    """A topic on the map."""

    row: Row
    number: int
    x: float
    y: float
    radius: float
    label: str = ""
    """`""` where there is no room; the number leads to the list."""
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "middle"


def wide(count: int) -> Frame:
    """The frame for a screen of a desk: higher with more topics."""
    return Frame(width=1040, height=min(820, 320 + 11 * count), smallest=14, letters=13)


def narrow(count: int) -> Frame:
    """The frame for a phone held upright."""
    return Frame(width=360, height=min(820, 240 + 11 * count), smallest=13, letters=12)


def circles(rows: Sequence[Row], frame: Frame) -> list[Circle]:
    """The largest topics as circles, numbered by their place among `rows`; the area says how many tickets."""
    numbered = sorted(enumerate(rows, start=1), key=lambda pair: (-pair[1].tickets, pair[0]))[:MOST]
    if not numbered:
        return []
    radii = _radii([row.tickets for _, row in numbered], frame)
    plane = _apart(_fitted(np.array([row.place for _, row in numbered]), frame, radii), radii, frame)
    bare = [
        Circle(row=row, number=number, x=round(float(x), 1), y=round(float(y), 1), radius=round(float(r), 1))
        for (number, row), (x, y), r in zip(numbered, plane, radii, strict=True)
    ]
    return sorted(_labelled(bare, frame), key=lambda circle: circle.number)


def _radii(tickets: Sequence[int], frame: Frame) -> np.ndarray:
    roots = np.sqrt(np.maximum(np.array(tickets, dtype=np.float64), 1))
    scale = math.sqrt(FILLED * frame.width * frame.height / (math.pi * float((roots**2).sum())))
    most = min(frame.width, frame.height) / 6.5
    return np.clip(roots * min(scale, most / float(roots.max())), frame.smallest, most)


def _fitted(plane: Plane, frame: Frame, radii: np.ndarray) -> Plane:
    """The plane stretched over the frame; its first axis lies along the longer side."""
    if frame.height > frame.width:
        plane = plane[:, ::-1]
    low, high = plane.min(axis=0), plane.max(axis=0)
    share = np.where(high > low, (plane - low) / np.maximum(high - low, 1e-9), 0.5)
    size, edge = np.array([frame.width, frame.height]), radii[:, None] + GAP
    fitted: Plane = edge + share * (size - 2 * edge)
    return fitted


def _apart(plane: Plane, radii: np.ndarray, frame: Frame) -> Plane:
    """The circles pushed apart, each pair by half of its overlap a round, within the frame."""
    size, edge = np.array([frame.width, frame.height]), radii[:, None] + GAP
    angles = np.arange(len(plane)) * 2.399963  # the golden angle: circles on one spot part in different directions
    aside = 0.01 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    turn = aside[:, None] - aside[None]
    wanted = radii[:, None] + radii[None] + GAP
    for _ in range(ROUNDS):
        between = plane[:, None] - plane[None] + turn
        distance = np.maximum(np.linalg.norm(between, axis=-1), 1e-6)
        overlap = np.maximum(wanted - distance, 0)
        np.fill_diagonal(overlap, 0)
        if overlap.max() < NEAR_ENOUGH:
            break
        push = (between / distance[..., None] * (overlap * 0.5)[..., None]).sum(axis=1)
        plane = np.clip(plane + push, edge, size - edge)
    return plane


def _labelled(bare: Sequence[Circle], frame: Frame) -> Iterator[Circle]:
    """The circles, larger ones first, each with a label where it covers neither a circle nor another label."""
    taken: list[Box] = []
    for circle in bare:
        text = _short(circle.row)
        for label_x, label_y, anchor in _spots(circle, frame):
            box = _box(text, label_x, label_y, anchor, frame.letters)
            if _free(box, circle, bare, taken, frame):
                taken.append(box)
                place = {"label_x": round(label_x, 1), "label_y": round(label_y, 1), "anchor": anchor}
                circle = Circle(**{**vars(circle), "label": text, **place})  # noqa: PLW2901 - the same circle, labelled
                break
        yield circle


def _short(row: Row) -> str:
    """What stands beside a circle: the first phrases of the topic that are short enough, else of its label."""
    chosen = ""
    for phrase in row.phrases[:2]:
        longer = f"{chosen}, {phrase}" if chosen else phrase
        if len(longer) > LONGEST:
            break
        chosen = longer
    text = chosen or (row.phrases[0] if row.phrases else row.label)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _spots(circle: Circle, frame: Frame) -> Iterator[tuple[float, float, str]]:
    """Where a label may stand: below, above, beside, and at the four corners; x and base line."""
    letters, r = frame.letters, circle.radius
    yield circle.x, circle.y + r + letters, "middle"
    yield circle.x, circle.y - r - letters * 0.4, "middle"
    yield circle.x + r + 4, circle.y + letters * 0.35, "start"
    yield circle.x - r - 4, circle.y + letters * 0.35, "end"
    corner = r * 0.75
    for down in (1, -1):
        yield circle.x + corner, circle.y + down * (corner + letters * 0.6) + letters * 0.35, "start"
        yield circle.x - corner, circle.y + down * (corner + letters * 0.6) + letters * 0.35, "end"


def _box(text: str, x: float, y: float, anchor: str, letters: float) -> Box:
    width = letters * sum(1.0 if unicodedata.east_asian_width(c) in "WF" else LETTER for c in text)
    left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return left, y - letters * 0.85, left + width, y + letters * 0.25


def _free(box: Box, own: Circle, bare: Sequence[Circle], taken: Sequence[Box], frame: Frame) -> bool:
    left, top, right, bottom = box
    if left < 2 or top < 2 or right > frame.width - 2 or bottom > frame.height - 2:
        return False
    if any(_meet(box, other) for other in taken):
        return False
    return not any(_covers(other, box) for other in bare if other.number != own.number)


def _meet(one: Box, other: Box) -> bool:
    """Whether two labels are too close to be read apart."""
    return one[0] < other[2] + 6 and other[0] - 6 < one[2] and one[1] < other[3] + 2 and other[1] - 2 < one[3]


def _covers(circle: Circle, box: Box) -> bool:
    left, top, right, bottom = box
    x, y = min(max(circle.x, left), right), min(max(circle.y, top), bottom)
    return math.hypot(x - circle.x, y - circle.y) < circle.radius + CLEAR
