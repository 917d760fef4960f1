"""Routes: what the service answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kbgen.errors import KbgenError
from kbgen.feedback.vote import read_vote
from kbgen.service.problems import on_kbgen_error, problem

if TYPE_CHECKING:
    from kbgen.service.settings import ServiceSettings
    from kbgen.service.writer import Writer

LARGEST_BODY = 16 * 1024
"""Bytes: a thousand emoji in a comment, written as JSON escapes, take twelve thousand."""

JSON_TYPES = frozenset({"application/json", "text/plain"})
FORM_TYPE = "application/x-www-form-urlencoded"


async def healthz(request: Request) -> Response:
    """Say that the service is up and can store votes."""
    if not request.app.state.writer.alive:
        return problem(503, "votes cannot be stored")
    return JSONResponse({"status": "ok"})


async def take_vote(request: Request) -> Response:
    """Store a vote and say so: 202 to a script, 303 back to the article to a plain form."""
    settings: ServiceSettings = request.app.state.settings
    origin = request.headers.get("origin", "")
    site = settings.site_of(origin, request.headers.get("referer", ""))
    if site is None:
        return problem(403, f"the origin '{origin[:100]}' is not one of this service's help centres")
    allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    if request.method == "OPTIONS":
        preflight = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Content-Type"}
        return Response(status_code=204, headers={**allowed, **preflight, "Access-Control-Max-Age": "86400"})
    try:
        response = await _answer(request, site)
    except KbgenError as error:
        response = await on_kbgen_error(request, error)
    response.headers.update(allowed)
    return response


async def _answer(request: Request, site: str) -> Response:
    body = await _body(request)
    if body is None:
        return problem(413, f"a vote has at most {LARGEST_BODY} bytes")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    writer: Writer = request.app.state.writer
    try:
        if kind in JSON_TYPES:
            await writer.save(read_vote(_json(body)))
            return JSONResponse({"status": "recorded"}, 202)
        if kind == FORM_TYPE:
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            back = f"{site}/{_page(form.pop('page', ''))}#vote-thanks"
            await writer.save(read_vote(_from_form(form)))
            return RedirectResponse(back, 303)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return problem(400, "the body cannot be read")
    return problem(415, f"send application/json or {FORM_TYPE}")


async def _body(request: Request) -> bytes | None:
    """The body, or `None` where it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return body


def _json(body: bytes) -> dict[str, object]:
    data = msgspec.json.decode(body)
    if not isinstance(data, dict):
        raise KbgenError("a vote is a JSON object")
    return data


def _from_form(form: dict[str, str]) -> dict[str, object]:
    """A form's fields as a vote: empty ones are left out, and each send counts as a vote of its own."""
    helpful = {"true": True, "false": False}.get(form.get("helpful", ""), "")
    filled: dict[str, object] = {name: value for name, value in form.items() if value}
    if helpful is True:
        filled.pop("reason", None)
        filled.pop("comment", None)
    return {"id": str(uuid.uuid4()), **filled, "helpful": helpful}


def _page(path: str) -> str:
    """The path of a page below the help centre's address; anything that could lead elsewhere is refused."""
    if path.startswith(("/", "\\")) or ":" in path or ".." in path.split("/") or not path.isprintable() or "\\" in path:
        raise KbgenError("'page' is not a page of the help centre")
    return path
