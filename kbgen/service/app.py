"""The application: routes of the service, as data."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from kbgen.errors import KbgenError
from kbgen.feedback.store.table import open_store
from kbgen.service import problems, routes
from kbgen.service.permission import permitted
from kbgen.service.settings import ServiceSettings, from_environment
from kbgen.service.suggest import Desk, suggest
from kbgen.service.suggestions import Suggestions
from kbgen.service.writer import Writer


def create_app(settings: ServiceSettings) -> Starlette:
    """The service for one database; the store opens when the server starts and closes when it stops."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        writer = Writer(open_store(settings.database))
        desk = Desk(Suggestions(site=Path(settings.site))) if settings.site else None
        app.state.writer, app.state.desk = writer, desk
        try:
            yield
        finally:
            await asyncio.to_thread(writer.close)
            if desk:
                desk.close()

    app = Starlette(
        routes=[
            Route("/v1/votes", permitted(routes.take_vote, "POST"), methods=["POST", "OPTIONS"]),
            Route("/v1/searches", permitted(routes.take_search, "POST"), methods=["POST", "OPTIONS"]),
            Route("/v1/suggest", permitted(suggest, "GET", programs=True), methods=["GET", "OPTIONS"]),
            Route("/healthz", routes.healthz, methods=["GET"]),
        ],
        exception_handlers={
            HTTPException: problems.on_http_exception,
            KbgenError: problems.on_kbgen_error,
            Exception: problems.on_unexpected,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app


def from_workers_environment() -> Starlette:
    """The application as a worker process of the server makes it."""
    return create_app(from_environment(os.environ))
