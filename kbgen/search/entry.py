"""The search entry: one article with its parts, as the index holds it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path

from kbgen.errors import KbgenError, Where

FILE = "search/entries.json"
"""Where the entries lie below the site."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The text below one heading; the part before the first heading has no anchor."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What can be found of one article; `url` is relative to the site's root."""

    article: str
    url: str
    kind: str
    section: str
    lang: str
    title: str
    description: str
    answers: tuple[str, ...]
    parts: tuple[Part, ...]


class _Parts(HTMLParser):
    """Collects the text of a page below its headings, leaving out what nobody searches for."""

    _headings = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
    _void = frozenset("area base br col embed hr img input link meta source track wbr".split())
    _blocks = frozenset("p li td th tr pre div dd dt br summary figcaption blockquote".split()) | _headings

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.inside_heading = False
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in self._void:
            self._space(tag)
            return
        hidden = (
            tag in {"script", "style", "template", "svg"}
            or "data-search-exclude" in attributes
            or "headerlink" in (attributes.get("class") or "")
        )
        if hidden or self.hidden:
            self.hidden.append(tag)
            return
        self._space(tag)
        if tag == "h1":  # the title, which has a field of its own
            self.hidden.append(tag)
        elif tag in self._headings:
            self.parts.append((attributes.get("id") or "", [], []))
            self.inside_heading = True

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
            return
        self._space(tag)
        if tag in self._headings:
            self.inside_heading = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            _, heading, text = self.parts[-1]
            (heading if self.inside_heading else text).append(data)

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over `<![…]]>`, on which Python's parser stumbles before 3.13."""
        del report
        return self.rawdata.find(">", i) + 1 or len(self.rawdata)

    def _space(self, tag: str) -> None:
        if tag in self._blocks:
            self.handle_data(" ")


def parts_of(html: str) -> tuple[Part, ...]:
    """The rendered article, cut at its headings."""
    parser = _Parts()
    parser.feed(html)
    parser.close()
    parts = [Part(anchor=anchor, heading=_line(heading), text=_line(text)) for anchor, heading, text in parser.parts]
    return tuple(part for part in parts if part.heading or part.text)


def _line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def fragment(entry: Entry) -> str:
    """One entry as it stands among the others."""
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":"))


def as_json(entries: Iterable[Entry]) -> str:
    """All entries, by path, for the readers."""
    return joined(fragment(entry) for entry in sorted(entries, key=lambda entry: entry.article))


def joined(fragments: Iterable[str]) -> str:
    """All entries for the readers, from what `fragment` made of each, by path."""
    return f'{{"schema_version":1,"entries":[{",".join(fragments)}]}}\n'


def read_entries(site: Path) -> tuple[Entry, ...]:
    """The entries of a built site; raises a `KbgenError` where there is none."""
    file = site / FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return tuple(
            Entry(**{**e, "answers": tuple(e["answers"]), "parts": tuple(Part(**part) for part in e["parts"])})
            for e in data["entries"]
        )
    except FileNotFoundError as error:
        raise KbgenError(
            f"there is no built site in '{site.name}/' to search", hint="build it first: kbgen build"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KbgenError(
            "the search entries cannot be read", where=Where(path=str(file)), hint="build the site anew: kbgen build"
        ) from error
