"""Text of HTML messages: with line breaks, numbered steps and the addresses of links, without what is not shown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset("p div br li ul ol tr table h1 h2 h3 h4 h5 h6 pre blockquote section article hr dt dd".split())
_HIDDEN = frozenset("script style head title template".split())
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL)


def text_of_html(message: str) -> str:
    """The words of a message; one without tags comes back as it is."""
    if not _TAG.search(message):
        return message
    reader = _Reader()
    reader.feed(message)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects what a reader of the message would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden, self._quotes = 0, 0
        self._lists: list[int | None] = []
        self._link, self._link_from = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a step, a quote or a link."""
        self._hidden += tag in _HIDDEN
        self._quotes += tag == "blockquote"
        if tag in _BLOCKS:
            self._break()
        if tag in {"ol", "ul"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.pieces.append(self._bullet())
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._link = address if address.startswith(("http://", "https://")) else ""
            self._link_from = len(self.pieces)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Break the line at `<br/>`; nothing is hidden or quoted in a tag that is empty."""
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        if tag == "a" and self._link:
            if self._link not in "".join(self.pieces[self._link_from :]):
                self.pieces.append(f" ({self._link})")
            self._link = ""
        self._quotes = max(0, self._quotes - (tag == "blockquote"))
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def _break(self) -> None:
        self.pieces.append("\n" + "> " * min(self._quotes, 1))

    def _bullet(self) -> str:
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            return f"{number + 1}. "
        return "- "
