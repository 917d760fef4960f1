"""Topics of the export: what customers of an invented product ask again and again, and what agents answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from export_wording import lines

PLANS = ("Starter", "Team", "Business")
APPS = ("Booking", "Invoices")
COVERAGE = {"article": "answered", "partly": "partly", "worded": "findable", "contradicts": "contradicted"}
"""Key of a topic that names an article of the sample help centre → what the article does for the topic."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One instruction in several wordings."""

    wordings: tuple[str, ...]
    only: str = ""
    """The plan or app that needs it, or `""`."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said on a topic in one language."""

    subjects: tuple[str, ...]
    asks: tuple[str, ...]
    details: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class ExportTopic:
    """One recurring question with all that is said on it."""

    key: str
    rank: int
    """1 is asked most."""
    product: str
    """Booking, Invoices or both."""
    trend: str
    plans: tuple[str, ...]
    """Plans whose customers ask it."""
    article: str = ""
    """Article that agents link, or `""`."""
    coverage: str = "unanswered"
    """What the sample help centre holds on it."""
    notes: tuple[str, ...] = ()
    person: str = ""
    old: tuple[Step, ...] = ()
    """What agents answered until `old_until` instead of the last step."""
    old_until: str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    """By language tag."""

    @property
    def weight(self) -> float:
        """How often it is asked, after Zipf with exponent 0.8."""
        return float(self.rank**-0.8)


@cache
def topics() -> tuple[ExportTopic, ...]:
    """All topics, the most frequent first."""
    found = []
    for file in sorted((Path(__file__).parent / "topics").glob("*.yml")):
        rows = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [_topic(key, row) for key, row in rows.items()]
    return tuple(sorted(found, key=lambda topic: topic.rank))


@cache
def weights() -> tuple[float, ...]:
    """How often each of the topics is asked, in their order."""
    return tuple(topic.weight for topic in topics())


def _topic(key: str, row: Mapping[str, object]) -> ExportTopic:
    text = {name: value for name, value in row.items() if isinstance(value, str)}
    old = row.get("old")
    spoken = {"en": row} | {lang: row[lang] for lang in ("de", "fr") if lang in row}
    return ExportTopic(
        key=key,
        rank=int(str(row["rank"])),
        product=text["product"],
        trend=text["trend"],
        plans=tuple(text.get("plans", " ".join(PLANS)).split()),
        article=text.get("article", ""),
        coverage=next((status for name, status in COVERAGE.items() if text.get(name)), "unanswered"),
        notes=lines(text.get("notes", "")),
        person=text.get("person", ""),
        old=_steps(old["steps"]) if isinstance(old, dict) else (),
        old_until=str(old["until"]) if isinstance(old, dict) else "",
        words={lang: _words(value) for lang, value in spoken.items() if isinstance(value, Mapping)},
    )


def _words(row: Mapping[str, object]) -> Words:
    text = {name: lines(str(row[name])) for name in ("subjects", "asks", "details")}
    return Words(**text, steps=_steps(str(row["steps"])))


def _steps(text: str) -> tuple[Step, ...]:
    return tuple(_step(line) for line in lines(text))


def _step(line: str) -> Step:
    only, _, rest = line.removeprefix("@").partition(" ") if line.startswith("@") else ("", "", line)
    return Step(wordings=tuple(part.strip() for part in rest.split(" // ")), only=only)
