"""The reader: finds what a customer asks for in the index of a built site, in the order of the browser's reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kbgen.errors import KbgenError, Where
from kbgen.search.entry import FOLDER
from kbgen.search.index import Index
from kbgen.search.passage import Passage, passage
from kbgen.search.query import Query, read_query
from kbgen.search.ranking import READ, TOP, Ranked, meanings, rank, read_again

_NO_PART = {"anchor": "", "heading": "", "text": ""}
INSTANT = 0.85
"""From this likeness on, an article whose title or answer phrase is like the query is the answer."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article that answers a query; the score has no unit, higher is better."""

    article: str
    title: str
    url: str
    """Below the site's root, with the place inside the article."""
    kind: str
    trail: tuple[str, ...]
    """The sections that it lies in, outermost first."""
    heading: str
    second: int | None
    """Where in a video it is said."""
    description: str
    passage: Passage
    score: float

    def as_json(self) -> dict[str, object]:
        """The hit as it stands in `--json`."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found."""

    hits: tuple[Hit, ...]
    total: int
    """Articles that have a word of the query."""
    corrected: str
    """The query with the words that were likely meant, `""` where every word is known."""
    instant: Hit | None
    """The hit that is the answer itself."""


class Reader:
    """Reads the index of one language; what it has read, it keeps."""

    def __init__(self, index: Index) -> None:
        """Read from an open index."""
        self.index = index

    def search(
        self, text: str, *, limit: int = 8, typing: bool = False, filters: Mapping[str, str] | None = None
    ) -> Found:
        """The articles that fit a query best; `typing` says that its last word may go on.

        `filters` keeps to articles for a product or an audience, such as `{"products": "Pro"}`.
        """
        query = read_query(text, self.index, typing=typing)
        only = self.index.only(filters or {})
        best, total = rank(query, self.index, most=max(limit, READ), only=only)
        ranked = read_again(best, query, self.index)
        hits = tuple(self._hit(each, query) for each in ranked[:limit])
        return Found(
            hits=hits,
            total=total,
            corrected=corrected(query),
            instant=hits[0] if hits and ranked[0].phrase >= INSTANT else None,
        )

    def order(self, text: str, *, limit: int = 8) -> list[str]:
        """The paths of the articles that fit best, without the work that showing them takes."""
        _, ranked = self.best(text, limit=limit)
        return [str(self.index.article(each.slot)["article"]) for each in ranked[:limit]]

    def best(self, text: str, *, limit: int = 8) -> tuple[Query, list[Ranked]]:
        """What is meant, and the articles that fit best, the first of them read."""
        query = read_query(text, self.index)
        best, _ = rank(query, self.index, most=max(limit, READ))
        return query, read_again(best, query, self.index)

    def _hit(self, ranked: Ranked, query: Query) -> Hit:
        entry = ranked.entry or self.index.article(ranked.slot)
        part: dict[str, Any] = _NO_PART if ranked.part == TOP else entry["parts"][ranked.part]
        text = part["text"] or entry["description"] or next((each["text"] for each in entry["parts"]), "")
        return Hit(
            article=entry["article"],
            title=entry["title"],
            url=address(entry["url"], part),
            kind=entry["kind"],
            trail=tuple(entry["trail"]),
            heading=part["heading"],
            second=part.get("second"),
            description=entry["description"],
            passage=passage(text, meanings(query)),
            score=math.floor(ranked.score * 100 / 1024 + 0.5) / 100,
        )


def address(url: str, part: Mapping[str, Any]) -> str:
    """Where a part of an article is, below the site's root."""
    if part.get("second") is not None:
        return f"{url}?t={part['second']}"
    return f"{url}#{part['anchor']}" if part["anchor"] else str(url)


def corrected(query: Query) -> str:
    """The query with the words that were likely meant, `""` where every word is known."""
    meant = {asked.word: asked.corrected for asked in query.asked if asked.corrected}
    return " ".join(meant.get(word, word) for word in query.words) if meant else ""


def open_site(site: Path, language: str) -> Reader:
    """The reader of a built site; raises a `KbgenError` where it has no index of that language."""

    def load(name: str) -> str:
        file = site / FOLDER / name
        try:
            return file.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise KbgenError(
                f"the site in '{site.name}/' has no search index for '{language}'",
                where=Where(path=str(file)),
                hint="build the site: kbgen build",
            ) from error

    try:
        return Reader(Index.open(language, load))
    except (ValueError, TypeError, KeyError) as error:
        file = site / FOLDER / f"{language}.json"
        raise KbgenError(
            "the search index cannot be read", where=Where(path=str(file)), hint="build the site anew: kbgen build"
        ) from error


def languages(site: Path) -> list[str]:
    """The languages that a built site has an index of."""
    return sorted(file.stem for file in (site / FOLDER).glob("*.json") if file.with_suffix("").is_dir())


def chosen_language(site: Path, wanted: str, usual: str) -> str:
    """The language to search in: the wanted one, else the usual one of the site, else the first that has an index.

    Raises a `KbgenError` where there is no index, or none of the wanted language.
    """
    known = languages(site)
    if not known:
        raise KbgenError(f"there is no built site in '{site.name}/' to search", hint="build it first: kbgen build")
    if wanted and wanted not in known:
        raise KbgenError(f"the site has no search index for '{wanted}'", hint=f"it has {', '.join(known)}")
    return wanted or (usual if usual in known else known[0])
