"""The preview's application: the vote service, the events, and every other address from the built site."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

from starlette.applications import Starlette
from starlette.routing import Route

from kbgen.preview.events import Events
from kbgen.preview.script import read_scripts
from kbgen.preview.static import Site
from kbgen.preview.status import StatusFile
from kbgen.service.app import create_app
from kbgen.service.settings import from_environment

SITE_VARIABLE = "KBGEN_PREVIEW_SITE"
STATUS_VARIABLE = "KBGEN_PREVIEW_STATUS"


def from_workers_environment() -> Starlette:
    """The application as the server's process makes it."""
    app = create_app(from_environment(os.environ))
    events = Events(StatusFile(Path(os.environ[STATUS_VARIABLE])))
    scripts = read_scripts()
    site = Site(Path(os.environ[SITE_VARIABLE]), events, scripts)
    app.router.routes += [
        Route("/__kbgen/events", events.stream),
        Route("/__kbgen/status", events.tell),
        Route("/__kbgen/{version}/{name}", scripts.respond),
        Route("/{path:path}", site.respond),
    ]
    _end_with_server(app, events)
    return app


def _end_with_server(app: Starlette, events: Events) -> None:
    """Let the streams end when the server is told to stop: it waits for them before it does."""
    of_service = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        for number in (signal.SIGINT, signal.SIGTERM):
            _also_on(number, events.end)
        async with of_service(app):
            yield

    app.router.lifespan_context = lifespan


def _also_on(number: signal.Signals, call: Callable[[], None]) -> None:
    """Call also this on a signal; the event loop hears of it all the same, through its own pipe."""
    before = signal.getsignal(number)

    def heard(received: int, frame: FrameType | None) -> None:
        call()
        if callable(before):
            before(received, frame)

    signal.signal(number, heard)
