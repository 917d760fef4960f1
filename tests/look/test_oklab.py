"""OKLab: the space in which colours are compared and mixed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.look.oklab import Linear, OKLab

lights = st.tuples(*[st.floats(0, 1)] * 3)
shares = st.floats(0, 1)


@pytest.mark.parametrize(
    ("light", "lightness", "a", "b"),
    [
        ((0.0, 0.0, 0.0), 0, 0, 0),
        ((1.0, 1.0, 1.0), 1, 0, 0),
        ((1.0, 0.0, 0.0), 0.62796, 0.22486, 0.12585),
        ((0.0, 1.0, 0.0), 0.86644, -0.23389, 0.17950),
        ((0.0, 0.0, 1.0), 0.45201, -0.03246, -0.31153),
    ],
)
def test_known_colours(light: Linear, lightness: float, a: float, b: float) -> None:
    """Black, white and the primaries of sRGB lie where they are published to lie."""
    found = OKLab.of(light)
    assert (found.lightness, found.a, found.b) == pytest.approx((lightness, a, b), abs=1e-5)


@given(lights)
def test_there_and_back(light: Linear) -> None:
    """A colour of sRGB survives the way through OKLab, and a screen can show it."""
    found = OKLab.of(light)
    assert found.linear == pytest.approx(light, abs=1e-4)
    assert found.is_shown


@given(lights, shares)
def test_shown(light: Linear, lightness: float) -> None:
    """What a screen cannot show loses chroma, never hue or lightness, and only as much as it must."""
    wanted = OKLab.of(light).at(lightness)
    shown = wanted.shown
    assert shown.is_shown
    assert shown.lightness == lightness
    assert shown.a * wanted.b == pytest.approx(shown.b * wanted.a), "the hue is the same"
    chroma, most = math.hypot(shown.a, shown.b), math.hypot(wanted.a, wanted.b)
    assert chroma <= most
    assert chroma == most or not wanted.fainter(chroma / most + 0.001).is_shown


@given(lights, lights, shares)
def test_mixed(one: Linear, other: Linear, share: float) -> None:
    """A mixture lies on the straight way between two colours, as far along as its share says."""
    start, end = OKLab.of(one), OKLab.of(other)
    mixture = start.mixed(end, share)
    assert start.distance(mixture) == pytest.approx(share * start.distance(end), abs=1e-9)
    assert mixture.distance(end) == pytest.approx((1 - share) * start.distance(end), abs=1e-9)
