"""Problems: every error of the service as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import StoreError

if TYPE_CHECKING:
    from starlette.requests import Request


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response that says what is wrong, for programs and people."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status, headers=headers, media_type="application/problem+json")


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Unknown addresses and methods."""
    del request
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette registers by type
    return problem(error.status_code, error.detail, error.headers)


async def on_kbgen_error(request: Request, error: Exception) -> Response:
    """What the sender can mend is 422; a store that cannot write now is 503."""
    del request
    if isinstance(error, StoreError):
        return problem(503, "this could not be stored now; send it again later", {"Retry-After": "30"})
    detail = error.problem if isinstance(error, KbgenError) else str(error)
    return problem(422, detail)
