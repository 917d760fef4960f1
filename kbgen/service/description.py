"""The description: the service's interface as an OpenAPI document."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response


@cache
def description_text() -> bytes:
    """The document, as it is kept beside this module."""
    return (files("kbgen.service") / "openapi.json").read_bytes()


async def description(request: Request) -> Response:
    """Tell programs what they may send here."""
    del request
    return Response(description_text(), media_type="application/json", headers={"Cache-Control": "max-age=3600"})
