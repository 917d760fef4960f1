"""The desk: MkDocs, set up for rendering single pages of which everything else is known."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel

from kbgen.generator.configuration import configured
from kbgen.generator.converter import Converter, found
from kbgen.generator.notes import Notes
from kbgen.generator.request import BuildRequest
from kbgen.generator.safe_pickle import loads
from kbgen.generator.site import articles_of, search_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

    from kbgen.articles.settings import KbgenSettings
    from kbgen.plugins.articles import ArticlesPlugin
    from kbgen.plugins.search import SearchPlugin


class NotQuickError(Exception):
    """Something is not as it was, so that more than the page may change."""


@dataclass(kw_only=True)
class Desk:
    """MkDocs, set up for rendering single pages; kept from build to build by a process that builds again and again."""

    key: object
    config: MkDocsConfig
    env: Environment
    notes: Notes
    articles: ArticlesPlugin
    search: SearchPlugin | None
    settings: KbgenSettings
    files: KnownFiles
    converter: Converter


class KnownFiles:
    """The files that a page asks for, as the last build found them."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Begin with nobody asked for."""
        self.config = config
        self.lookups: dict[str, str] = {}
        self.src_uris: dict[str, File] = {}

    def __iter__(self) -> Iterator[File]:
        """Some file; whoever needs one to begin with gets it."""
        return iter([self.file("index.md")])

    def file(self, path: str) -> File:
        """A file of the content."""
        config = self.config
        return File(
            path, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=InclusionLevel.INCLUDED
        )

    def get_file_from_path(self, path: str) -> File | None:
        """The file at a path below `content/`."""
        if path not in self.lookups:
            raise NotQuickError(path)
        if not self.lookups[path]:
            return None
        file = self.file(path)
        if found(file) != self.lookups[path]:
            raise NotQuickError(path)
        return file


def set_up_desk(request: BuildRequest, shared: bytes, key: object) -> Desk:
    """Set MkDocs up with what the pages of a site share; raises where pages depend on more than that."""
    notes = Notes()
    kept: dict[str, Any] = loads(shared)  # type: ignore[assignment]
    with configured(request, notes) as started:
        config = started
        if config.nav is not None or config.validation.links.anchors >= logging.WARNING:
            raise NotQuickError("names and anchors depend on other pages")
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        env = config.theme.get_env()
    plugin = articles_of(config)
    plugin.words = kept["words"]
    plugin.pages = _Frame(kept["frame"])  # type: ignore[assignment]
    env.globals |= {"w": kept["words"], "kbgen_site": kept["site"]}
    files = KnownFiles(config)
    converter = Converter(config, files)  # type: ignore[arg-type]
    return Desk(
        key=key,
        config=config,
        env=env,
        notes=notes,
        articles=plugin,
        search=search_of(config),
        settings=plugin.read_settings(config),
        files=files,
        converter=converter,
    )


@dataclass(frozen=True)
class _Frame:
    """Holds the frame until the first page is set up."""

    frame: Any


def unknown(path: str) -> str:
    """The address of a file that nobody has looked up: raises."""
    raise NotQuickError(path)
