"""The plugin `kbgen/redirects`: pages that lead from old addresses to where the articles are now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_relative_url

from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole
from kbgen.outputs.redirects import FILE, GONE, Redirect, read_redirects, redirect_file, redirect_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


class RedirectsConfig(Config):
    """The plugin has no options."""


class RedirectsPlugin(BasePlugin[RedirectsConfig]):
    """Glue: collects redirects from the pages it is handed, writes them when the site stands."""

    found: list[Redirect]
    pages: dict[str, Page]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read `redirects.yml`."""
        self.pages = {}
        try:
            self.found = list(read_redirects(Path(config.config_file_path).parent / FILE))
        except KbgenError as error:
            raise PluginError(str(error)) from error

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Note where the article used to be."""
        del config, files
        self.pages[page.file.src_uri] = page
        old = page.meta.get("redirect_from") or []
        for source in [old] if isinstance(old, str) else old:
            where = Where(path=page.file.src_uri)
            self.found.append(Redirect(source=str(source), target=page.file.src_uri, where=where))
        return markdown

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write one page for each old address."""
        lang = str(config.theme.get("language") or "en")
        for redirect in self.found:
            page = self.pages.get(redirect.target)
            file = redirect_file(redirect, directory_urls=config.use_directory_urls)
            if redirect.target == GONE or page is None or not file:
                continue
            target = Path(config.site_dir) / file
            if target.exists():
                raise PluginError(f"'{redirect.source}' ({redirect.where}) redirects, but {file} is a page of the site")
            url = get_relative_url(page.url, file)
            write_whole(target, redirect_page(url, str(page.title), canonical=page.canonical_url or url, lang=lang))
