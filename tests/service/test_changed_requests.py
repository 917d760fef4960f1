"""Requests that were right before something in them was changed: no answer is a fault of the service."""

from __future__ import annotations

import json
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from readers import an_address
from service_process import serving

from kbgen.feedback.token import digest_of

pytestmark = pytest.mark.slow

TIMES = 50_000
TOKEN = "kbgen_token"  # noqa: S105 - opens nothing
ORIGIN = "https://help.example.com"

VOTE = {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "article": "a.md", "revision": "0" * 16, "helpful": False}
BODIES = {
    "/v1/votes": {**VOTE, "reason": "unclear", "comment": "The button is gone.", "section": "steps", "query": "button"},
    "/v1/searches": {"id": VOTE["id"], "query": "refund", "results": 3, "opened": "a.md"},
    "/v1/contacts": {"id": VOTE["id"], "email": "a@example.com", "message": "Where is it?", "article": "a.md"},
}
QUERIES = ("/v1/suggest?q=refund&limit=3", "/v1/reports/articles?format=json", "/v1/openapi.json", "/healthz")

ODD: tuple[object, ...] = (
    None, True, -1, 1.5, 10**30, float("nan"), "", " ", "\x00", "\ud800", "\u202e", "a" * 5000, "../../etc/passwd",
    "<script>", "=1+1", "'; DROP TABLE vote; --", [], {}, [[[[]]]], {"id": {}}, "é" * 300, "\r\nX: y", "%00",
)  # fmt: skip


def changed_body(random: Random, body: dict[str, object]) -> bytes:
    """A body with something else in it, left out of it, or in its bytes."""
    data = dict(body)
    for _ in range(random.randint(1, 3)):
        name = random.choice([*data, "unknown"])
        if random.random() < 0.3:
            data.pop(name, None)
        else:
            data[name] = random.choice(ODD)
    data.setdefault("id", f"{random.getrandbits(128):032x}")
    raw = bytearray(json.dumps(data if random.random() < 0.95 else random.choice(ODD)).encode())
    if random.random() < 0.3:
        raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw[: random.randrange(len(raw))] if random.random() < 0.1 else raw)


def changed_address(random: Random, address: str) -> str:
    """An address with another end, or with another value in its query."""
    head, equals, _ = address.rpartition("=")
    odd = quote(str(random.choice(ODD)).encode("utf-8", "replace"), safe="")
    return f"{head}={odd}"[:4000] if equals else f"{address}/{odd}"[:4000]


def request(random: Random) -> tuple[str, str, bytes, str]:
    """Method, address, body and type of the next request."""
    types = ("application/json", "text/plain", "application/x-www-form-urlencoded", "x", "")
    if random.random() < 0.75:
        address, body = random.choice(list(BODIES.items()))
        return "POST", address, changed_body(random, body), random.choices(types, (8, 1, 2, 1, 1))[0]
    method = random.choices(("GET", "HEAD", "PUT", "OPTIONS"), (8, 1, 1, 1))[0]
    return method, changed_address(random, random.choice(QUERIES)), b"", ""


def answered(connection: HTTPConnection, asked: tuple[str, str, bytes, str]) -> tuple[int, str]:
    """Status and type of the answer."""
    method, address, body, kind = asked
    headers = {"Authorization": f"Bearer {TOKEN}", "Origin": ORIGIN, "X-Forwarded-For": an_address()}
    connection.request(method, address, body, {**headers, "Content-Type": kind})
    response = connection.getresponse()
    response.read()
    return response.status, response.headers.get("Content-Type") or ""


def test_fifty_thousand_changed_requests(tmp_path: Path) -> None:
    """None is answered by a fault of the service, and each error is a problem."""
    random = Random(6)  # noqa: S311 - the same requests each time
    options = ("--origin", ORIGIN, "--proxies", "1", "--report-token", digest_of(TOKEN))
    wrong: list[tuple[object, int]] = []
    statuses: Counter[int] = Counter()
    with serving(tmp_path, *options, "--contact-to", (tmp_path / "spool").as_uri()) as service:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=30)
        for _ in range(TIMES):
            asked = request(random)
            status, kind = answered(connection, asked)
            statuses[status] += 1
            if status in {413, 415}:
                connection.close()  # its body was not read
            if status >= 500 or (status >= 400 and asked[0] != "HEAD" and kind != "application/problem+json"):
                wrong.append((asked, status))
        connection.close()
    assert not wrong[:5]
    assert statuses[202] > 0, "some of them are right all the same"
    assert sum(statuses.values()) == TIMES
