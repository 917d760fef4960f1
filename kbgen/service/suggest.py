"""Suggest: the route that answers a question with articles, for contact forms, agents and widgets in a product."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kbgen.errors import KbgenError
from kbgen.service.problems import problem
from kbgen.service.suggestions import IndexUnreadableError, Suggestions, as_json
from kbgen.service.visitor import visitor_of

if TYPE_CHECKING:
    from kbgen.service.settings import ServiceSettings

T = TypeVar("T")

LONGEST_QUERY = 500
"""Characters of a question that are taken."""
MOST_HITS, USUAL_HITS = 20, 5
MOST_WAITING = 32
"""Questions that wait for an answer; more are asked to come back."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked for."""

    text: str
    lang: str
    limit: int
    typing: bool
    """Whether the last word may go on."""


class BusyError(Exception):
    """Too many questions wait."""


class Desk:
    """One thread that finds suggestions, so that votes need not wait for them."""

    def __init__(self, suggestions: Suggestions) -> None:
        """Open the desk; the thread starts with the first question."""
        self._suggestions = suggestions
        self._pool = ThreadPoolExecutor(1, "kbgen-suggest")
        self._waiting = 0

    async def answer(self, question: Question, address: str) -> dict[str, object]:
        """The answer for programs; raises a `BusyError` where too many wait."""
        return await self._run(lambda: self._found(question, address))

    def close(self) -> None:
        """Let go of the thread."""
        self._pool.shutdown(cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

    def _found(self, question: Question, address: str) -> dict[str, object]:
        language = self._suggestions.language(question.lang)
        found = self._suggestions.find(question.text, language, limit=question.limit, typing=question.typing)
        return as_json(question.text, language, found, address)


async def suggest(request: Request, site: str) -> Response:
    """The articles that answer a question best."""
    del site
    settings: ServiceSettings = request.app.state.settings
    request.app.state.reception.admit_question(visitor_of(request, settings.proxies))
    desk: Desk | None = request.app.state.desk
    if desk is None:
        return problem(404, "this service does not know the site; start it with --site or KBGEN_SITE")
    try:
        answer = await desk.answer(read_question(request.query_params), settings.address)
    except BusyError:
        return problem(503, "too many questions wait; ask again in a moment", {"Retry-After": "1"})
    except IndexUnreadableError as error:
        return problem(503, error.problem, {"Retry-After": "5"})
    return JSONResponse(answer, headers={"Cache-Control": "private, max-age=60"})


def read_question(fields: Mapping[str, str]) -> Question:
    """The question in an address; raises a `KbgenError` that names the field that is wrong."""
    text = fields.get("q")
    if text is None:
        raise KbgenError("'q' is missing: say what to look for, as in ?q=change+password")
    if len(text) > LONGEST_QUERY:
        raise KbgenError(f"'q' has more than {LONGEST_QUERY} characters")
    limit = fields.get("limit", str(USUAL_HITS))
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= MOST_HITS):
        raise KbgenError(f"'limit' is not a number from 1 to {MOST_HITS}")
    typing = fields.get("typing", "false")
    if typing not in {"true", "false"}:
        raise KbgenError("'typing' is not true or false")
    lang = fields.get("lang", "")
    if len(lang) > 20:
        raise KbgenError("'lang' is not the code of a language, such as 'en'")
    return Question(text=text, lang=lang, limit=int(limit), typing=typing == "true")
