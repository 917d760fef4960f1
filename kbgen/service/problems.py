"""Problems: every error of the service as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from kbgen.errors import KbgenError
from kbgen.feedback.store.interface import StoreError, UnstorableError

if TYPE_CHECKING:
    from starlette.requests import Request


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response that says what is wrong, for programs and people."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status, headers=headers, media_type="application/problem+json")


def recorded() -> Response:
    """The answer to whatever is on disk."""
    return Response(b'{"status":"recorded"}', 202, media_type="application/json")


def as_page(response: Response) -> Response:
    """The same problem as a page, for somebody whose browser sent a form and shows what comes back."""
    detail = json.loads(bytes(response.body))["detail"]
    page = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<title>Not sent yet</title><style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui;"
        f"margin:2rem auto;max-width:36rem;padding:0 1rem}}</style><h1>Not sent yet</h1>"
        f"<p>The service says: {escape(detail)}.</p><p>Go back with your browser. What you wrote is still there.</p>"
    )
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    kept = {name: value for name, value in response.headers.items() if name == "retry-after"}
    return Response(page, response.status_code, headers={**headers, **kept}, media_type="text/html")


async def on_http_exception(request: Request, error: Exception) -> Response:
    """Unknown addresses and methods."""
    del request
    assert isinstance(error, HTTPException)  # noqa: S101 - Starlette registers by type
    return problem(error.status_code, error.detail, error.headers)


async def on_kbgen_error(request: Request, error: Exception) -> Response:
    """What the sender can mend is 422; a store that cannot write now is 503."""
    del request
    if isinstance(error, StoreError) and not isinstance(error, UnstorableError):
        return problem(503, "this could not be stored now; send it again later", {"Retry-After": "30"})
    detail = error.problem if isinstance(error, KbgenError) else str(error)
    if isinstance(error, UnstorableError):
        detail = "this cannot be stored"
    return problem(422, detail)
