"""Permission: which pages may talk to the service, and what their browsers are told of it (CORS)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from kbgen.errors import KbgenError
from kbgen.service.body import UnreadableBodyError
from kbgen.service.problems import on_kbgen_error, problem
from kbgen.service.reception import TooManyError

if TYPE_CHECKING:
    from kbgen.service.settings import ServiceSettings

Route = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request, str], Awaitable[Response]]
"""Answers a request that comes from the site at an address, `""` where no page sent it."""


def permitted(answer: Answer, method: str, *, programs: bool = False) -> Route:
    """The route for known origins only; with `programs`, also for those who send none, as programs do."""

    async def route(request: Request) -> Response:
        settings: ServiceSettings = request.app.state.settings
        origin = request.headers.get("origin", "")
        site = settings.site_of(origin, request.headers.get("referer", ""))
        if site is None and (origin or not programs):
            return problem(403, f"the origin '{origin[:100]}' is not one of this service's help centres")
        allowed = {"Vary": "Origin", **({"Access-Control-Allow-Origin": origin} if origin else {})}
        if request.method == "OPTIONS":
            preflight = {"Access-Control-Allow-Methods": method, "Access-Control-Allow-Headers": "Content-Type"}
            return Response(status_code=204, headers={**allowed, **preflight, "Access-Control-Max-Age": "86400"})
        response = await _answered(answer, request, site or "")
        response.headers.update(allowed)
        return response

    return route


async def _answered(answer: Answer, request: Request, site: str) -> Response:
    """The answer, or the problem that it met: a page may read both."""
    try:
        return await answer(request, site)
    except KbgenError as error:
        return await on_kbgen_error(request, error)
    except UnreadableBodyError as error:
        return problem(error.status, error.detail)
    except TooManyError as error:
        return problem(429, str(error), {"Retry-After": str(error.seconds)})
