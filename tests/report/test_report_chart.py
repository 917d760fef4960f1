"""The map: circles in their frame, apart from each other, with labels that cover nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from topic_reports import make_report

from kbgen.report.chart import MOST, Circle, _box, circles, narrow, wide
from kbgen.report.places import places
from kbgen.report.row import Row

FRAMES = {"wide": wide, "narrow": narrow}


def gap(one: Circle, other: Circle) -> float:
    return math.hypot(one.x - other.x, one.y - other.y) - one.radius - other.radius


@pytest.mark.parametrize("format_name", FRAMES)
@pytest.mark.parametrize("count", [1, 2, 3, 9, 45, MOST])
def test_circles_do_not_overlap_and_stay_in_their_frame(format_name: str, count: int) -> None:
    """From one topic to a full map, on a desk and on a phone."""
    frame = FRAMES[format_name](count)
    found = circles(make_report(count).rows, frame)
    assert len(found) == count
    assert min((gap(a, b) for a, b in combinations(found, 2)), default=1) >= 0
    assert all(c.radius <= c.x <= frame.width - c.radius for c in found)
    assert all(c.radius <= c.y <= frame.height - c.radius for c in found)
    assert min(c.radius for c in found) >= frame.smallest


@pytest.mark.parametrize("format_name", FRAMES)
def test_labels_cover_neither_circles_nor_labels(format_name: str) -> None:
    """Every label that is shown can be read, and most of 45 are on a desk's map."""
    frame = FRAMES[format_name](45)
    found = circles(make_report(45).rows, frame)
    named = [(c, _box(c.label, c.label_x, c.label_y, c.anchor, frame.letters)) for c in found if c.label]
    for (_, a), (_, b) in combinations(named, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    for circle, (left, top, right, bottom) in named:
        assert left >= 0 <= top
        assert right <= frame.width
        assert bottom <= frame.height
        for other in found:
            x, y = min(max(other.x, left), right), min(max(other.y, top), bottom)
            assert other.number == circle.number or math.hypot(x - other.x, y - other.y) >= other.radius
    assert len(named) >= (36 if format_name == "wide" else 12)


def test_the_area_says_how_many_tickets() -> None:
    """Four times the tickets, twice the radius, between the smallest and the largest circle."""
    row = make_report(1).rows[0]
    rows = [replace(row, id=f"t-{n}", tickets=n, place=(float(n), 0.0)) for n in (400, 100)]
    large, small = circles(rows, wide(30))
    assert large.radius / small.radius == pytest.approx(2, abs=0.01)


def test_a_map_of_too_many_topics_shows_the_largest() -> None:
    """Beyond the most that can be told apart, small ones are left to the table; numbers stay theirs."""
    rows = make_report(MOST + 20).rows
    found = circles(rows, wide(MOST))
    assert len(found) == MOST
    assert all(rows[c.number - 1] == c.row for c in found)
    assert min(c.row.tickets for c in found) >= max(r.tickets for r in set(rows) - {c.row for c in found})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5000), st.floats(-1, 1), st.floats(-1, 1)), max_size=20))
def test_any_sizes_and_places_make_a_map(made: list[tuple[int, float, float]]) -> None:
    """Topics on one spot, in a line, huge beside tiny: they are parted, and finite."""
    rows: list[Row] = [
        replace(make_report(1).rows[0], id=f"t-{n}", tickets=tickets, place=(x, y))
        for n, (tickets, x, y) in enumerate(made)
    ]
    found = circles(rows, wide(len(rows)))
    assert all(math.isfinite(c.x + c.y + c.radius) for c in found)
    assert min((gap(a, b) for a, b in combinations(found, 2)), default=0) >= -0.2


def test_what_asks_the_like_lies_near() -> None:
    """Three groups of vectors: neighbours on the plane are neighbours in meaning, and the same input stays put."""
    rng = np.random.default_rng(3)
    vectors = np.repeat(np.eye(3, 32), 5, axis=0) + 0.05 * rng.normal(size=(15, 32))
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    plane = places(unit)
    apart = np.linalg.norm(plane[:, None] - plane[None], axis=-1) + np.eye(15) * 9
    assert (apart.argmin(axis=1) // 5 == np.arange(15) // 5).all()
    assert np.array_equal(plane, places(unit.copy()))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_topics_have_places_too(count: int) -> None:
    """None, one, two, and three that are the same."""
    plane = places(np.ones((count, 4), dtype=np.float32) / 2)
    assert plane.shape == (count, 2)
    assert np.isfinite(plane).all()
