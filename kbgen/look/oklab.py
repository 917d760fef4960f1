"""OKLab: a colour space in which equal distances look equally different.

Formulas and numbers are Björn Ottosson's, "A perceptual color space for image processing" (2020),
https://bottosson.github.io/posts/oklab/, with the matrices of 25 January 2021.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Linear = tuple[float, float, float]
"""Red, green and blue as amounts of light, 0 to 1 where a screen can show them."""

_STEPS = 12
"""Halvings that find a chroma to a four-thousandth of itself, which is less than 8 bits tell apart."""
_TOLERANCE = 1e-4
"""Amount of light that vanishes when a channel is rounded to 8 bits."""


@dataclass(frozen=True, kw_only=True)
class OKLab:
    """A colour as people see it; OKLCH is the same with `a` and `b` as chroma (their length) and hue (their angle)."""

    lightness: float
    """0 for black, 1 for white."""
    a: float
    """From green to red, about -0.3 to 0.3 on a screen."""
    b: float
    """From blue to yellow, about -0.3 to 0.3 on a screen."""

    @classmethod
    def of(cls, light: Linear) -> OKLab:
        """The colour of linear sRGB."""
        red, green, blue = light
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        return cls(
            lightness=0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
            a=1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
            b=0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
        )

    @property
    def linear(self) -> Linear:
        """The colour in linear sRGB; below 0 or above 1 where no screen can show it."""
        long = (self.lightness + 0.3963377774 * self.a + 0.2158037573 * self.b) ** 3
        medium = (self.lightness - 0.1055613458 * self.a - 0.0638541728 * self.b) ** 3
        short = (self.lightness - 0.0894841775 * self.a - 1.2914855480 * self.b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )

    @property
    def is_shown(self) -> bool:
        """Whether a screen of sRGB can show the colour."""
        return all(-_TOLERANCE <= light <= 1 + _TOLERANCE for light in self.linear)

    def at(self, lightness: float) -> OKLab:
        """The same hue and chroma, lighter or darker."""
        return OKLab(lightness=lightness, a=self.a, b=self.b)

    def fainter(self, share: float) -> OKLab:
        """The same hue and lightness with `share` (0 to 1) of the chroma."""
        return OKLab(lightness=self.lightness, a=self.a * share, b=self.b * share)

    @property
    def shown(self) -> OKLab:
        """The same hue and lightness with as much of the chroma as a screen can show."""
        if self.is_shown:
            return self
        least, most = 0.0, 1.0
        for _ in range(_STEPS):
            middle = (least + most) / 2
            least, most = (middle, most) if self.fainter(middle).is_shown else (least, middle)
        return self.fainter(least)

    def mixed(self, other: OKLab, share: float) -> OKLab:
        """The colour on the straight way to `other`: 0 is this one, 1 the other."""
        return OKLab(
            lightness=self.lightness + (other.lightness - self.lightness) * share,
            a=self.a + (other.a - self.a) * share,
            b=self.b + (other.b - self.b) * share,
        )

    def distance(self, other: OKLab) -> float:
        """How different two colours look: 1 between black and white, 0.02 is hardly seen side by side."""
        return math.dist((self.lightness, self.a, self.b), (other.lightness, other.a, other.b))
