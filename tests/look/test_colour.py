"""The colour: read, measured, and moved until it can be read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.look.colour import NAMES, Colour, contrast, mix, nearest_passing, passes

BLACK, WHITE = Colour(r=0, g=0, b=0), Colour(r=255, g=255, b=255)
channels = st.integers(0, 255)
colours = st.builds(Colour, r=channels, g=channels, b=channels)
greys = st.integers(0, 255).map(lambda shade: Colour(r=shade, g=shade, b=shade))
PAPERS = [(WHITE, Colour.parse("#f4f6f9")), (Colour.parse("#14181f"), Colour.parse("#1d232d"))]


@pytest.mark.parametrize(
    "text", ["#0b5c6b", "0b5c6b", "#0B5C6B", " #0b5c6b\n", "rgb(11, 92, 107)", "RGB(11,92,107)", "rgb( 11 92 107 )"]
)
def test_ways_to_write(text: str) -> None:
    """A colour is read in each of the ways in which people write it."""
    assert Colour.parse(text) == Colour(r=11, g=92, b=107)


@pytest.mark.parametrize(
    ("text", "expected"), [("#abc", "#aabbcc"), ("teal", "#008080"), ("Orange", "#ffa500"), ("navy", "#000080")]
)
def test_short_forms(text: str, expected: str) -> None:
    """Three digits stand for six, and a name of CSS for its colour."""
    assert Colour.parse(text).hex == expected


def test_every_name() -> None:
    """Each name in the table has six digits."""
    assert {name: Colour.parse(name).hex.removeprefix("#") for name in NAMES} == NAMES


@pytest.mark.parametrize(
    "text",
    [
        *("", "#", "#12", "#1234", "#12345g", "##123456", "#12345678", "#١٢٣", "octarine"),
        *("rgb(1,2)", "rgb(256, 0, 0)", "rgb(1%, 2%, 3%)", "rgba(1, 2, 3, 1)", "rgb(-1, 2, 3)", "rgb(١, ٢, ٣)"),
    ],
)
def test_no_colour(text: str) -> None:
    """What is no colour is refused, and the message shows the ways to write one."""
    with pytest.raises(KbgenError, match="is no colour that kbgen knows") as caught:
        Colour.parse(text)
    assert "#0b5c6b" in caught.value.hint


def test_slip() -> None:
    """A name with a slip of the pen is answered with the name that was meant."""
    with pytest.raises(KbgenError) as caught:
        Colour.parse("oragne")
    assert caught.value.hint == "did you mean 'orange'?"


@given(colours)
def test_hex_round_trip(colour: Colour) -> None:
    """What `hex` writes is read as the same colour, and so are its channels."""
    assert Colour.parse(colour.hex) == colour
    assert Colour.parse(f"rgb({colour.r}, {colour.g}, {colour.b})") == colour


@given(st.text(max_size=20) | st.text(alphabet="rgb(), #0123456789abcdef", max_size=20))
def test_any_text(text: str) -> None:
    """Any text is a colour with channels from 0 to 255, or an error for people."""
    try:
        colour = Colour.parse(text)
    except KbgenError:
        return
    assert all(0 <= channel <= 255 for channel in (colour.r, colour.g, colour.b))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("black", "white", 21),
        ("white", "white", 1),
        ("#767676", "white", 4.54),
        ("#777777", "white", 4.48),
        ("red", "white", 4.0),
        ("blue", "white", 8.59),
    ],
)
def test_known_contrasts(one: str, other: str, ratio: float) -> None:
    """Contrasts are those that every other checker of WCAG gives."""
    assert contrast(Colour.parse(one), Colour.parse(other)) == pytest.approx(ratio, abs=0.005)


@given(colours, colours)
def test_contrast(one: Colour, other: Colour) -> None:
    """A contrast is from 1 to 21, whichever of the two is the text."""
    assert 1 <= contrast(one, other) <= 21.000001
    assert contrast(one, other) == contrast(other, one)


@settings(deadline=None, max_examples=50)  # each makes hundreds of shades
@given(colours, st.sampled_from(PAPERS), st.sampled_from([3, 4.5, 7]))
def test_nearest_passes(colour: Colour, papers: tuple[Colour, Colour], ratio: float) -> None:
    """On light and on dark paper the nearest colour passes as it is written, and one that passes stays itself."""
    found = nearest_passing(colour, papers, ratio)
    assert all(contrast(Colour.parse(found.hex), paper) >= ratio for paper in papers)
    assert nearest_passing(found, papers, ratio) == found
    if passes(colour, papers, ratio):
        assert found == colour


@settings(deadline=None, max_examples=50)  # each makes hundreds of shades
@given(colours, colours)
def test_nearest_on_any_paper(colour: Colour, paper: Colour) -> None:
    """Whatever the paper, a text colour can be found for it."""
    assert contrast(nearest_passing(colour, [paper]), paper) >= 4.5


@settings(deadline=None, max_examples=50)  # each makes hundreds of shades
@given(greys, greys)
def test_nearest_grey(colour: Colour, paper: Colour) -> None:
    """Of all greys that pass, none is nearer than the one that is found."""
    found = nearest_passing(colour, [paper])
    every = [Colour(r=shade, g=shade, b=shade) for shade in range(256)]
    nearest = min(colour.oklab.distance(grey.oklab) for grey in every if passes(grey, [paper]))
    assert found in every
    assert colour.oklab.distance(found.oklab) == pytest.approx(nearest)


@settings(deadline=None, max_examples=50)  # each makes hundreds of shades
@given(colours, st.sampled_from(PAPERS))
def test_nearest_keeps_the_hue(colour: Colour, papers: tuple[Colour, Colour]) -> None:
    """A brand's blue becomes a darker or lighter blue, within what 8 bits can say."""
    found = nearest_passing(colour, papers).oklab
    chroma = math.hypot(found.a, found.b)
    turned = (colour.oklab.a * found.b - colour.oklab.b * found.a) / (math.hypot(colour.oklab.a, colour.oklab.b) or 1)
    assert abs(turned) < 0.01, "the way off the line of its hue"
    assert chroma <= math.hypot(colour.oklab.a, colour.oklab.b) + 0.01


def test_nearest_by_example() -> None:
    """The yellow that no text can have on white becomes the ochre that it can."""
    assert nearest_passing(Colour.parse("#f5c518"), PAPERS[0]).hex == "#8a6d00"


def test_nothing_passes() -> None:
    """No shade can be read on black and on white at once, and the message says so."""
    with pytest.raises(KbgenError, match="no shade of #ff0000 has a contrast of 5 with each of #000000, #ffffff"):
        nearest_passing(Colour.parse("red"), [BLACK, WHITE], 5)


@given(colours, colours)
def test_ends_of_a_mixture(one: Colour, other: Colour) -> None:
    """A mixture with nothing of the other colour is the one, and the reverse."""
    assert mix(one, other, 0) == one
    assert mix(one, other, 1) == other


def test_middle_of_a_mixture() -> None:
    """Half of black and white is the grey that looks half as light, not the one with half the number."""
    assert mix(BLACK, WHITE, 0.5).hex == "#636363"
