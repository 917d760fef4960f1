"""Invented reports: topics of every status, with everything that an export may say, as plain values."""

from __future__ import annotations

import math
import random
from functools import cache

import numpy as np

from kbgen.report.places import places
from kbgen.report.row import STATUSES, Impact, Origins, Report, Row, Severity, Volume

SUBJECTS = (
    "How do I export all articles as one PDF?",
    "The password reset mail does not arrive",
    "Captions are missing on the video",
    "Where do I find last month's invoice?",
    "Can dark mode follow the system setting?",
    "Search finds nothing for hyphenated product names",
    "How do I move the help centre to our own domain, with redirects from every old address?",
    "Wie lösche ich mein Konto?",
    "The import of a CSV file stops half way",
)
DIRECTIONS = ("rising", "new", "seasonal", "fading", "steady", "unknown")


@cache
def make_report(count: int = 45, *, weeks: int = 40, seed: int = 7, dated: bool = True) -> Report:
    """A report of so many topics, with long-tailed sizes; the same for the same numbers."""
    chance = random.Random(seed)  # noqa: S311 - invented figures
    vectors = np.random.default_rng(seed).normal(size=(max(count, 1), 24)).astype(np.float32)
    vectors += np.repeat(np.random.default_rng(seed + 1).normal(size=(9, 24)), math.ceil(count / 9) or 1, axis=0)[
        : max(count, 1)
    ]
    plane = places(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    rows = tuple(_row(n, chance, weeks if dated else 0, plane[n]) for n in range(count))
    whole = tuple(sum(row.volume.weeks[n] for row in rows) for n in range(weeks)) if rows and dated else ()
    tickets = sum(row.tickets for row in rows) * 5 // 4
    return Report(
        site="Acme help",
        today="2026-11-23",
        embedding="minilm-int8-1",
        tickets=tickets,
        undated=0 if dated else tickets,
        first="2026-01-05" if whole else "",
        last="2026-10-11" if whole else "",
        volume=_volume(whole, "steady") if whole else Volume(),
        origins=Origins(
            products=(("Cloud", tickets // 2), ("Server", tickets // 4)),
            plans=(("Team", tickets // 2), ("Business", tickets // 3), ("Free", tickets // 12)),
            languages=(("en", tickets // 2), ("de", tickets // 3)),
        ),
        rows=rows,
        impacts=(
            Impact(
                topic=SUBJECTS[3],
                article="content/account/invoices.md",
                live="2026-06-01",
                before=6.2,
                after=2.1,
                change=0.34,
                interval=(0.2, 0.58),
            ),
            Impact(
                topic=SUBJECTS[4],
                article="content/look/dark-mode.md",
                live="2026-10-01",
                before=0.8,
                after=0.5,
                change=None,
            ),
        ),
    )


def _row(number: int, chance: random.Random, weeks: int, place: np.ndarray) -> Row:
    tickets = max(5, round(160 / (number + 1) ** 0.8))
    counts = [0] * weeks
    for _ in range(tickets if weeks else 0):
        counts[min(weeks - 1, int(chance.triangular(0, weeks, weeks * ((number * 7) % 10) / 10)))] += 1
    status = STATUSES[(number * 5 + number // 7) % 6]
    word = SUBJECTS[number % 9].split()
    return Row(
        id=f"t-{number:06x}",
        label=SUBJECTS[number % 9],
        phrases=(" ".join(word[-2:]).strip("?").lower(), f"setting {number}"),
        tickets=tickets,
        people=max(2, tickets * 3 // 4),
        fringe=tickets // 5,
        status=status,
        article="" if status in {"unanswered", "dismissed"} else f"content/section-{number % 4}/article-{number}.md",
        reason="We no longer sell this" if status == "dismissed" else "",
        volume=_volume(tuple(counts), DIRECTIONS[number % 6]) if weeks else Volume(),
        severity=Severity(
            score=chance.random(), reopened=0.02 * (number % 9), first_reply=30.0 * 3 ** (number % 5), satisfied=0.61
        ),
        origins=Origins(
            products=(("Cloud", tickets * 3 // 4),), languages=(("de" if number % 9 == 7 else "en", tickets),)
        ),
        place=(float(place[0]), float(place[1])),
    )


def _volume(weeks: tuple[int, ...], direction: str) -> Volume:
    rate = sum(weeks[-8:]) / 8
    spread = 1.96 * math.sqrt(max(rate, 0.1) / 8)
    return Volume(
        weeks=weeks,
        first_week="2026-01-05",
        per_week=rate,
        interval=(max(0.0, rate - spread), rate + spread),
        direction=direction,
    )
