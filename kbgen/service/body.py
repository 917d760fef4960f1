"""The body of a message to the service: read up to a limit, and taken apart by its type."""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec
from starlette.requests import Request

from kbgen.errors import KbgenError

LARGEST = 16 * 1024
"""Bytes: a thousand emoji in a comment, written as JSON escapes, take twelve thousand."""

JSON_TYPES = frozenset({"application/json", "text/plain"})
FORM_TYPE = "application/x-www-form-urlencoded"


class UnreadableBodyError(Exception):
    """A body that no message can be read from; `status` is the HTTP status that says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep both for the answer."""
        super().__init__(detail)
        self.status, self.detail = status, detail


async def read_body(request: Request) -> bytes:
    """The body; raises an `UnreadableBodyError` where it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise UnreadableBodyError(413, f"a message has at most {LARGEST} bytes")
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
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError as error:
        raise UnreadableBodyError(400, "the body cannot be read") from error
