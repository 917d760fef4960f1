"""Tokens: which requests bear one that opens the reports."""

from __future__ import annotations

import hmac
from base64 import b64decode
from typing import TYPE_CHECKING

from starlette.requests import Request

from kbgen.feedback.token import digest_of

if TYPE_CHECKING:
    from kbgen.service.settings import ServiceSettings


def bears_token(request: Request) -> bool:
    """Whether a request bears a token that the service knows, as a bearer or as the password of a browser."""
    settings: ServiceSettings = request.app.state.settings
    digest = digest_of(_token(request.headers.get("authorization", "")))
    return any([hmac.compare_digest(digest, known) for known in settings.report_tokens])  # noqa: C419 - looks at all


def _token(header: str) -> str:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(rest.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return ""
