"""Health: whether the service is up, whether it can store, and its figures."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kbgen.errors import KbgenError
from kbgen.service.problems import problem
from kbgen.service.tokens import bears_token

if TYPE_CHECKING:
    from kbgen.service.reception import Reception

_LOOPBACK = frozenset({"127.0.0.1", "::1", ""})


async def healthz(request: Request) -> Response:
    """Say that the service is up."""
    if not request.app.state.reception.writer.alive:
        return problem(503, "votes cannot be stored")
    if (outbox := request.app.state.outbox) and not outbox.alive:
        return problem(503, "messages cannot be handed over")
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Say that something can be stored, after storing something, and that no fault was found in what is."""
    reception: Reception = request.app.state.reception
    try:
        await asyncio.wait_for(reception.writer.save(), 5)
    except (KbgenError, TimeoutError):
        return problem(503, "nothing can be stored now", {"Retry-After": "5"})
    if reception.faults:
        return problem(503, f"the database has faults: {reception.faults[0]}")
    return JSONResponse({"status": "ready"})


async def metrics(request: Request) -> Response:
    """The figures, for who bears a token of reports, or asks from this very machine."""
    reception: Reception = request.app.state.reception
    direct = not {"x-forwarded-for", "forwarded", "x-real-ip", "via"} & set(request.headers)
    here = direct and (request.client.host if request.client else "") in _LOOPBACK
    if not here and not bears_token(request):
        return problem(401, "figures need a token", {"WWW-Authenticate": 'Bearer realm="kbgen"'})
    reception.figures.waiting.set(reception.writer.waiting)
    if outbox := request.app.state.outbox:
        reception.figures.tell_of_messages(outbox.figures())
    return reception.figures.response()
