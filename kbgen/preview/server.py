"""Serving the preview: build, serve, and build again when a file is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import watchfiles

from kbgen.articles.settings import load_settings
from kbgen.errors import KbgenError
from kbgen.generator.build import BuildRequest, Built, build
from kbgen.preview.app import SITE_VARIABLE
from kbgen.service.server import check_address, run
from kbgen.service.settings import ServiceSettings

SOURCES = (".yml", ".yaml", ".html", ".css", ".js", ".xml", ".svg", ".py")
"""Endings of what a site is made of beside its content; logs and vote databases of our own are not."""

TARGET = "kbgen.preview.app:from_workers_environment"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What to serve, where, and whom to tell how each build went."""

    request: BuildRequest
    service: ServiceSettings
    built: Callable[[Built], None]
    failed: Callable[[KbgenError], None]


def serve(preview: Preview) -> None:
    """Serve until interrupted; raises a `KbgenError` when the first build fails or the address is taken."""
    check_address(preview.service.host, preview.service.port)
    preview.built(build(preview.request))
    threading.Thread(target=_watch, args=(preview,), daemon=True).start()
    run(preview.service, target=TARGET, environment={SITE_VARIABLE: str(preview.request.site)})


def _watch(preview: Preview) -> None:
    """Build again after each change below the help centre's folder, whatever the last build said."""
    settings = preview.request.settings
    ignored = watchfiles.DefaultFilter(ignore_paths=[settings.state, settings.site])

    def matters(change: watchfiles.Change, path: str) -> bool:
        source = Path(path).is_relative_to(settings.content) or path.endswith(SOURCES)
        return source and not path.endswith(".part") and ".part/" not in path and ignored(change, path)

    for _ in watchfiles.watch(settings.root, watch_filter=matters, raise_interrupt=False):
        try:
            fresh = load_settings(settings.config_file)
            preview.built(build(replace(preview.request, settings=fresh)))
        except KbgenError as error:
            preview.failed(error)
        except Exception as error:  # noqa: BLE001 - a plugin of somebody else must not end the preview
            preview.failed(KbgenError(f"the site was not built: {type(error).__name__}: {error}"))
