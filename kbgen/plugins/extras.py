"""What stands beside the pages: sitemap, robots.txt, web manifest, llms.txt and each article as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from kbgen.articles.article import Article
from kbgen.articles.library import Library
from kbgen.outputs.markdown_twin import llms_txt, twin
from kbgen.outputs.sitemap import SitemapUrl, robots, sitemap
from kbgen.outputs.webmanifest import NAME as WEB_MANIFEST
from kbgen.outputs.webmanifest import HomeScreen, webmanifest
from kbgen.pages.card import Address
from kbgen.plugins.look import Look


@dataclass(frozen=True, kw_only=True)
class Site:
    """The site that has been built."""

    url: str
    home_screen: HomeScreen


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A page of the site that search engines may list, by its address below the site's root."""

    url: str
    updated: str


def extras(site: Site, library: Library, look: Look, placed: Iterable[Placed]) -> Iterator[tuple[str, str]]:
    """Every file beside the pages by its name, but for the twins; one that a writer put there takes precedence."""
    if site.url:
        urls = [SitemapUrl(loc=below(site.url, page.url), lastmod=page.updated) for page in placed]
        yield from sitemap(urls, base=site.url).items()
    yield "robots.txt", robots(site.url)
    yield WEB_MANIFEST, webmanifest(site.home_screen, look.tokens.light)
    yield "llms.txt", _llms_txt(site, library)


def twins(site: Site, library: Library, address: Address) -> Iterator[tuple[str, str]]:
    """Each article as Markdown by its name, one after the other, as there may be ten thousand."""
    for article in library.published:
        if has_twin(article):
            yield article.path, twin_of(article, site.url, address)


def below(base: str, url: str) -> str:
    """The whole address of a place below the site's root, whose address ends in a slash where it has one."""
    return urljoin(base, url) if url.startswith(".") or not base.endswith("/") else f"{base}{url}"


def has_twin(article: Article) -> bool:
    """Whether an article stands beside its page as Markdown."""
    return not article.is_index


def twin_of(article: Article, site_url: str, address: Address) -> str:
    """An article as Markdown."""
    return twin(article, urljoin(site_url, address(article.path)) if site_url else "")


def _llms_txt(site: Site, library: Library) -> str:
    sections = [
        (
            section.title or site.home_screen.name,
            section.description,
            [(a.title, below(site.url, quote(a.path)), a.meta.description) for a in section.articles],
        )
        for section in library.sections.values()
        if section.articles
    ]
    return llms_txt(site.home_screen.name, site.home_screen.description, sections)
