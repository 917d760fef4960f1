"""The plugin `kbgen/articles`: checks the articles, keeps unpublished ones out, hands pages their views."""

from __future__ import annotations

import json
import logging
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.library import load_files
from kbgen.articles.lifecycle import Stage, build_day
from kbgen.articles.related import related
from kbgen.articles.settings import load_settings
from kbgen.checks.interface import HelpCentre, Level
from kbgen.checks.registry import errors, findings
from kbgen.checks.report import as_text
from kbgen.errors import KbgenError
from kbgen.outputs.manifest import read_published
from kbgen.plugins.dates import commit_days
from kbgen.plugins.theme import theme_folder
from kbgen.plugins.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.kbgen.articles")
_H1 = re.compile(r"<h1\b.*?</h1>\s*", re.DOTALL)
UNDATED = "1980-01-01"
"""MkDocs wants a day for every page; the sitemap leaves this one out."""


class ArticlesConfig(Config):
    """Options of the plugin."""

    date = config_options.Optional(config_options.Type(str))
    """The day that counts as today (ISO), for what is published and what has expired."""
    vote_service = config_options.Optional(config_options.Type(str))
    """Overrides `extra.kbgen.feedback.service`; `kbgen serve` sets it to try votes out."""


class ArticlesPlugin(BasePlugin[ArticlesConfig]):
    """Glue: the library before the pages are read, the views when they are written."""

    views: Views
    days: dict[str, str]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the partials and the search page available, whichever look the site has."""
        folder = str(theme_folder())
        if folder not in config.theme.dirs:
            config.theme.dirs.insert(-1, folder)
        config.theme.static_templates.add("search.html")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read and check every article; refuse to build a site with errors in it."""
        try:
            self.views = self._read(files, config)
        except KbgenError as error:
            raise PluginError(str(error)) from error
        if any(file.dest_uri == "search.html" for file in files.documentation_pages()):
            raise PluginError("an article would take the place of the search page: rename content/search.md")
        library = self.views.library
        for article in library.articles:
            if library.stage(article) is not Stage.PUBLISHED:
                files.src_uris[article.path].inclusion = InclusionLevel.EXCLUDED
        for section in library.sections.values():
            written = library.by_path.get(section.index_path)
            if written is None or library.stage(written) is not Stage.PUBLISHED:
                _replace(files, _section_page(section.index_path, section.title or config.site_name, config))
        self.days = commit_days(Path(config.docs_dir))
        return files

    def _read(self, files: Files, config: MkDocsConfig) -> Views:
        settings = load_settings(Path(config.config_file_path))
        today = date.fromisoformat(self.config.date) if self.config.date else build_day()
        content = Path(config.docs_dir)
        library = load_files(
            ((f.src_uri, Path(f.abs_src_path or "")) for f in files if _is_article(f)),
            today,
            shown=settings.shown,
        )
        if not library.articles and not library.problems:
            raise KbgenError(
                f"the content folder '{content.name}' holds no article",
                hint=f"add a Markdown file with a title, for example {content.name}/index.md",
            )
        centre = HelpCentre(settings=settings, library=library, published_before=read_published(settings.state))
        _refuse_errors(centre)
        return Views(
            library=library,
            settings=settings.kbgen,
            content=content,
            address=lambda path: _address(files, path),
            related=related(library),
            vote_service=self.config.vote_service or settings.kbgen.feedback.service,
        )

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Call each section by the title of its own page."""
        del files
        if config.nav is not None:
            return nav  # its titles were written by a person
        by_title = {section.path: section.title for section in self.views.library.sections.values()}
        for item in _sections(nav.items):
            page = next((child for child in item.children if child.is_page), None)
            folder = page.file.src_uri.rpartition("/")[0] if page else ""  # type: ignore[attr-defined]
            item.title = by_title.get(folder, item.title)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Choose the template of home and section pages, and say when the article last changed."""
        del config, files
        if page.is_homepage:
            page.meta.setdefault("template", "home.html")
        elif page.file.name == "index":
            page.meta.setdefault("template", "section.html")
        page.update_date = self.days.get(page.file.src_uri, UNDATED)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take a title that the body repeats out of it: the templates write the title."""
        del config, files
        first = next(iter(page.toc), None)
        if first is None or first.level != 1:
            return html
        page.toc.items[:1] = first.children
        return _H1.sub("", html, count=1)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Hand all templates the view that every page shares."""
        del config, files
        env.globals["kbgen_site"] = self.views.site()
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the page its view."""
        del config, nav
        article = self.views.library.by_path.get(page.file.src_uri) or _stand_in(page)
        context["kbgen"] = self.views.page(article, self.days.get(article.path, ""))  # type: ignore[typeddict-unknown-key]
        return context


def _refuse_errors(centre: HelpCentre) -> None:
    found = findings(centre)
    for item in found:
        if item.level is Level.WARNING:
            log.warning(as_text(item))
    stopping = errors(found)
    if stopping:
        raise PluginError("\n".join(as_text(item) for item in stopping))


def _is_article(file: File) -> bool:
    return file.is_documentation_page() and file.abs_src_path is not None and not file.inclusion.is_excluded()


def _section_page(path: str, title: str, config: MkDocsConfig) -> File:
    return File.generated(config, path, content=f"---\ntitle: {json.dumps(title)}\nfeedback: false\n---\n")


def _replace(files: Files, file: File) -> None:
    """Put a generated file in the place of an unpublished one."""
    if file.src_uri in files.src_uris:
        files.remove(files.src_uris[file.src_uri])
    files.append(file)


def _address(files: Files, path: str) -> str:
    file = files.get_file_from_path(path)
    return file.url if file else path


def _sections(items: list[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)


def _stand_in(page: Page) -> Article:
    """The article of a page that no file holds: a section without an index.md."""
    meta = FrontMatter(title=str(page.title), feedback=False)
    return Article(path=page.file.src_uri, meta=meta, body="", body_line=1)
