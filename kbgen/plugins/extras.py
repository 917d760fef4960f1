"""What stands beside the pages: sitemap, robots.txt, web manifest, llms.txt and each article as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

from kbgen.articles.library import Library
from kbgen.outputs.files import write_whole
from kbgen.outputs.markdown_twin import llms_txt, twin
from kbgen.outputs.sitemap import SitemapUrl, robots, sitemap
from kbgen.outputs.webmanifest import NAME as WEB_MANIFEST
from kbgen.outputs.webmanifest import HomeScreen, webmanifest
from kbgen.pages.card import Address
from kbgen.plugins.look import Look


@dataclass(frozen=True, kw_only=True)
class Site:
    """The site that has been built."""

    folder: Path
    url: str
    home_screen: HomeScreen


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A page of the site that search engines may list, by its address below the site's root."""

    url: str
    updated: str


def write_extras(site: Site, library: Library, look: Look, placed: Iterable[Placed], address: Address) -> None:
    """Write every file beside the pages; one that a writer put into `content/` stays as it is."""
    for name, text in _files(site, library, look, placed, address):
        if not (site.folder / name).exists():
            write_whole(site.folder / name, text)


def _files(
    site: Site, library: Library, look: Look, placed: Iterable[Placed], address: Address
) -> Iterator[tuple[str, str]]:
    """Every file by its name, one after the other, as there may be ten thousand."""
    if site.url:
        urls = [SitemapUrl(loc=urljoin(site.url, page.url), lastmod=page.updated) for page in placed]
        yield from sitemap(urls, base=site.url).items()
    yield "robots.txt", robots(site.url)
    yield WEB_MANIFEST, webmanifest(site.home_screen, look.tokens.light)
    yield "llms.txt", _llms_txt(site, library)
    for article in library.published:
        if not article.is_index:
            yield article.path, twin(article, urljoin(site.url, address(article.path)) if site.url else "")


def _llms_txt(site: Site, library: Library) -> str:
    sections = [
        (
            section.title or site.home_screen.name,
            section.description,
            [(a.title, urljoin(site.url, quote(a.path)), a.meta.description) for a in section.articles],
        )
        for section in library.sections.values()
        if section.articles
    ]
    return llms_txt(site.home_screen.name, site.home_screen.description, sections)
