"""The colour: read as people write it, measured against others, and moved until it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kbgen.errors import KbgenError, nearest
from kbgen.look.oklab import Linear, OKLab

NAMES = {
    # the sixteen basic colours of CSS, https://www.w3.org/TR/css-color-4/#named-colors
    "aqua": "00ffff",
    "black": "000000",
    "blue": "0000ff",
    "fuchsia": "ff00ff",
    "gray": "808080",
    "green": "008000",
    "lime": "00ff00",
    "maroon": "800000",
    "navy": "000080",
    "olive": "808000",
    "purple": "800080",
    "red": "ff0000",
    "silver": "c0c0c0",
    "teal": "008080",
    "white": "ffffff",
    "yellow": "ffff00",
    # and those that people take for a brand
    "brown": "a52a2a",
    "coral": "ff7f50",
    "crimson": "dc143c",
    "gold": "ffd700",
    "grey": "808080",
    "indigo": "4b0082",
    "orange": "ffa500",
    "pink": "ffc0cb",
    "rebeccapurple": "663399",
    "tomato": "ff6347",
    "turquoise": "40e0d0",
    "violet": "ee82ee",
}
"""The names of CSS that `Colour.parse` knows, with their six hex digits."""

_HEX = re.compile(r"[0-9a-f]{3}|[0-9a-f]{6}")
_RGB = re.compile(r"rgb\(\s*([0-9]{1,3})(?:\s*,\s*|\s+)([0-9]{1,3})(?:\s*,\s*|\s+)([0-9]{1,3})\s*\)")
_SHADES = 500
"""Steps of lightness that are tried; neighbouring shades of 8 bits are further apart."""


@dataclass(frozen=True, kw_only=True)
class Colour:
    """A colour of sRGB; each channel from 0 to 255."""

    r: int
    g: int
    b: int

    @classmethod
    def parse(cls, text: str) -> Colour:
        """The colour that `#0b5c6b`, `0b5c6b`, `#abc`, `rgb(11, 92, 107)` or a name in `NAMES` means.

        Raises a `KbgenError` for anything else; alpha and percentages are not known.
        """
        channels = _channels(text.strip().lower())
        if len(channels) != 3 or max(channels) > 255:
            raise _no_colour(text)
        red, green, blue = channels
        return cls(r=red, g=green, b=blue)

    @property
    def hex(self) -> str:
        """The colour as CSS writes it, such as `#0b5c6b`."""
        return f"#{self.r:02x}{self.g:02x}{self.b:02x}"

    @cached_property
    def linear(self) -> Linear:
        """The channels as amounts of light, 0 to 1."""
        return _decoded(self.r), _decoded(self.g), _decoded(self.b)

    @cached_property
    def luminance(self) -> float:
        """Relative luminance, 0 for black and 1 for white.

        WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
        """
        red, green, blue = self.linear
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @cached_property
    def oklab(self) -> OKLab:
        """The colour as people see it."""
        return OKLab.of(self.linear)


def _channels(written: str) -> list[int]:
    """The three channels that a text means, none where it means no colour."""
    if match := _RGB.fullmatch(written):
        return [int(channel) for channel in match.groups()]
    digits = NAMES.get(written, written.removeprefix("#"))
    if not _HEX.fullmatch(digits):
        return []
    size = len(digits) // 3
    return [int(digits[n : n + size] * (3 - size), 16) for n in range(0, len(digits), size)]


def _no_colour(text: str) -> KbgenError:
    near = nearest(text.strip(), NAMES)
    hint = f"did you mean '{near}'?" if near else "write it as #0b5c6b, as rgb(11, 92, 107) or by a name such as teal"
    return KbgenError(f"'{text}' is no colour that kbgen knows", hint=hint)


def _decoded(channel: int) -> float:
    """The light of a channel, 0 to 1; IEC 61966-2-1 as WCAG 2.2 gives it."""
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> int:
    """The channel, 0 to 255, that comes nearest to an amount of light."""
    light = min(1.0, max(0.0, light))
    value = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(value * 255)


def _colour(lab: OKLab) -> Colour:
    """The colour of 8 bits for a place in OKLab, with less chroma where a screen cannot show it."""
    red, green, blue = lab.shown.linear
    return Colour(r=_encoded(red), g=_encoded(green), b=_encoded(blue))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, whichever is text and whichever is paper.

    WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    dark, light = sorted((one.luminance, other.luminance))
    return (light + 0.05) / (dark + 0.05)


def passes(colour: Colour, against: Sequence[Colour], ratio: float = 4.5) -> bool:
    """Whether a colour has at least the contrast `ratio` with each of `against`."""
    return all(contrast(colour, other) >= ratio for other in against)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour on the way from `one` (share 0) to `other` (share 1) through OKLab."""
    return _colour(one.oklab.mixed(other.oklab, share))


def nearest_passing(colour: Colour, against: Sequence[Colour], ratio: float = 4.5) -> Colour:
    """The colour that looks most like `colour` and has at least the contrast `ratio` with each of `against`.

    Only lightness changes, and chroma where a screen cannot show it (OKLCH). A colour that passes is returned as
    it is; raises a `KbgenError` where no shade can pass, which takes light and dark paper at once.
    """
    if passes(colour, against, ratio):
        return colour
    passing = [shade for shade in _shades(colour) if passes(shade, against, ratio)]
    if not passing:
        papers = ", ".join(paper.hex for paper in against)
        raise KbgenError(
            f"no shade of {colour.hex} has a contrast of {ratio:g} with each of {papers}",
            hint="bring the background colours closer together",
        )
    return min(passing, key=lambda shade: shade.oklab.distance(colour.oklab))


def _shades(colour: Colour) -> Iterator[Colour]:
    """The colour in every lightness, from black to white."""
    return (_colour(colour.oklab.at(step / _SHADES)) for step in range(_SHADES + 1))
