"""The page: the report as one HTML file that loads nothing, in the look of the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import kbgen
from kbgen.articles.settings import LookSettings
from kbgen.look.stylesheet import stylesheet
from kbgen.look.tokens import read_tokens, theme_folder
from kbgen.report.chart import MOST, Circle, Frame, circles, narrow, wide
from kbgen.report.priority import ordered
from kbgen.report.reason import amount, bars, next_step, reasons, weekly
from kbgen.report.row import OPEN, STATUSES, Counts, Report, Row
from kbgen.report.sparkline import Axis, Sparkline, axis
from kbgen.report.wording import Wording, wording

HERE = Path(__file__).parent
FIRST = 5
"""Topics whose reasons are told at once; the others are a click away."""
SMALL = 100
"""Tickets below which the report says that they are few."""
MOST_ORIGINS = 8


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A topic as the page shows it."""

    number: int
    row: Row
    volume: list[str]
    reasons: list[str]
    next: str
    spark: Sparkline
    bars: str
    """What the sparkline says."""
    weekly: str
    lang: str
    """Language of the topic's texts, where it is known and not the page's."""


@dataclass(frozen=True, kw_only=True)
class Map:
    """The map in one format."""

    name: str
    frame: Frame
    circles: list[Circle]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of all tickets: those whose topics have one status, or that are in no topic."""

    status: str
    topics: int
    tickets: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where tickets come from, by one of their traits."""

    kind: str
    counts: Counts
    silent: int
    """How many tickets do not say."""


def page(report: Report, language: str, look: LookSettings) -> str:
    """The whole file; raises a `KbgenError` where the brand's colours cannot be read."""
    words = wording(language)
    rows = ordered(report.rows)
    line = axis(report.volume, width=128, height=30)
    entries = [_entry(number, row, line, words) for number, row in enumerate(rows, start=1)]
    by_status = {name: [e for e in entries if e.row.status == name] for name in ("answered", "dismissed")}
    return (
        _environment()
        .get_template("report.html")
        .render(
            w=words,
            say_bars=lambda weeks: bars(weeks, words),
            report=report,
            version=kbgen.__version__,
            styles=Markup(_styles(look)),  # noqa: S704 - our own files
            open=[entry for entry in entries if entry.row.status in OPEN],
            answered=by_status["answered"],
            dismissed=by_status["dismissed"],
            entries=entries,
            first=FIRST,
            small=report.tickets < SMALL,
            parts=_parts(report),
            maps=_maps(rows),
            most=MOST,
            axis=line,
            last_week=_last(line),
            trend=axis(report.volume, width=320, height=56),
            days=_days(report),
            told=[impact for impact in report.impacts if impact.change is not None],
            untold=sum(impact.change is None for impact in report.impacts),
            origins=_origins(report, words),
            statuses=[name for name in STATUSES if any(row.status == name for row in rows)],
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _styles(look: LookSettings) -> str:
    """The look's tokens and frame, and what the report adds."""
    theme = theme_folder()
    tokens = read_tokens(theme / "tokens.yml").branded(look.accent, look.accent_dark)
    parts = [theme / "styles" / "base.css", HERE / "report.css"]
    return stylesheet(tokens, [part.read_text(encoding="utf-8") for part in parts], lean=True)


def _entry(number: int, row: Row, line: Axis, words: Wording) -> Entry:
    spark = line.draw(row.volume)
    languages = row.origins.languages
    spoken = languages[0][0] if languages and languages[0][1] * 2 > row.tickets else ""
    return Entry(
        number=number,
        row=row,
        volume=amount(row, words),
        reasons=reasons(row, words),
        next=next_step(row),
        spark=spark,
        bars=bars(spark.weeks, words),
        weekly=weekly(row.volume, words),
        lang=spoken if spoken != words.language else "",
    )


def _parts(report: Report) -> list[Part]:
    whole = max(1, report.tickets)
    parts = [
        Part(status=status, topics=topics, tickets=tickets, share=tickets / whole)
        for status, (topics, tickets) in report.by_status.items()
    ]
    left = max(0, report.tickets - report.placed)
    return [*parts, Part(status="none", topics=0, tickets=left, share=left / whole)]


def _maps(rows: list[Row]) -> list[Map]:
    frames = {"wide": wide(min(MOST, len(rows))), "narrow": narrow(min(MOST, len(rows)))}
    return [Map(name=name, frame=frame, circles=circles(rows, frame)) for name, frame in frames.items()]


def _last(line: Axis) -> str:
    """The last day of the last week on the axis, or `""`."""
    return (date.fromisoformat(line.first) + timedelta(7 * line.weeks - 1)).isoformat() if line.first else ""


def _days(report: Report) -> int:
    if not report.first:
        return 0
    return (date.fromisoformat(report.last) - date.fromisoformat(report.first)).days + 1


def _origins(report: Report, words: Wording) -> list[Origin]:
    """The traits that tell tickets apart: those with two values at least."""
    found = report.origins
    languages = tuple((words.language_name(code), count) for code, count in found.languages)
    named = {"product": found.products, "plan": found.plans, "language": languages}
    return [
        Origin(kind=kind, counts=_shortened(counts, words), silent=report.tickets - sum(n for _, n in counts))
        for kind, counts in named.items()
        if len(counts) > 1
    ]


def _shortened(counts: Counts, words: Wording) -> Counts:
    if len(counts) <= MOST_ORIGINS:
        return counts
    rest = sum(count for _, count in counts[MOST_ORIGINS - 1 :])
    return (*counts[: MOST_ORIGINS - 1], (words.say("origins_more"), rest))
