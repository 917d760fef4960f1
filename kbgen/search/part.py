"""The part: the text of a page below one of its headings."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"  # a comment
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|<[!?/][^>]*(?:>|\Z)"  # a declaration, an instruction, or a tag without a name
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_ID = re.compile(r"(?:^|\s)id\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_UNSEARCHED = re.compile(r"\sdata-search-exclude(?![\w-])|\sclass\s*=\s*[\"']?[^\"'>]*headerlink")
_END_OF_CODE = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("script", "style")}

LINKS = 0.8
"""A part of which so much is the text of links is a list of them, such as "See also"."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset("p li td th tr pre div dd dt br summary figcaption blockquote".split()) | _HEADINGS
_HIDDEN = frozenset({"script", "style", "template", "svg", "h1"})
"""What nobody searches for; the title, which h1 holds, has a field of its own."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The text below one heading; the part before the first heading has no anchor."""

    anchor: str
    heading: str
    text: str
    second: int | None = None
    """Where in a video it is said."""

    def as_json(self) -> dict[str, object]:
        """The part as it stands in an entry."""
        return {name: value for name, value in vars(self).items() if value is not None}


def parts_of(page: str) -> tuple[Part, ...]:
    """The rendered article, cut at its headings; a part that only links elsewhere says nothing of its own."""
    reader = _Reader()
    reader.read(page)
    parts = []
    for (anchor, heading, text), linked in zip(reader.parts, reader.linked, strict=True):
        part = Part(anchor=anchor, heading=_line(heading), text=_line(text))
        if (part.heading or part.text) and not (linked and linked >= LINKS * len(part.text)):
            parts.append(part)
    return tuple(parts)


@dataclass
class _Reader:
    """Collects the text of a page below its headings, leaving out what nobody searches for."""

    parts: list[tuple[str, list[str], list[str]]] = field(default_factory=lambda: [("", [], [])])
    linked: list[int] = field(default_factory=lambda: [0])
    """Characters of each part that stand in links."""
    links: int = 0
    """Links that are open."""
    inside_heading: bool = False
    hidden: list[str] = field(default_factory=list)
    """Tags that are open, from the outermost that hides what it holds."""

    def read(self, page: str) -> None:
        place = 0
        while found := _TOKEN.match(page, place):
            place = found.end()
            if found["text"]:
                self._text(found["text"])
            elif found["tag"]:
                tag = found["tag"].lower()
                if found["close"]:
                    self._close(tag)
                else:
                    self._open(tag, found["attributes"])
                    place = self._behind_code(tag, page, place)

    def _behind_code(self, tag: str, page: str, place: int) -> int:
        """Where reading goes on: scripts and styles end at their closing tags, whatever they hold."""
        end = _END_OF_CODE[tag].search(page, place) if tag in _END_OF_CODE else None
        return end.start() if end else place

    def _open(self, tag: str, attributes: str) -> None:
        if tag in _VOID:
            self._space(tag)
        elif self.hidden or tag in _HIDDEN or (attributes and _UNSEARCHED.search(attributes)):
            if not self.hidden:
                self._space(tag)
            self.hidden.append(tag)
        else:
            self._space(tag)
            self.links += tag == "a"
            if tag in _HEADINGS:
                found = _ID.search(attributes)
                anchor = html.unescape(found[1] or found[2] or found[3] or "") if found else ""
                self.parts.append((anchor, [], []))
                self.linked.append(0)
                self.inside_heading = True

    def _close(self, tag: str) -> None:
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
            return
        self._space(tag)
        self.links -= tag == "a" and self.links > 0
        if tag in _HEADINGS:
            self.inside_heading = False

    def _space(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._add(" ")

    def _text(self, text: str) -> None:
        self._add(html.unescape(text) if "&" in text else text)

    def _add(self, text: str) -> None:
        if not self.hidden:
            _, heading, body = self.parts[-1]
            if self.links and not self.inside_heading:
                self.linked[-1] += len(text.strip())
            (heading if self.inside_heading else body).append(text)


def _line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
