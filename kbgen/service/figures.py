"""Figures: what the service tells a monitor about itself, without a word about anybody who used it."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response

from kbgen.service.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("kbgen.service")

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Figures:
    """The figures of one service."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "kbgen_requests", "Requests by route and status.", ("route", "status"), registry=registry
        )
        self._known: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self.seconds = Histogram(
            "kbgen_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=registry
        )
        self.votes = Counter("kbgen_votes", "Votes stored, counted or held back.", ("state",), registry=registry)
        self.refused = Counter("kbgen_refused", "Messages that came too often.", registry=registry)
        self.commits = Counter("kbgen_commits", "Groups stored.", registry=registry)
        self.failed_commits = Counter("kbgen_failed_commits", "Groups that could not be stored.", registry=registry)
        self.faults = Gauge(
            "kbgen_store_faults", "Faults that the last check of the database found.", registry=registry
        )
        self.checked = Gauge(
            "kbgen_store_checked", "1 when the database was checked since the start.", registry=registry
        )
        self.waiting = Gauge("kbgen_waiting", "What waits to be stored.", registry=registry)
        self.messages = Gauge(
            "kbgen_messages", "Messages to people, by how far they have come.", ("state",), registry=registry
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        if (route, status) not in self._known:
            self._known[route, status] = self.requests.labels(route, str(status)), self.seconds.labels(route)
        requests, took = self._known[route, status]
        requests.inc()
        took.observe(seconds)

    def tell_of_messages(self, counts: Mapping[str, int]) -> None:
        """Take over what the outbox says of itself."""
        for state, count in counts.items():
            self.messages.labels(state).set(count)

    def response(self) -> Response:
        """All of them, in the text format of Prometheus."""
        return Response(generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


class Measured:
    """Counts and times what an application answers, by route."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        """Stand before an application."""
        self._app, self._figures = app, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:
            log.exception("a request could not be answered")
            await problem(500, "something went wrong here; the fault has been logged")(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._figures.answered(route, status, time.perf_counter() - began)
