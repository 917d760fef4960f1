"""The palette: the colours of a light and a dark scheme, and what a brand's own colour makes of them.

Every pair that the theme puts together can be read (WCAG 2.2, 1.4.3: 4.5:1 for text) and every edge that means
something can be seen (1.4.11: 3:1). The soft backgrounds of statuses are no further from the paper in luminance than
`paper_soft`, so that whatever reads there reads on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

from kbgen.errors import KbgenError
from kbgen.look.colour import Colour, contrast, mix, nearest_passing, passes

TEXT = 4.5
"""The contrast that text needs (WCAG 2.2, success criterion 1.4.3)."""

DERIVED = 6.0
"""The contrast of a dark accent that we derive: above what text needs, so that a link is not dim."""

_BLACK, _WHITE = Colour(r=0, g=0, b=0), Colour(r=255, g=255, b=255)
_STRONGER = 0.25
"""Share of black or white in the strong accent."""
_NOTICED = 0.04
"""Distance in OKLab from which a reader notices that a colour has changed."""
_TINTS = [percent / 100 for percent in range(12, -1, -1)]
"""Shares of the accent in its soft background, the best first."""


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """The colours of one scheme, each by what it is for."""

    ink: Colour
    ink_soft: Colour
    paper: Colour
    paper_soft: Colour
    line: Colour
    """Parts what needs no edge to be understood."""
    line_strong: Colour
    """The edge of a field that is typed into."""
    accent: Colour
    """Links and buttons."""
    accent_strong: Colour
    """Links and buttons under the pointer."""
    on_accent: Colour
    """Text on `accent` and on `accent_strong`."""
    accent_soft: Colour
    """Background of what is chosen."""
    focus: Colour
    info: Colour
    info_soft: Colour
    success: Colour
    success_soft: Colour
    warning: Colour
    warning_soft: Colour
    danger: Colour
    danger_soft: Colour

    @property
    def papers(self) -> tuple[Colour, Colour]:
        """The backgrounds that every page has."""
        return self.paper, self.paper_soft


def branded(light: Scheme, dark: Scheme, accent: Colour | None, accent_dark: Colour | None) -> tuple[Scheme, Scheme]:
    """A light and a dark scheme with a brand's colour; they themselves where no colour is given.

    Without `accent_dark` the dark scheme takes the shade of `accent` that can be read there. Raises a `KbgenError`
    for a colour that cannot be read on its scheme's papers.
    """
    if accent_dark:
        dark = _with_accent(dark, _readable(accent_dark, dark, "dark accent colour"))
    elif accent:
        dark = _with_accent(dark, nearest_passing(accent, dark.papers, DERIVED))
    if accent:
        light = _with_accent(light, _readable(accent, light, "accent colour"))
    return light, dark


def css(scheme: Scheme) -> str:
    """A scheme as custom properties of CSS, one a line, in the order of the fields: `--kb-ink: #1c2330;`."""
    names = (field.name for field in fields(scheme))
    return "".join(f"--kb-{name.replace('_', '-')}: {getattr(scheme, name).hex};\n" for name in names)


def _readable(accent: Colour, scheme: Scheme, what: str) -> Colour:
    """The accent itself where it reads on the scheme's papers."""
    for paper in scheme.papers:
        if not passes(accent, [paper], TEXT):
            ratio = math.floor(contrast(accent, paper) * 10) / 10  # 4.49 must not be shown as 4.5
            raise KbgenError(
                f"the {what} {accent.hex} has a contrast of {ratio} on {_name(paper)}; text needs {TEXT}",
                hint=f"use {nearest_passing(accent, scheme.papers, TEXT).hex}, the nearest colour that passes",
            )
    return accent


def _name(paper: Colour) -> str:
    return "white" if paper == _WHITE else paper.hex


def _with_accent(scheme: Scheme, accent: Colour) -> Scheme:
    """The scheme with another accent that reads on its papers.

    `on_accent` stays: it is further from the accent than the papers are.
    """
    strong = _stronger(scheme, accent)
    inks = (scheme.ink, scheme.ink_soft, accent, strong)
    tints = (mix(scheme.paper, accent, share) for share in _TINTS)
    soft = next(tint for tint in tints if all(passes(ink, [tint], TEXT) for ink in inks))
    return replace(scheme, accent=accent, accent_strong=strong, accent_soft=soft)


def _stronger(scheme: Scheme, accent: Colour) -> Colour:
    """The accent further from the paper; nearer to it where there is no further, as with black on white."""
    far = max((_BLACK, _WHITE), key=lambda end: contrast(end, scheme.paper))
    strong = mix(accent, far, _STRONGER)
    return strong if strong.oklab.distance(accent.oklab) >= _NOTICED else mix(accent, scheme.paper, _STRONGER)
