"""The sitemap: every address of the site for search engines, and the robots.txt that names it.

The form and its limits are those of https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

NAME = "sitemap.xml"
MOST_URLS = 50_000
"""Addresses that one file may hold."""
MOST_BYTES = 52_428_800
"""Bytes that one file may have before compression."""

_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, kw_only=True)
class SitemapUrl:
    """One page of the site."""

    loc: str
    """Its full address, with every character that an address may not hold already escaped by %."""
    lastmod: str = ""
    """The day of its last change as in 2026-11-23, `""` where nobody knows."""


def sitemap(
    urls: Sequence[SitemapUrl], base: str, most: int = MOST_URLS, *, most_bytes: int = MOST_BYTES
) -> dict[str, str]:
    """The files of the sitemap, name → XML text, in the order of `urls`.

    One `sitemap.xml` where a file may hold everything; otherwise `sitemap.xml` names `sitemap-1.xml`, `sitemap-2.xml`
    and so on, which stand beside it at the address `base`.
    """
    room = most_bytes - len(_document("urlset", []))
    parts = list(_parts(map(_url, urls), most, room))
    if len(parts) <= 1:
        return {NAME: _document("urlset", parts[0] if parts else [])}
    files = {f"sitemap-{number}.xml": _document("urlset", part) for number, part in enumerate(parts, start=1)}
    return {NAME: _document("sitemapindex", [_element("sitemap", loc=_beside(base, name)) for name in files]), **files}


def with_another(text: str, old: SitemapUrl, new: SitemapUrl) -> str:
    """The text of a sitemap in which `new` has taken the place of `old`."""
    return text.replace(_url(old), _url(new))


def robots(site_url: str) -> str:
    """The robots.txt that lets everybody read and names the sitemap; it cannot where the site has no address yet."""
    named = f"\nSitemap: {_beside(site_url, NAME)}\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{named}"


def _parts(elements: Iterable[str], most: int, room: int) -> Iterator[list[str]]:
    """The elements in their order, in lists of at most `most` elements and `room` bytes."""
    part: list[str] = []
    size = 0
    for element in elements:
        length = len(element.encode())
        if part and (len(part) >= most or size + length > room):
            yield part
            part, size = [], 0
        part.append(element)
        size += length
    if part:
        yield part


def _url(url: SitemapUrl) -> str:
    return _element("url", loc=url.loc, lastmod=url.lastmod)


def _element(name: str, **texts: str) -> str:
    inside = "".join(f"<{key}>{html.escape(text)}</{key}>" for key, text in texts.items() if text)
    return f"<{name}>{inside}</{name}>\n"


def _document(root: str, elements: Sequence[str]) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_XMLNS}">\n{"".join(elements)}</{root}>\n'


def _beside(base: str, name: str) -> str:
    return f"{base.rstrip('/')}/{name}"
