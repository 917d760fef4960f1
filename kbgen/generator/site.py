"""The site as MkDocs lays it out: which files it has and what becomes of each, before any page is rendered."""

from __future__ import annotations

import fnmatch
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import markdown_extensions

from kbgen.generator.safety import Looks, Templates
from kbgen.plugins.articles import ArticlesPlugin
from kbgen.plugins.look import lean_folder
from kbgen.plugins.redirects import RedirectsPlugin
from kbgen.plugins.search import SearchPlugin

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

GENERATED = ("main.html", "home.html", "section.html", "all.html", "retired.html")


def articles_of(config: MkDocsConfig) -> ArticlesPlugin:
    """The plugin that knows the articles."""
    plugin = config.plugins["kbgen/articles"]
    assert isinstance(plugin, ArticlesPlugin)  # noqa: S101 - narrows the type
    return plugin


def search_of(config: MkDocsConfig) -> SearchPlugin | None:
    """The plugin that collects search entries, where the site has it."""
    plugin = config.plugins.get("kbgen/search")
    return plugin if isinstance(plugin, SearchPlugin) else None


class WholeSiteError(Exception):
    """Something depends on the whole site, so that only a full build is right."""


@dataclass(kw_only=True)
class Site:
    """One site, laid out."""

    config: MkDocsConfig
    env: Environment
    files: Files
    templates: Templates

    @property
    def articles(self) -> ArticlesPlugin:
        """The plugin that knows the articles."""
        return articles_of(self.config)

    @property
    def search(self) -> SearchPlugin | None:
        """The plugin that collects search entries, where the site has it."""
        return search_of(self.config)

    @property
    def redirects(self) -> RedirectsPlugin | None:
        """The plugin that leads on from old addresses, where the site has it."""
        plugin = self.config.plugins.get("kbgen/redirects")
        return plugin if isinstance(plugin, RedirectsPlugin) else None

    @property
    def pages(self) -> list[File]:
        """The files that become pages, in the order of the site."""
        return list(self.files.documentation_pages())


def look_of(config: MkDocsConfig) -> list[Path]:
    """The theme's folders that are the site's own or kbgen's; raises where the look is not the lean one."""
    lean = lean_folder(config)
    if lean is None:
        raise WholeSiteError("the look is Material's, whose pages show the whole navigation")
    return [Path(folder) for folder in config.theme.dirs[: config.theme.dirs.index(str(lean)) + 1]]


def lay_out(config: MkDocsConfig, known: dict[str, Looks] | None = None) -> Site:
    """Let MkDocs and kbgen's plugins lay out the site, up to the point where pages are read.

    `known` is what was found of the same templates before.
    """
    own = look_of(config)[:-1]
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    _add_theme_files(files, own, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    if config.nav is not None:
        config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    env = config.plugins.on_env(env, config=config, files=files)
    site = Site(config=config, env=env, files=files, templates=Templates(env, known))
    for name in (*GENERATED, *config.theme.static_templates):
        refuse_whole_site(site, name)
    return site


def refuse_whole_site(site: Site, template: str) -> None:
    """Raise where a template looks at more than its page."""
    objection = site.templates.looks(template).objection
    if objection:
        raise WholeSiteError(objection)


def _add_theme_files(files: Files, folders: list[Path], config: MkDocsConfig) -> None:
    """Add what a site's own theme folder holds beside templates, as MkDocs does; the first folder wins."""
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(place, name), folder).replace(os.sep, "/")  # noqa: PTH118
                if files.get_file_from_path(path) is None and not _is_template(path, config):
                    files.append(File(path, str(folder), config.site_dir, config.use_directory_urls))


def _is_template(path: str, config: MkDocsConfig) -> bool:
    patterns = (".*", "*/.*", "*.py", "*.pyc", "*.html", "*readme*", "mkdocs_theme.yml", "locales/*")
    endings = (f"*{ending}" for ending in markdown_extensions)
    return any(
        fnmatch.fnmatch(path.lower(), pattern) for pattern in (*patterns, *endings, *config.theme.static_templates)
    )
