"""The renderer: one page of the site, from its source to its bytes, as MkDocs' own build makes it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs.commands.build import get_context
from mkdocs.structure.nav import Navigation
from mkdocs.structure.nav import Section as NavSection
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from kbgen.generator.converter import Converter
from kbgen.generator.store import Body, Toc
from kbgen.plugins.generated import stand_in
from kbgen.plugins.navigation import chain, trail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from kbgen.articles.article import Article
    from kbgen.articles.library import Library
    from kbgen.generator.notes import Notes
    from kbgen.plugins.search import SearchPlugin


NO_NAVIGATION = Navigation([], [])
"""What templates are handed that look at no other page."""


@dataclass(kw_only=True)
class Made:
    """What came of rendering a page."""

    html: bytes
    body: Body
    template: str
    entry: str
    terms: str
    article: Article
    seconds: float = 0.0
    converted: bool = True


@dataclass(kw_only=True)
class Renderer:
    """Everything that rendering needs, set up once."""

    config: MkDocsConfig
    files: Files
    env: Environment
    library: Library
    notes: Notes
    search: SearchPlugin | None
    converter: Converter
    taken: frozenset[str] = frozenset()
    """Files that a writer has put where a twin would stand."""
    sections: dict[str, NavSection | None] = field(default_factory=dict)

    def page(self, file: File, body: Body | None) -> Made:
        """Render one page; with `body` given, Markdown has nothing to do."""
        began = time.perf_counter()
        config = self.config
        self.notes.take()
        page = self._page_of(file)
        config._current_page = page  # noqa: SLF001 - as MkDocs does
        try:
            page.read_source(config)
            page.markdown = config.plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=self.files
            )
            converted = body is None
            body = self._converted(page) if body is None else _restored(page, body)
            html, template = self._rendered(page)
        finally:
            config._current_page = None  # noqa: SLF001
        found = self.search.entries if self.search else []
        return Made(
            html=html,
            body=body,
            template=template,
            entry="".join(entry.as_json() for entry in found),
            terms="".join(self.search.terms(entry).pack() for entry in found) if self.search else "",
            article=self.library.published_at(file.src_uri) or stand_in(file.src_uri, str(page.title)),
            converted=converted,
            seconds=time.perf_counter() - began,
        )

    def _page_of(self, file: File) -> Page:
        if file.page is not None and self.config.nav is not None:
            return file.page
        page = Page(None, file, self.config)
        folder = file.src_uri.rpartition("/")[0]
        if folder not in self.sections:
            self.sections[folder] = chain(trail(self.library, folder))
        if folder and file.inclusion.is_in_nav():  # type: ignore[no-untyped-call]
            page.parent = self.sections.get(folder)
        return page

    def _converted(self, page: Page) -> Body:
        reads = self.converter.convert(page)
        page.content = self.config.plugins.on_page_content(
            page.content or "", page=page, config=self.config, files=self.files
        )
        return Body(
            html=page.content,
            toc=_packed(page.toc),
            anchors=sorted(page.present_anchor_ids or ()),
            links={file.src_uri: dict(links) for file, links in (page.links_to_anchors or {}).items()},
            lookups=dict(self.converter.lookups.asked),
            reads=reads,
            warnings=self.notes.take(),
        )

    def _rendered(self, page: Page) -> tuple[bytes, str]:
        """The bytes of a page, and the name of its template."""
        name = str(page.meta.get("template", "main.html"))
        if self.search:
            self.search.entries = []
        page.active = True
        context = get_context(NO_NAVIGATION, (), self.config, page)
        template = self.env.get_template(name)
        context = self.config.plugins.on_page_context(context, page=page, config=self.config, nav=NO_NAVIGATION)
        output = template.render(context)
        page.active = False
        data = output.encode("utf-8", errors="xmlcharrefreplace") if output.strip() else b""
        return data, name


def _restored(page: Page, body: Body) -> Body:
    page.content = body.html
    page.toc = TableOfContents(_unpacked(body.toc))
    return body


def _packed(links: Iterable[AnchorLink]) -> Toc:
    return [(link.title, link.id, link.level, _packed(link.children)) for link in links]


def _unpacked(toc: Toc) -> list[AnchorLink]:
    links = []
    for title, anchor, level, below in toc:
        link = AnchorLink(title, anchor, level)
        link.children = _unpacked(below)
        links.append(link)
    return links
