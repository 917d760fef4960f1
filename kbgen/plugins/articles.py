"""The plugin `kbgen/articles`: checks the articles, keeps unpublished ones out, hands pages their views."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from kbgen.articles.address import Address
from kbgen.articles.library import Library, ReadAll, load_files, read_each
from kbgen.articles.lifecycle import build_day
from kbgen.articles.related import related
from kbgen.articles.settings import KbgenSettings, SiteSettings, load_settings
from kbgen.checks.interface import HelpCentre, Level
from kbgen.checks.registry import errors, findings
from kbgen.checks.report import as_text
from kbgen.errors import KbgenError
from kbgen.look.tokens import theme_folder
from kbgen.outputs.compression import packed
from kbgen.outputs.files import write_whole
from kbgen.outputs.manifest import read_published
from kbgen.outputs.redirects import FILE as REDIRECTS
from kbgen.outputs.redirects import redirects
from kbgen.outputs.webmanifest import HomeScreen
from kbgen.pages.card import Cards
from kbgen.pages.channel import day_words
from kbgen.pages.content import lean_content
from kbgen.pages.listing import listings
from kbgen.pages.neighbours import Neighbourhood
from kbgen.pages.page import Pages, Rendered
from kbgen.pages.policy import refused
from kbgen.pages.site import Frame, site_view
from kbgen.pages.surroundings import surroundings
from kbgen.plugins.dates import commit_days
from kbgen.plugins.extras import Placed, Site, extras, twins
from kbgen.plugins.generated import (
    STATIC_TEMPLATES,
    add_listings,
    add_sections,
    hide_unpublished,
    refuse_clashes,
    stand_in,
)
from kbgen.plugins.look import Look, drop_theme_files, lean_folder, make_look, unknown_icons, words_of
from kbgen.plugins.navigation import name_sections

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.kbgen.articles")
_H1 = re.compile(r"<h1\b.*?</h1>\s*", re.DOTALL)
UNDATED = "1980-01-01"
"""MkDocs wants a day for every page; nothing of ours shows this one."""


class ArticlesConfig(Config):
    """Options of the plugin."""

    date = config_options.Optional(config_options.Type(str))
    """The day that counts as today (ISO), for what is published and what has expired."""
    vote_service = config_options.Optional(config_options.Type(str))
    """Overrides `extra.kbgen.feedback.service`; `kbgen serve` sets it to try votes out."""
    offline = config_options.Type(bool, default=False)
    """Whether the pages are read from a disk; `kbgen build --offline` sets it."""


class ArticlesPlugin(BasePlugin[ArticlesConfig]):
    """Glue: the library before the pages are read, the views when they are written."""

    lean: bool
    theme: Path
    settings: SiteSettings
    look: Look
    words: dict[str, str]
    library: Library
    neighbourhood: Neighbourhood
    pages: Pages
    days: dict[str, str]
    placed: list[Placed]
    read: ReadAll = staticmethod(read_each)
    """How the articles are read; a build that remembers them sets its own."""
    history: Callable[[Path], dict[str, str]] = staticmethod(commit_days)
    """How the days of the articles are found."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the partials and kbgen's own pages available, whichever look the site has."""
        lean = lean_folder(config)
        self.lean, self.theme = lean is not None, lean or theme_folder()
        if not self.lean:
            config.theme.dirs.insert(-1, str(self.theme))
        config.theme.static_templates.update(STATIC_TEMPLATES)
        config.theme.static_templates.discard("sitemap.xml")
        self.placed = []
        return config

    @event_priority(-200)  # what other plugins make of the files comes first
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read and check every article; refuse to build a site with errors in it."""
        try:
            self._prepare(files, config)
        except KbgenError as error:
            raise PluginError(str(error)) from error
        library, found = self.library, self.neighbourhood.listings
        refuse_clashes(files)
        drop_theme_files(files, config, self.theme, lean=self.lean)
        for name, data in self.look.files.items():
            files.append(File.generated(config, f"{self.look.folder}{name}", content=data))
        moved = {path for redirect in redirects(library, self.settings.root / REDIRECTS) for path in redirect.covers}
        hide_unpublished(files, library, config, moved)
        add_sections(files, library, config)
        add_listings(files, found.values(), config)
        self.days = self.history(Path(config.docs_dir))
        return files

    def _prepare(self, files: Files, config: MkDocsConfig) -> None:
        own = self.read_settings(config)
        library = self._library(files, config)
        for complaint in unknown_icons(library, config):
            log.warning(complaint)
        self.look = make_look(self.theme, own.look, lean=self.lean, offline=self.config.offline)
        self.words = words_of(config.theme.get_env(), config, self.theme, own.words)
        cards = Cards(library=library, address=lambda path: _address(files, path))
        self.library = library
        self.neighbourhood = Neighbourhood(
            library=library, settings=own, related=related(library), listings=listings(library, self.words)
        )
        self.pages = Pages(
            settings=own,
            site_name=config.site_name,
            site_url=config.site_url or "",
            content=Path(config.docs_dir),
            cards=cards,
            surroundings=lambda article: surroundings(self.neighbourhood.of(article), cards),
            frame=Frame(
                assets=self.look.folder,
                first_script=self.look.first_script,
                banner_script=self.look.banner_script,
                icon=self.look.icon,
                paper=self.look.tokens.paper,
                language=self.words["language"],
                offline=self.config.offline,
                day_words=day_words(self.words),
            ),
        )

    def read_settings(self, config: MkDocsConfig) -> KbgenSettings:
        """Read the settings of the site."""
        self.settings = load_settings(Path(config.config_file_path))
        own = self.settings.kbgen
        if self.config.vote_service:
            return replace(own, feedback=own.feedback.tried_at(Address.parse(self.config.vote_service)))
        return own

    def _library(self, files: Files, config: MkDocsConfig) -> Library:
        today = date.fromisoformat(self.config.date) if self.config.date else build_day()
        content = Path(config.docs_dir)
        library = load_files(
            ((f.src_uri, Path(f.abs_src_path or "")) for f in files if _is_article(f)),
            today,
            shown=self.settings.shown,
            read=self.read,
        )
        if not library.articles and not library.problems:
            raise KbgenError(
                f"the content folder '{content.name}' holds no article",
                hint=f"add a Markdown file with a title, for example {content.name}/index.md",
            )
        before = frozenset(p for p in read_published(self.settings.state) if not _is_elsewhere(p, files, content))
        _refuse_errors(HelpCentre(settings=self.settings, library=library, published_before=before))
        return library

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Call each section by the title of its own page."""
        del files
        if config.nav is None:  # else its titles were written by a person
            name_sections(nav, self.library)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Choose the template of home and section pages, and say when the article last changed."""
        del config, files
        if page.is_homepage:
            page.meta.setdefault("template", "home.html")
        elif page.file.name == "index":
            page.meta.setdefault("template", "section.html")
        page.update_date = self.days.get(page.file.src_uri, UNDATED)
        article = self.library.published_at(page.file.src_uri)
        if article:
            page.meta["title"] = article.title  # as it is written, where YAML would make True of yes
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Take a title that the body repeats out of it, and draw formulas in the lean look."""
        del files
        if self.lean:
            problems = list(refused(self.settings.kbgen, html, config.site_url or ""))
            html = lean_content(html, problems.append)
            for problem in problems:
                log.warning("%s: %s", page.file.src_uri, problem)
        first = next(iter(page.toc), None)
        if first is None or first.level != 1:
            return html
        page.toc.items[:1] = first.children
        return _H1.sub("", html, count=1)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Hand all templates the words and the view that every page shares."""
        del files
        extra = "".join(f'<script src="{path}">' for path in config.extra_javascript)
        extra += "".join(f'<link href="{path}">' for path in config.extra_css)
        for problem in refused(self.settings.kbgen, extra, config.site_url or "") if self.lean else ():
            log.warning("mkdocs.yml: %s", problem)
        env.globals["w"] = self.words
        pages = self.pages
        env.globals["kbgen_site"] = site_view(self.library, pages.settings, pages.cards, pages.frame)
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Hand the page its view."""
        del config, nav
        path = page.file.src_uri
        known = self.library.published_at(path)
        article = known or stand_in(path, str(page.title))
        rendered = Rendered(
            url=page.url, canonical=page.canonical_url or "", updated=self.days.get(path, ""), html=page.content or ""
        )
        context["kbgen"] = self.pages.page(article, rendered)  # type: ignore[typeddict-unknown-key]
        if page.meta.get("template") != "retired.html":
            self.placed.append(Placed(url=page.url, updated=rendered.updated))
        return context

    @event_priority(-200)  # what the other plugins write is packed as well
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what stands beside the pages, and pack what is text."""
        folder, site = Path(config.site_dir), self.site(config)
        beside = extras(site, self.library, self.look, self.placed)
        for name, text in chain(beside, twins(site, self.library, self.pages.cards.address)):
            if not (folder / name).exists():
                write_whole(folder / name, text)
        encodings = self.settings.kbgen.compression
        for file in [path for path in folder.rglob("*") if path.is_file()] if encodings else ():
            for name, data in packed(file.relative_to(folder).as_posix(), file.read_bytes(), encodings):
                write_whole(folder / name, data)

    def site(self, config: MkDocsConfig) -> Site:
        """What the files beside the pages say of the site."""
        return Site(
            url=config.site_url or "",
            home_screen=HomeScreen(
                name=config.site_name,
                description=config.site_description or "",
                icon_url=str(config.theme.get("favicon") or f"{self.look.folder}favicon.svg"),
                lang=self.words["language"],
                direction="rtl" if self.words["direction"] == "rtl" else "ltr",
            ),
        )


def _refuse_errors(centre: HelpCentre) -> None:
    found = findings(centre)
    for item in found:
        if item.level is Level.WARNING:
            log.warning(as_text(item))
    stopping = errors(found)
    if stopping:
        raise PluginError("\n".join(as_text(item) for item in stopping))


def _is_elsewhere(path: str, files: Files, content: Path) -> bool:
    """Whether an article is there, but a plugin has taken it out, as those do that build a site for each language."""
    return files.get_file_from_path(path) is None and (content / path).is_file()


def _is_article(file: File) -> bool:
    return file.is_documentation_page() and file.abs_src_path is not None and not file.inclusion.is_excluded()


def _address(files: Files, path: str) -> str:
    file = files.src_uris.get(path)
    return file.url if file else path
