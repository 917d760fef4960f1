"""The plugin `kbgen/search`: writes what the pages it is handed say, for the readers of search."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from kbgen.outputs.files import write_whole
from kbgen.search.entry import FILE, Entry, as_json
from kbgen.search.part import Part, parts_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class SearchConfig(Config):
    """The plugin has no options."""


class SearchPlugin(BasePlugin[SearchConfig]):
    """Glue: one entry for each page, all of them in one file."""

    entries: list[Entry]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Begin with no entries."""
        del config
        self.entries = []

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Note what the page says, unless its writer keeps it out of search."""
        del config, nav
        search = page.meta.get("search")
        excluded = isinstance(search, dict) and bool(search.get("exclude"))
        parts = parts_of(page.content or "")
        if not excluded and not page.is_homepage and (parts or page.file.name != "index"):
            self.entries.append(_entry(page, parts))
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the entries."""
        write_whole(Path(config.site_dir) / FILE, as_json(self.entries))


def _entry(page: Page, parts: tuple[Part, ...]) -> Entry:
    meta = page.meta
    answers = meta.get("answers") or []
    return Entry(
        article=page.file.src_uri,
        url=page.url,
        kind=str(meta.get("kind", "how-to")),
        section=str(page.parent.title) if page.parent else "",
        lang=str(meta.get("lang", "")),
        title=str(meta.get("title") or page.title),
        description=str(meta.get("description") or ""),
        answers=tuple(str(a) for a in ([answers] if isinstance(answers, str) else answers)),
        parts=parts,
    )
