"""The sparkline: tickets a week as a row of bars, all of a page on one axis of weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kbgen.report.row import Volume

YEAR = 52
"""Weeks that are shown at most: the last ones."""


@dataclass(frozen=True, kw_only=True)
class Sparkline:
    """The bars as one path of SVG, and what they say."""

    path: str
    """Each bar is a line from the base up; `""` where there is no ticket."""
    stroke: float
    """Width of a bar."""
    weeks: tuple[int, ...]
    """What is drawn."""

    @property
    def peak(self) -> int:
        """Tickets in the fullest week."""
        return max(self.weeks, default=0)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """The weeks that a page's sparklines share, and their size in pixels."""

    first: str
    """First day of the first week, or `""` where there is none."""
    weeks: int
    width: float
    height: float

    def draw(self, volume: Volume) -> Sparkline:
        """The bars of a volume, each at its week; the fullest week is as high as the axis."""
        weeks = self._weeks(volume)
        step = self.width / max(1, self.weeks)
        peak = max(weeks, default=0)
        bars = [
            f"M{_digits((n + 0.5) * step)} {_digits(self.height)}v-{_digits(max(1.5, self.height * count / peak))}"
            for n, count in enumerate(weeks)
            if count
        ]
        return Sparkline(path="".join(bars), stroke=round(max(0.8, step * 0.72), 2), weeks=weeks)

    def _weeks(self, volume: Volume) -> tuple[int, ...]:
        """The volume's weeks on this axis; those that it does not know held no ticket."""
        if not self.first or not volume.first_week:
            return (0,) * self.weeks
        ahead = (date.fromisoformat(volume.first_week) - date.fromisoformat(self.first)).days // 7
        known = {ahead + n: count for n, count in enumerate(volume.weeks)}
        return tuple(known.get(n, 0) for n in range(self.weeks))


def axis(whole: Volume, width: float, height: float) -> Axis:
    """The axis for a report whose tickets all together have this volume: its last year."""
    shown = min(YEAR, len(whole.weeks))
    if not whole.first_week:
        return Axis(first="", weeks=0, width=width, height=height)
    first = date.fromisoformat(whole.first_week) + timedelta(weeks=len(whole.weeks) - shown)
    return Axis(first=first.isoformat(), weeks=shown, width=width, height=height)


def _digits(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
