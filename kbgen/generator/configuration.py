"""The configuration: MkDocs, set up for one build with its plugins started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mkdocs.config import load_config
from mkdocs.config.config_options import Hooks

from kbgen.errors import KbgenError
from kbgen.generator.notes import Notes, noting
from kbgen.generator.sync import Staging

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kbgen.generator.request import BuildRequest


@contextmanager
def configured(request: BuildRequest, notes: Notes) -> Iterator[MkDocsConfig]:
    """MkDocs' settings for a build, with its plugins started; what MkDocs complains of goes to `notes`."""
    with noting(notes):
        config = _configure(request)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            yield config
        finally:
            config.plugins.on_shutdown()


def _configure(request: BuildRequest) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    Hooks._load_hook.cache_clear()  # noqa: SLF001 - MkDocs reads a hook once a process, which may build many times
    staging = str(Staging(request.site).folder)
    addresses = False if request.offline else None
    config = load_config(
        str(request.settings.config_file),
        site_dir=staging,
        strict=request.strict or None,
        use_directory_urls=addresses,
    )
    plugin = config.plugins.get("kbgen/articles")
    if plugin is None:
        raise KbgenError(
            f"{request.settings.config_file.name} does not name the plugin 'kbgen/articles'",
            hint="add 'plugins: [kbgen/articles, kbgen/search, kbgen/redirects]'",
        )
    plugin.config["date"] = request.today.isoformat()
    for name in ("kbgen/articles", "kbgen/search"):
        if request.offline and name in config.plugins:
            config.plugins[name].config["offline"] = True
    if request.vote_service:
        plugin.config["vote_service"] = request.vote_service
    return config
