"""The body of a message to the service: read up to a limit, and taken apart by its type."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from kbgen.errors import KbgenError

LARGEST = 16 * 1024
"""Bytes: a thousand emoji in a comment, written as JSON escapes, take twelve thousand."""

PATIENCE = 5.0
"""Seconds in which a body has to arrive."""

JSON_TYPES = frozenset({"application/json", "text/plain"})
FORM_TYPE = "application/x-www-form-urlencoded"


class UnreadableBodyError(Exception):
    """A body that no message can be read from; `status` is the HTTP status that says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep both for the answer."""
        super().__init__(detail)
        self.status, self.detail = status, detail


async def read_body(request: Request, largest: int = LARGEST) -> bytes:
    """The body; raises an `UnreadableBodyError` where it is too long, or takes too long to come."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(request, largest)
    except TimeoutError as error:
        raise UnreadableBodyError(408, f"a message has to arrive within {PATIENCE:.0f} seconds") from error
    except ClientDisconnect as error:
        raise UnreadableBodyError(400, "the connection ended before the message did") from error


async def _read(request: Request, largest: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise UnreadableBodyError(413, f"a message has at most {largest} bytes")
    return body


def media_type(request: Request) -> str:
    """The type of the body, without its parameters."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


def read_json(body: bytes) -> dict[str, object]:
    """The JSON object in a body."""
    try:
        data = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableBodyError(400, "the body cannot be read") from error
    if not isinstance(data, dict):
        raise KbgenError("a message is a JSON object")
    return data


def read_form(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=50))
    except ValueError as error:
        raise UnreadableBodyError(400, "the body cannot be read") from error
