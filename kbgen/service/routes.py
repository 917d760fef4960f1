"""Routes: what the service answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kbgen.errors import KbgenError
from kbgen.feedback.search import read_search
from kbgen.feedback.vote import read_vote
from kbgen.service.body import FORM_TYPE, JSON_TYPES, media_type, read_body, read_form, read_json
from kbgen.service.problems import problem

if TYPE_CHECKING:
    from kbgen.service.writer import Writer


async def healthz(request: Request) -> Response:
    """Say that the service is up and can store votes."""
    if not request.app.state.writer.alive:
        return problem(503, "votes cannot be stored")
    return JSONResponse({"status": "ok"})


async def take_vote(request: Request, site: str) -> Response:
    """Store a vote and say so: 202 to a script, 303 back to the article to a plain form."""
    body, kind = await read_body(request), media_type(request)
    writer: Writer = request.app.state.writer
    if kind in JSON_TYPES:
        await writer.save(read_vote(read_json(body)))
        return JSONResponse({"status": "recorded"}, 202)
    if kind == FORM_TYPE:
        form = read_form(body)
        back = f"{site}/{_page(form.pop('page', ''))}#vote-thanks"
        await writer.save(read_vote(_from_form(form)))
        return RedirectResponse(back, 303)
    return problem(415, f"send application/json or {FORM_TYPE}")


async def take_search(request: Request, site: str) -> Response:
    """Count a search, after personal data was taken out of it, and say so."""
    del site
    body = await read_body(request)
    if media_type(request) not in JSON_TYPES:
        return problem(415, "send application/json")
    writer: Writer = request.app.state.writer
    await writer.save(read_search(read_json(body)))
    return JSONResponse({"status": "recorded"}, 202)


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
