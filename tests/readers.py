"""Readers of a help centre, each at an address of their own, who talk to the service in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx2
from starlette.testclient import TestClient

from kbgen.service.app import create_app
from kbgen.service.settings import ServiceSettings

_NUMBERS = count(1)


def an_address() -> str:
    """An address that nobody has had before, in a network that nobody has been in."""
    number = next(_NUMBERS)
    return f"10.{number >> 8 & 255}.{number & 255}.1" if number < 65_536 else f"2001:db8:{number:x}::1"


class Readers(TestClient):
    """Every message comes from another reader, except where its header says from whom."""

    def request(self, method: str, url: Any, **more: Any) -> httpx2.Response:  # noqa: ANN401
        """Send a message."""
        headers = {"X-Forwarded-For": an_address(), **(more.pop("headers", None) or {})}
        return super().request(method, url, headers=headers, **more)


@contextmanager
def readers(**settings: Any) -> Iterator[Readers]:  # noqa: ANN401
    """The readers of a service with these settings, behind one proxy."""
    app = create_app(ServiceSettings(**{"proxies": 1, **settings}))
    with Readers(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
