"""The palette: every pair of colours that meets on a page can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from centres import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.look.colour import Colour, contrast, nearest_passing, passes
from kbgen.look.palette import Scheme, branded, css
from kbgen.look.tokens import read_tokens

TOKENS = read_tokens(ROOT / "theme/tokens.yml")
LIGHT, DARK = TOKENS.light, TOKENS.dark
STATUSES = ("info", "success", "warning", "danger")
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
channels = st.integers(0, 255)
colours = st.builds(Colour, r=channels, g=channels, b=channels)


def pairs() -> Iterator[tuple[str, str, float]]:
    """Foreground, background and the contrast that WCAG 2.2 AA asks of the two, by the names of a scheme's fields."""
    soft = [f"{status}_soft" for status in STATUSES]
    for ink in ("ink", "ink_soft", "accent", "accent_strong"):
        for paper in ("paper", "paper_soft", "accent_soft", *soft):
            yield ink, paper, 4.5
    for status in STATUSES:
        for paper in ("paper", "paper_soft", f"{status}_soft"):
            yield status, paper, 4.5
    for paper in ("accent", "accent_strong"):
        yield "on_accent", paper, 4.5
    for edge in ("line_strong", "focus"):
        for paper in ("paper", "paper_soft"):
            yield edge, paper, 3
    yield "focus", "accent_soft", 3


def faint(scheme: Scheme) -> list[str]:
    """The pairs of a scheme that cannot be told apart."""
    return [
        f"{front} {getattr(scheme, front).hex} on {back} {getattr(scheme, back).hex}"
        for front, back, ratio in pairs()
        if contrast(getattr(scheme, front), getattr(scheme, back)) < ratio
    ]


@SCHEMES
def test_pairs(scheme: Scheme) -> None:
    """Text has a contrast of 4.5 and an edge one of 3 on every background where the theme puts it."""
    assert faint(scheme) == []


@SCHEMES
def test_soft_statuses(scheme: Scheme) -> None:
    """What reads on the papers reads on the backgrounds of statuses, as they lie between the papers."""
    low, high = sorted(paper.luminance for paper in scheme.papers)
    for status in STATUSES:
        assert low <= getattr(scheme, f"{status}_soft").luminance <= high, status


@SCHEMES
def test_statuses_differ(scheme: Scheme) -> None:
    """No two statuses look alike, nor does one look like the paper behind it."""
    for name in STATUSES:
        own = getattr(scheme, name).oklab
        assert all(own.distance(getattr(scheme, other).oklab) > 0.1 for other in STATUSES if other != name)
        assert getattr(scheme, f"{name}_soft").oklab.distance(scheme.paper.oklab) > 0.02


def test_css() -> None:
    """A scheme is written one property a line, with hyphens, in one order."""
    lines = css(LIGHT).splitlines()
    assert lines[:2] == ["--kb-ink: #1c2330;", "--kb-ink-soft: #4d5768;"]
    assert lines[-1] == "--kb-danger-soft: #fff4f2;"
    assert len(lines) == 19


def test_no_brand() -> None:
    """Without a colour of its own a help centre has the two schemes as they are."""
    light, dark = branded(LIGHT, DARK, None, None)
    assert light is LIGHT
    assert dark is DARK


@settings(deadline=None, max_examples=25)  # each makes thousands of shades
@given(colours)
def test_any_brand(wanted: Colour) -> None:
    """Whatever colour a brand has, made readable, both schemes hold in every pair, and light keeps the colour."""
    accent = nearest_passing(wanted, LIGHT.papers)
    light, dark = branded(LIGHT, DARK, accent, None)
    assert light.accent == accent
    assert faint(light) == faint(dark) == []


@settings(deadline=None, max_examples=25)  # each makes thousands of shades
@given(colours)
def test_any_dark_brand(wanted: Colour) -> None:
    """A colour for the dark scheme alone changes the dark scheme alone, and every pair of it holds."""
    accent = nearest_passing(wanted, DARK.papers)
    light, dark = branded(LIGHT, DARK, None, accent)
    assert light is LIGHT
    assert dark.accent == accent
    assert faint(dark) == []


@settings(deadline=None, max_examples=25)  # each makes thousands of shades
@given(colours)
@example(Colour.parse("black"))
@example(Colour.parse("white"))
def test_strong_is_noticed(wanted: Colour) -> None:
    """A link changes visibly under the pointer, even in black on white and white on black."""
    for scheme in branded(LIGHT, DARK, nearest_passing(wanted, LIGHT.papers), nearest_passing(wanted, DARK.papers)):
        assert scheme.accent.oklab.distance(scheme.accent_strong.oklab) > 0.03


@settings(deadline=None, max_examples=25)  # each makes thousands of shades
@given(colours)
def test_unreadable_brand(accent: Colour) -> None:
    """A colour that cannot be read is refused, and the one in the hint is accepted."""
    try:
        branded(LIGHT, DARK, accent, None)
    except KbgenError as error:
        assert not passes(accent, LIGHT.papers)
        branded(LIGHT, DARK, Colour.parse(error.hint.split()[1].rstrip(",")), None)
    else:
        assert passes(accent, LIGHT.papers)


def test_refusal() -> None:
    """The refusal of a colour says how much contrast it has and names one that has enough."""
    with pytest.raises(KbgenError) as caught:
        branded(LIGHT, DARK, Colour.parse("#f5c518"), None)
    assert caught.value.problem == "the accent colour #f5c518 has a contrast of 1.6 on white; text needs 4.5"
    assert caught.value.hint == "use #8a6d00, the nearest colour that passes"


def test_refusal_by_a_hair() -> None:
    """A contrast that misses by a hair is never shown as the one that is needed."""
    with pytest.raises(KbgenError, match=r"has a contrast of 4\.4 on white; text needs 4\.5"):
        branded(LIGHT, DARK, Colour.parse("#777777"), None)


def test_dark_refusal() -> None:
    """A colour that was chosen for the dark scheme is measured there, and the refusal says so."""
    with pytest.raises(KbgenError, match=r"the dark accent colour #0b5c6b has a contrast of 2\.\d on #14181f"):
        branded(LIGHT, DARK, None, Colour.parse("#0b5c6b"))
