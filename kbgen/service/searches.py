"""Searches: the route that counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from kbgen.feedback.search import read_search
from kbgen.service.body import JSON_TYPES, media_type, read_body, read_json
from kbgen.service.problems import problem, recorded
from kbgen.service.visitor import visitor_of

if TYPE_CHECKING:
    from kbgen.service.reception import Reception


async def take_search(request: Request, site: str) -> Response:
    """Count a search, after personal data was taken out of it, and say so."""
    del site
    body = await read_body(request)
    if media_type(request) not in JSON_TYPES:
        return problem(415, "send application/json")
    reception: Reception = request.app.state.reception
    reception.admit(visitor_of(request, reception.settings.proxies), "search")
    await reception.writer.save(read_search(read_json(body)))
    return recorded()
