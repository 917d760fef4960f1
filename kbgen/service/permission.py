"""Permission: which pages may talk to the service, and what their browsers are told of it (CORS)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from kbgen.errors import KbgenError
from kbgen.service.body import FORM_TYPE, UnreadableBodyError, media_type
from kbgen.service.problems import as_page, on_kbgen_error, problem
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
        allowed = {"Vary": "Origin", **(_shared(origin) if origin else {})}
        if request.method == "OPTIONS":
            preflight = {"Access-Control-Allow-Methods": method, "Access-Control-Allow-Headers": "Content-Type"}
            return Response(status_code=204, headers={**allowed, **preflight, "Access-Control-Max-Age": "86400"})
        response = await _answered(answer, request, site or "")
        response.headers.update(allowed)
        return response

    return route


def _shared(origin: str) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After"}


async def _answered(answer: Answer, request: Request, site: str) -> Response:
    """The answer, or the problem that it met: a page may read both, and a person too who sent a plain form."""
    response = await _tried(answer, request, site)
    is_plain_form = media_type(request) == FORM_TYPE and "text/html" in request.headers.get("accept", "")
    return as_page(response) if response.status_code >= 400 and is_plain_form else response


async def _tried(answer: Answer, request: Request, site: str) -> Response:
    try:
        return await answer(request, site)
    except KbgenError as error:
        return await on_kbgen_error(request, error)
    except UnreadableBodyError as error:
        return problem(error.status, error.detail)
    except TooManyError as error:
        return problem(429, str(error), {"Retry-After": str(error.seconds)})
