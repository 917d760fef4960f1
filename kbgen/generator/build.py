"""Building a site with MkDocs, in a folder beside it, so that the old site stays until the new one is whole."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from kbgen.articles.settings import SiteSettings
from kbgen.errors import KbgenError, Where
from kbgen.generator.sync import Synced, sync
from kbgen.outputs.manifest import write_published
from kbgen.plugins.articles import ArticlesPlugin


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """What to build, and how."""

    settings: SiteSettings
    site: Path
    """Where the site shall stand."""
    today: date
    strict: bool = False
    publishes: bool = False
    """Whether this is the site that readers get; only then are its articles noted as published."""
    vote_service: str = ""
    """Where votes go instead of `extra.kbgen.feedback.service`; for trying out."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build did."""

    articles: int
    synced: Synced
    warnings: tuple[str, ...]


def build(request: BuildRequest) -> Built:
    """Build the site; raises a `KbgenError` and leaves the old site as it is where that cannot be done."""
    staging = request.site.parent / f".{request.site.name}.{os.getpid()}.part"
    _remove_left_over(request.site)
    noted = _Notes()
    try:
        with _noting(noted):
            config = _configure(request, staging)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        paths = _published(config)
        done = sync(staging, request.site)
    except OSError as error:
        raise KbgenError(
            f"the site cannot be written: {error.strerror or error}",
            hint="make room on the disk or check who may write there; the old site is as it was",
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    if request.publishes:
        write_published(request.settings.state, paths)
    return Built(articles=len(paths), synced=done, warnings=tuple(noted.warnings))


def _remove_left_over(site: Path) -> None:
    """Remove what a build that was killed left beside the site."""
    for folder in site.parent.glob(f".{site.name}.*.part"):
        pid = folder.name.split(".")[-2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _configure(request: BuildRequest, staging: Path) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    config = load_config(str(request.settings.config_file), site_dir=str(staging), strict=request.strict or None)
    plugin = config.plugins.get("kbgen/articles")
    if plugin is None:
        raise KbgenError(
            f"{request.settings.config_file.name} does not name the plugin 'kbgen/articles'",
            hint="add 'plugins: [kbgen/articles, kbgen/search, kbgen/redirects]'",
        )
    plugin.config["date"] = request.today.isoformat()
    if request.vote_service:
        plugin.config["vote_service"] = request.vote_service
    return config


def _published(config: MkDocsConfig) -> list[str]:
    plugin = config.plugins["kbgen/articles"]
    assert isinstance(plugin, ArticlesPlugin)  # noqa: S101 - narrows the type
    return [article.path for article in plugin.pages.library.published]


class _Notes(logging.Handler):
    """Collects what MkDocs and its plugins complain of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())


@contextmanager
def _noting(notes: _Notes) -> Iterator[None]:
    """Collect warnings, and tell MkDocs' ways of failing as a `KbgenError`."""
    log = logging.getLogger("mkdocs")
    log.addHandler(notes)
    propagate, log.propagate = log.propagate, False
    try:
        yield
    except PluginError as error:
        raise KbgenError(str(error)) from error
    except TemplateError as error:
        where = (
            Where(path=error.filename or error.name or "", line=error.lineno)
            if isinstance(error, TemplateSyntaxError)
            else None
        )
        raise KbgenError(
            f"a template cannot be used: {error}", where=where, hint="mend the template, or its name in the article"
        ) from error
    except ConfigurationError as error:
        raise KbgenError(f"mkdocs.yml cannot be used: {error}") from error
    except Abort as error:
        complaints = notes.errors or ["--strict lets these warnings fail the build:", *notes.warnings]
        raise KbgenError("\n".join(["the site was not built", *complaints])) from error
    finally:
        log.removeHandler(notes)
        log.propagate = propagate
