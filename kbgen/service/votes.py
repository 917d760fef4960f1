"""Votes: the route that takes them, from scripts and from plain forms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.vote import read_vote
from kbgen.service.body import FORM_TYPE, JSON_TYPES, media_type, read_body, read_form, read_json
from kbgen.service.problems import problem, recorded
from kbgen.service.visitor import visitor_of

if TYPE_CHECKING:
    from kbgen.service.reception import Reception

_BESIDE = ("website", "seconds")
"""Fields that say how a vote was made, and are not part of it."""


async def take_vote(request: Request, site: str) -> Response:
    """Store a vote and say so: 202 to a script, 303 back to the article to a plain form."""
    body, kind = await read_body(request), media_type(request)
    if kind in JSON_TYPES:
        await _cast(request, site, read_json(body))
        return recorded()
    if kind == FORM_TYPE:
        form = read_form(body)
        back = f"{site}/{read_page(form.pop('page', ''))}#vote-thanks"
        await _cast(request, site, _from_form(form))
        return RedirectResponse(back, 303)
    return problem(415, f"send application/json or {FORM_TYPE}")


async def _cast(request: Request, site: str, data: dict[str, object]) -> None:
    reception: Reception = request.app.state.reception
    visitor = visitor_of(request, reception.settings.proxies)
    reception.admit(visitor, str(data.get("article"))[:300])
    beside = {name: data.pop(name, None) for name in _BESIDE}
    vote = read_vote(data)
    today = reception.today()
    digest = visitor.digest(await reception.salts.of(today), today, site, vote)
    held = reception.suspicions.of(
        vote,
        digest,
        around=visitor.neighbourhood,
        website=str(beside["website"] or ""),
        seconds=read_seconds(beside["seconds"]),
    )
    held = held or reception.unknown(vote.article)
    await reception.writer.save(Ballot(vote=vote, day=today, visitor=digest, held=held))
    reception.figures.votes.labels("held" if held else "counted").inc()


def read_seconds(value: object) -> float | None:
    """How long the page was open, where the sender says it in numbers."""
    try:
        return float(str(value))
    except ValueError:
        return None


def _from_form(form: Mapping[str, str]) -> dict[str, object]:
    """A form's fields as a vote: empty ones are left out, and each send counts as a vote of its own."""
    helpful = {"true": True, "false": False}.get(form.get("helpful", ""), "")
    filled: dict[str, object] = {name: value for name, value in form.items() if value}
    if helpful is True:
        filled.pop("reason", None)
        filled.pop("comment", None)
    return {"id": str(uuid.uuid4()), **filled, "helpful": helpful}


def read_page(path: str) -> str:
    """The path of a page below the help centre's address; anything that could lead elsewhere is refused."""
    if path.startswith(("/", "\\")) or ":" in path or ".." in path.split("/") or not path.isprintable() or "\\" in path:
        raise KbgenError("'page' is not a page of the help centre")
    return path
