"""The application: routes of the service, as data."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from kbgen.errors import KbgenError
from kbgen.feedback.store.table import open_store
from kbgen.service import problems
from kbgen.service.contact import open_outbox, take_contact
from kbgen.service.description import description
from kbgen.service.figures import Figures, Measured
from kbgen.service.health import healthz, metrics, readyz
from kbgen.service.log import log_in_json
from kbgen.service.permission import permitted
from kbgen.service.reception import Reception, Today, utc_today
from kbgen.service.reports import report
from kbgen.service.searches import take_search
from kbgen.service.settings import ServiceSettings, from_environment
from kbgen.service.suggest import Desk, suggest
from kbgen.service.suggestions import Suggestions
from kbgen.service.votes import take_vote
from kbgen.service.writer import Writer

ROUTES = (
    Route("/v1/votes", permitted(take_vote, "POST"), methods=["POST", "OPTIONS"]),
    Route("/v1/searches", permitted(take_search, "POST"), methods=["POST", "OPTIONS"]),
    Route("/v1/contacts", permitted(take_contact, "POST"), methods=["POST", "OPTIONS"]),
    Route("/v1/suggest", permitted(suggest, "GET", programs=True), methods=["GET", "OPTIONS"]),
    Route("/v1/reports/{name}", report, methods=["GET"]),
    Route("/v1/openapi.json", description, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
)


def create_app(settings: ServiceSettings, *, today: Today = utc_today) -> Starlette:
    """The service for one database; the store opens when the server starts and closes when it stops."""
    figures = Figures()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        reception = open_reception(settings, figures, today)
        outbox = open_outbox(
            reception.store, to=settings.contact_to, reply=settings.contact_reply, site=settings.address
        )
        desk = Desk(Suggestions(site=Path(settings.site))) if settings.site else None
        app.state.reception, app.state.desk, app.state.outbox = reception, desk, outbox
        house = asyncio.create_task(reception.keep_house())
        try:
            yield
        finally:
            house.cancel()
            await asyncio.gather(house, return_exceptions=True)
            for part in (outbox, desk, reception.writer):
                if part:
                    await asyncio.to_thread(part.close)

    app = Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(Measured, figures)],
        exception_handlers={
            HTTPException: problems.on_http_exception,
            KbgenError: problems.on_kbgen_error,
        },
        lifespan=lifespan,
    )
    app.state.settings = settings
    return app


def open_reception(settings: ServiceSettings, figures: Figures, today: Today) -> Reception:
    """The reception for one database."""
    store = open_store(settings.database)
    stored = {True: figures.commits, False: figures.failed_commits}
    writer = Writer(store, today, lambda done: stored[done].inc())
    return Reception(settings=settings, store=store, writer=writer, figures=figures, today=today)


def from_workers_environment() -> Starlette:
    """The application as a worker process of the server makes it."""
    log_in_json()
    return create_app(from_environment(os.environ))
