"""Pages that nobody wrote: sections without a page of their own, listings, and notices of what has been retired."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.library import Library
from kbgen.articles.lifecycle import DRAFTS, Stage
from kbgen.pages.listing import ALL, Listing

STATIC_TEMPLATES = ("search.html", "contact.html")


def refuse_clashes(files: Files) -> None:
    """Raise where a file of the content stands in the place of one of kbgen's own pages."""
    for file in files:
        if file.dest_uri in {*STATIC_TEMPLATES, "404.html"}:
            raise PluginError(f"'{file.src_uri}' would take the place of kbgen's own page {file.dest_uri}: rename it")
        if file.is_documentation_page() and file.dest_uri.startswith((f"{ALL}/", f"{ALL}.html")):
            raise PluginError(f"'{file.src_uri}' lies where kbgen lists all articles: rename the file or its folder")


def hide_unpublished(files: Files, library: Library, config: MkDocsConfig, moved: Container[str]) -> None:
    """Keep what is not published out of the site; an archived or expired article leaves a notice where it was.

    Paths in `moved` lead elsewhere already.
    """
    for article in library.articles:
        stage = library.stage(article)
        if stage in {Stage.ARCHIVED, Stage.EXPIRED} and not article.is_index and article.path not in moved:
            _replace(files, _page(config, article.path, article.title, "retired.html"))
        elif stage is not Stage.PUBLISHED:
            files.src_uris[article.path].inclusion = InclusionLevel.EXCLUDED
    for file in files:
        if file.src_uri.startswith(f"{DRAFTS}/"):
            file.inclusion = InclusionLevel.EXCLUDED


def add_sections(files: Files, library: Library, config: MkDocsConfig) -> None:
    """A page for each section that has none."""
    for section in library.sections.values():
        if library.published_at(section.index_path) is None:
            title = section.title or config.site_name
            content = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nfeedback: false\n---\n"
            _replace(files, File.generated(config, section.index_path, content=content))


def add_listings(files: Files, listings: Iterable[Listing], config: MkDocsConfig) -> None:
    """The pages of listings beyond the sections' own; raises where one of them would take an article's place."""
    taken = {file.dest_uri: file.src_uri for file in files if not file.inclusion.is_excluded()}
    for listing in listings:
        page = _page(config, listing.path, listing.title, listing.template)
        if page.dest_uri not in taken:
            files.append(page)
        elif listing.path != listing.pages[0][1]:
            raise PluginError(
                f"'{taken[page.dest_uri]}' lies where the list of its section goes on ({listing.title}): rename it"
            )


def stand_in(path: str, title: str) -> Article:
    """The article of a page that no file holds."""
    return Article(path=path, meta=FrontMatter(title=title, feedback=False), body="", body_line=1)


def _page(config: MkDocsConfig, path: str, title: str, template: str) -> File:
    quoted = json.dumps(title, ensure_ascii=False)
    front = f"title: {quoted}\ntemplate: {template}\nfeedback: false\nsearch: {{exclude: true}}\n"
    return File.generated(config, path, content=f"---\n{front}---\n", inclusion=InclusionLevel.NOT_IN_NAV)


def _replace(files: Files, file: File) -> None:
    """Put a generated file in the place of an unpublished one."""
    if file.src_uri in files.src_uris:
        files.remove(files.src_uris[file.src_uri])
    files.append(file)
