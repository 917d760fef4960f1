"""Reasons: everything that has a say in a page, so that it is made anew when one of them changes, and only then."""

from __future__ import annotations

import json
import os
from collections import UserDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kbgen.articles.article import Article, posix
from kbgen.articles.links import internal_links
from kbgen.articles.settings import HomeSettings
from kbgen.articles.structure import missing_structure
from kbgen.articles.turning import is_news
from kbgen.generator.converter import found
from kbgen.generator.inputs import Files as Seen
from kbgen.generator.inputs import digest_of, file_digest
from kbgen.generator.manifest import PageFacts
from kbgen.generator.site import Site, WholeSiteError, refuse_whole_site
from kbgen.pages.site import SiteView
from kbgen.plugins.generated import stand_in
from kbgen.plugins.navigation import trail

if TYPE_CHECKING:
    from mkdocs.structure.files import File

TEXT = "its text"
NAMES = "its name in the navigation"
NEIGHBOURS = "articles and sections that it shows"
CHANGED_ON = "the day of its last commit"
VOTES = "the votes of its readers"
IMPROVED = "its improvement"
CAPTIONS = "the captions of its video"
SETTINGS = "the settings"
MARKDOWN = "the settings of Markdown"
THEME = "the theme"
TOOLS = "the version of kbgen or of a package"
LINKS = "where its links lead"
INCLUDED = "a file that it includes"
NEW = "its being new"
TOUCHED = "its file in the site, which somebody changed or removed"
UNCACHED = "--no-cache, which keeps nothing"
WHOLE = "what its template shows of the whole site"


def digest(value: object) -> str:
    """A short text that changes with the value."""
    return digest_of(repr(value).encode())


@dataclass(kw_only=True)
class Reasons:
    """Finds the reasons of every page of one site."""

    site: Site
    content: Seen
    """What is known of the files below `content/`."""
    everywhere: dict[str, str]
    """Reasons that all pages share."""
    root: Path
    _views: dict[str, str] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)

    def of(self, file: File) -> dict[str, str]:
        """What is known of a page's reasons before it is read."""
        plugin = self.site.articles
        article = plugin.library.published_at(file.src_uri) or stand_in(file.src_uri, "")
        around = plugin.neighbourhood.of(article)
        because = {
            TEXT: self.text(file),
            NEIGHBOURS: around.stamp(plugin.pages.cards),
            CHANGED_ON: plugin.days.get(file.src_uri, ""),
            **self.everywhere,
        }
        if self.site.config.nav is not None and file.page is not None:
            because[NAMES] = digest((file.page.title, file.page.parent and file.page.parent.title))
        elif around.section.title and file.inclusion.is_in_nav():  # type: ignore[no-untyped-call]
            because[NAMES] = json.dumps(trail(plugin.library, article.section))
        if self.site.search and (prior := self.site.search.prior(article.path, article.meta.redirect_from)):
            because[VOTES] = str(prior)
        if is_news(article.meta, plugin.library.today):
            because[IMPROVED] = "1"
        if article.meta.video:
            because[CAPTIONS] = digest([self._seen(path) for path in _caption_files(article)])
        return because

    def text(self, file: File) -> str:
        """What is known of a page's source."""
        seen = self._seen(file.src_uri) if file.abs_src_path else ""
        return seen or digest_of(file.content_bytes)

    def _seen(self, path: str) -> str:
        """The digest of a file below `content/`, `""` where none was seen."""
        seen = self.content.get(path)
        return seen[4] if seen else ""

    def later(self, facts: PageFacts) -> dict[str, str]:
        """The reasons that are known once a page has been read, as they stand now."""
        return {
            LINKS: digest(self._looked_up(facts.lookups)),
            INCLUDED: digest([self._file(path) for path in facts.reads]) if facts.reads else "",
            WHOLE: self.whole(facts.template),
        }

    def _looked_up(self, lookups: Iterable[str]) -> list[str]:
        return [self._found.get(path) or self._look_up(path) for path in lookups]

    def _look_up(self, path: str) -> str:
        self._found[path] = said = found(self.site.files.get_file_from_path(path))
        return said

    def _file(self, path: str) -> str:
        if path not in self._files:
            self._files[path] = file_digest(self.root / path)
        return self._files[path]

    def whole(self, template: str) -> str:
        """What a template shows of the whole site."""
        if template not in self._views:
            refuse_whole_site(self.site, template)
            asked = self.site.templates.looks(template).at
            view: SiteView = self.site.env.globals["kbgen_site"]  # type: ignore[assignment]
            parts = vars(view) if asked is None else {name: getattr(view, name, "") for name in asked}
            self._views[template] = digest(parts)
        return self._views[template]


def fixed(article: Article) -> str:
    """A digest of all of an article that other pages may show or depend on: the rest of its text is its own."""
    links = [(link.target, link.path, link.anchor) for link in internal_links(article)]
    return digest((article.meta, article.body_line, links, missing_structure(article)))


def _caption_files(article: Article) -> Iterator[str]:
    video = article.meta.video
    if video:
        for target in (*video.captions.values(), video.chapters):
            yield (posix(article.path, target) or "") if target else ""


def markdown_settings(site: Site) -> object:
    """Everything in the settings that has a say in what Markdown makes of an article, or in what is warned of."""
    config = site.config
    links = (config.use_directory_urls, _plain(dict(config.validation)), config.repo_url, config.edit_uri)
    own = replace(site.articles.pages.settings, channels=(), announcements=(), home=HomeSettings(), words={})
    return config.markdown_extensions, _plain(config.mdx_configs), links, own


def _plain(value: object) -> object:
    """Settings as a text can hold them: functions by their names."""
    if isinstance(value, dict | UserDict):
        return {str(key): _plain(item) for key, item in sorted(value.items(), key=lambda pair: str(pair[0]))}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, partial):
        return [_plain(value.func), _plain(value.args), _plain(value.keywords)]
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if callable(value):
        return f"{value.__module__}.{getattr(value, '__qualname__', '')}"
    if isinstance(value, str | int | float | bool | None):
        return value
    raise WholeSiteError(f"the settings of Markdown hold a {type(value).__name__}, which cannot be compared")


def changed(before: PageFacts | None, because: dict[str, str]) -> list[str]:
    """The reasons that are not as they were."""
    if before is None:
        return [NEW]
    names = [name for name, value in because.items() if before.because.get(name) != value]
    return names + [name for name in before.because if name not in because]
