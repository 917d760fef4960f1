"""Links: which article an address in an agent's answer leads to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from kbgen.articles.library import Library
from kbgen.outputs.redirects import GONE, Redirect
from kbgen.tickets.ticket import Ticket

HOPS = 10
"""Redirects that are followed one after another."""


class Addresses:
    """The addresses that the published articles have, and had before they moved."""

    def __init__(self, library: Library, site_url: str = "", redirects: Iterable[Redirect] = ()) -> None:
        """Take the articles, where the site is published (`""` where nobody says), and all redirects."""
        site = urlsplit(site_url)
        self._host = (site.hostname or "").removeprefix("www.")
        self._base = site.path.strip("/")
        self._paths = {_key(article.path): article.path for article in library.published if not article.is_index}
        self._moved = {
            _key(old): redirect.target
            for redirect in redirects
            if redirect.target != GONE
            for old in (redirect.source_path, *redirect.covers)
        }

    def article(self, address: str) -> str:
        """The path of the article below `content/` at an address with or without host; `""` where it is none."""
        try:
            parts = urlsplit(address.strip())
            host = (parts.hostname or "").removeprefix("www.")
        except ValueError:
            return ""
        if host and self._host and host != self._host:
            return ""
        place = unquote(parts.path).strip("/")
        if self._base and f"{place}/".startswith(f"{self._base}/"):
            place = place[len(self._base) :].strip("/")
        key = _key(place)
        for _ in range(HOPS):
            if key in self._paths:
                return self._paths[key]
            key = _key(self._moved.get(key, ""))
        return ""

    def linked(self, tickets: Sequence[Ticket]) -> Mapping[str, tuple[int, ...]]:
        """The places of the tickets in whose answers each article is linked, by its path."""
        found: dict[str, list[int]] = {}
        for place, ticket in enumerate(tickets):
            for path in sorted({self.article(address) for address in ticket.articles} - {""}):
                found.setdefault(path, []).append(place)
        return {path: tuple(places) for path, places in found.items()}


def most_linked(linked: Mapping[str, Sequence[int]]) -> str:
    """The article that is linked most, the first by path of several; `""` where none is."""
    counts = Counter({path: len(places) for path, places in linked.items()})
    return min(counts, key=lambda path: (-counts[path], path), default="")


def _key(path: str) -> str:
    stem = path.strip("/").removesuffix(".md").removesuffix(".html")
    return stem.removesuffix("/index").removesuffix("/README")
