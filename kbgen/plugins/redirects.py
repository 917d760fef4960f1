"""The plugin `kbgen/redirects`: pages that lead from old addresses to where the articles are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

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
        targets = {path: Target(url=page.url, title=str(page.title)) for path, page in self.pages.items()}
        site = Path(config.site_dir)
        for file, text in redirect_pages(self.found, targets, config, lambda file: (site / file).exists()):
            write_whole(site / file, text)


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a redirect leads."""

    url: str
    title: str


def redirect_pages(
    found: Iterable[Redirect], targets: Mapping[str, Target], config: MkDocsConfig, taken: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """The page at each old address by its file; raises a `PluginError` where another page stands there."""
    lang = str(config.theme.get("language") or "en")
    for redirect in found:
        target = targets.get(redirect.target)
        file = redirect_file(redirect, directory_urls=config.use_directory_urls)
        if redirect.target == GONE or target is None or not file:
            continue
        if taken(file):
            raise PluginError(f"'{redirect.source}' ({redirect.where}) redirects, but {file} is a page of the site")
        url = get_relative_url(target.url, file)
        canonical = urljoin(f"{config.site_url.rstrip('/')}/", target.url) if config.site_url else url
        yield file, redirect_page(url, target.title, canonical=canonical, lang=lang)
