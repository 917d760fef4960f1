"""Serving the preview: a process that answers, and a thread here that builds."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kbgen.articles.lifecycle import build_day
from kbgen.articles.settings import load_settings
from kbgen.errors import KbgenError
from kbgen.generator.build import BuildRequest, Built, Warm, build, finish
from kbgen.preview.app import SITE_VARIABLE, STATUS_VARIABLE
from kbgen.preview.builder import Builder
from kbgen.preview.status import StatusFile
from kbgen.service.server import check_address, run
from kbgen.service.settings import ServiceSettings

TARGET = "kbgen.preview.app:from_workers_environment"


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What to serve, where, and whom to tell how each build went."""

    config_file: Path
    service: ServiceSettings
    today: date | None
    """The day that counts as today; the present one, whenever a build begins, where it is left out."""
    built: Callable[[Built], None]
    failed: Callable[[KbgenError], None]
    warm: Warm = field(default_factory=Warm)
    """What is kept in memory between builds."""

    @property
    def state(self) -> Path:
        """Where the preview keeps what it built, even while the settings cannot be read."""
        return self.config_file.absolute().parent / ".kbgen"

    @property
    def site(self) -> Path:
        """Where the preview's site stands."""
        return self.state / "preview"

    def rebuild(self) -> Built:
        """Build the site from what the files say now."""
        return build(self._request(), self.warm)

    def finish(self) -> None:
        """Bring search up to date, once open pages show what changed."""
        if self.warm.later:
            finish(self._request(), self.warm)

    def _request(self) -> BuildRequest:
        return BuildRequest(
            settings=load_settings(self.config_file),
            site=self.site,
            today=self.today or build_day(),
            vote_service="/",
        )


def serve(preview: Preview) -> None:
    """Serve until interrupted; raises a `KbgenError` when there are no settings or the address is taken.

    Whatever else is wrong, open pages show it until it is mended.
    """
    if not preview.config_file.exists():
        load_settings(preview.config_file)  # says what is missing
    check_address(preview.service.host, preview.service.port)
    status = StatusFile(preview.state / "preview-status.json")
    builder = Builder(
        config_file=preview.config_file,
        rebuild=preview.rebuild,
        built=preview.built,
        failed=preview.failed,
        finish=preview.finish,
        status=status,
        number=status.forget(),
    )
    thread = threading.Thread(target=_build_beside_server, args=(builder,), name="kbgen-builder", daemon=True)
    thread.start()
    try:
        run(
            replace(preview.service, site=str(preview.site)),
            target=TARGET,
            environment={SITE_VARIABLE: str(preview.site), STATUS_VARIABLE: str(status.path)},
        )
    finally:
        builder.stop()
        thread.join(0.3)


def _build_beside_server(builder: Builder) -> None:
    """Build once the server's process is there: a process that is forked while others build may hang."""
    while not multiprocessing.active_children() and not builder.stopped.is_set():
        time.sleep(0.005)
    builder.run()
