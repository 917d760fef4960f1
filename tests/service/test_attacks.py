"""The table of attacks: each is tried on the service as it runs, through a real socket where the server decides."""

from __future__ import annotations

import json
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from readers import Readers, readers
from service_process import Service, serving

from kbgen.feedback.store.table import open_store

SITE = "https://help.example.com"
HEADERS = {"Origin": SITE, "Content-Type": "application/json"}


def vote(**changes: object) -> dict[str, object]:
    fields = {"article": "billing/refund.md", "revision": "0123456789abcdef", "helpful": True}
    return {"id": str(uuid.uuid4()), **fields, **changes}


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'votes.sqlite'}"


@pytest.fixture
def client(database: str) -> Iterator[Readers]:
    with readers(database=database, origins=(SITE,)) as client:
        yield client


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service in a process of its own."""
    with serving(tmp_path_factory.mktemp("attacked"), "--origin", SITE) as running:
        yield running


def counted(database: str) -> int:
    with closing(open_store(database)) as store:
        return sum(tally.n for tally in store.tallies())


@pytest.mark.parametrize(
    "article",
    [
        "../../etc/passwd.md",
        "/etc/passwd.md",
        "a//b.md",
        "a/./b.md",
        "a/../b.md",
        "a\x00.md",
        "a\n.md",
        "a\u202e.md",
        "https://evil.example/a",
        "",
    ],
)
def test_traversal_in_ids(client: Readers, database: str, article: str) -> None:
    """An article is a path below content/, and nothing that leads elsewhere."""
    assert client.post("/v1/votes", json=vote(article=article), headers=HEADERS).status_code == 422
    assert counted(database) == 0


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://help.example.com.evil.example", "", None])
@pytest.mark.parametrize("path", ["/v1/votes", "/v1/searches", "/v1/contacts"])
def test_cross_site_requests(client: Readers, path: str, origin: str | None) -> None:
    """Another page's form or script is refused by its origin; there is no cookie that it could ride on."""
    headers = {"Content-Type": "application/json", **({} if origin is None else {"Origin": origin})}
    answer = client.post(path, content=json.dumps(vote()), headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


def test_forged_forwarding_headers(tmp_path: Path) -> None:
    """Without a proxy of ours, claims about the address make no second reader."""
    database = f"sqlite:///{tmp_path / 'v.sqlite'}"
    with readers(database=database, origins=(SITE,), proxies=0) as client:
        for number in range(20):
            claims = dict.fromkeys(("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"), f"203.0.113.{number}")
            client.post("/v1/votes", json=vote(), headers={**HEADERS, **claims, "User-Agent": "x"})
    assert counted(database) == 1


def test_forged_forwarding_headers_behind_our_proxy(client: Readers, database: str) -> None:
    """What the reader wrote before our proxy's own entry makes no second reader either."""
    for number in range(20):
        headers = {**HEADERS, "X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7", "User-Agent": "x"}
        client.post("/v1/votes", json=vote(), headers=headers)
    assert counted(database) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"id": ' + b"9" * 20_000 + b"}", 413),
        (b"[" * 5000, 400),
        (b'{"a":' * 3000, 400),
        (b"\xff\xfe{}", 400),
        (b'{"comment": "\xed\xa0\x80"}', 400),
        (b"{", 400),
        (b"", 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"vote"', 422),
        (b'{"id": NaN}', 400),
        (b'{"id": 1e999}', 400),
    ],
)
def test_bodies_that_are_no_vote(client: Readers, database: str, body: bytes, status: int) -> None:
    """Oversize, depth, invalid UTF-8, lone surrogates and other types: a problem each, and nothing stored."""
    answer = client.post("/v1/votes", content=body, headers=HEADERS)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert counted(database) == 0


@pytest.mark.parametrize("field", ["id", "article", "revision", "helpful", "reason", "comment", "section", "query"])
@pytest.mark.parametrize("value", [0, -1, 1.5, [], {}, [1], {"a": 1}, "\x00", "x" * 3000])
def test_wrong_types(client: Readers, database: str, field: str, value: object) -> None:
    """Each field is checked for what it is; a NUL byte in a comment is taken out."""
    reason = {"reason": "not-what-i-looked-for", "helpful": False} if field == "query" else {}
    answer = client.post("/v1/votes", json=vote(**{**reason, field: value}), headers=HEADERS)
    clean = value == "\x00" and field in {"comment", "query"}
    assert answer.status_code == (202 if clean else 422)
    assert counted(database) == int(clean)


def test_replay(client: Readers, database: str) -> None:
    """The same message a hundred times, from wherever, is one vote."""
    message = vote()
    for _ in range(100):
        assert client.post("/v1/votes", json=message, headers=HEADERS).status_code == 202
    assert counted(database) == 1


def test_one_visitor_many_ids(client: Readers, database: str) -> None:
    """New ids make no new reader; whoever sends too much is told when to come back."""
    kim = {**HEADERS, "X-Forwarded-For": "203.0.113.9", "User-Agent": "Firefox"}
    answers = [client.post("/v1/votes", json=vote(helpful=n % 2 == 0), headers=kim) for n in range(100)]
    assert counted(database) == 1
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 30 <= len(refused) <= 40
    assert 1 <= int(refused[0].headers["retry-after"]) <= 60
    assert refused[0].headers["access-control-allow-origin"] == SITE


def test_one_address_many_browsers(client: Readers, database: str) -> None:
    """A new name of the browser and a new article each time make many votes, but no more than an address may send."""
    statuses = []
    for number in range(200):
        headers = {**HEADERS, "X-Forwarded-For": "203.0.113.9", "User-Agent": str(number)}
        statuses.append(client.post("/v1/votes", json=vote(article=f"{number}.md"), headers=headers).status_code)
    assert 60 <= statuses.count(429) <= 80
    assert counted(database) == statuses.count(202)


def test_votes_on_articles_that_there_are_not(tmp_path: Path) -> None:
    """With the site at hand such a vote is held, so that no made-up path reaches a report."""
    database, site = f"sqlite:///{tmp_path / 'v.sqlite'}", tmp_path / "site"
    for page in ("billing/refund/index.html", "billing/index.html", "flat.html"):
        (site / page).parent.mkdir(parents=True, exist_ok=True)
        (site / page).write_text("Refund")
    with readers(database=database, origins=(SITE,), site=str(site)) as client:
        for article in ("billing/refund.md", "billing/index.md", "flat.md", "billing/invented.md"):
            assert client.post("/v1/votes", json=vote(article=article), headers=HEADERS).status_code == 202
    with closing(open_store(database)) as store:
        assert [ballot.held for ballot in store.ballots()] == ["", "", "", "unknown article"]


def test_few_signs_that_stand_for_many(client: Readers) -> None:
    """A search of signs that grow in the compatibility form is read at once."""
    began = time.perf_counter()
    fields = {"helpful": False, "reason": "not-what-i-looked-for", "query": "\ufdfa" * 500}
    for _ in range(20):
        assert client.post("/v1/votes", json=vote(**fields), headers=HEADERS).status_code == 202
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("path", ["/v1/votes", "/v1/contacts"])
def test_a_plain_form_with_a_mistake_leads_to_a_page(client: Readers, path: str) -> None:
    """Somebody without JavaScript reads what is wrong, and that nothing is gone; what they wrote is no markup."""
    form = {**{name: str(value) for name, value in vote().items()}, "reason": "<b>", "helpful": "false", "page": "a/"}
    answer = client.post(path, data=form, headers={"Origin": SITE, "Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (
        422 if "votes" in path else 404,
        "text/html",
    )
    assert "Go back with your browser" in answer.text
    assert "<b>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_stored_markup(client: Readers, database: str) -> None:
    """A comment is kept as it was written; who shows it escapes it, as the reports do."""
    client.post("/v1/votes", json=vote(comment="<img src=x onerror=alert(1)>"), headers=HEADERS)
    with closing(open_store(database)) as store:
        assert store.comments()[0].text == "<img src=x onerror=alert(1)>"


def raw(service: Service, data: bytes) -> bytes:
    """What the server answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as connection:
        connection.sendall(data)
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
            if b"\r\n\r\n" in answer and b"Content-Length: 0" not in answer:
                break
    return answer


BODY = json.dumps(vote()).encode()
HEAD = b"POST /v1/votes HTTP/1.1\r\nHost: x\r\nOrigin: https://help.example.com\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nPOST /v1/votes HTTP/1.1\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 0x10\r\n\r\n",
        HEAD + b"Transfer-Encoding: xchunked\r\n\r\n",
        HEAD + b"X-A: b\r\n\x00: c\r\n\r\n",
        b"POST /v1/votes HTTP/1.1\r\nHost : x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_smuggled_requests(service: Service, data: bytes) -> None:
    """A request whose length can be read in two ways is refused, so that no second one hides in it."""
    answer = raw(service, data)
    assert b" 202 " not in answer
    assert answer.count(b"HTTP/1.1 ") <= 1


def test_headers_beyond_measure(service: Service) -> None:
    """Two hundred kilobytes of headers are refused by the server itself."""
    answer = raw(service, HEAD + b"X-Big: " + b"a" * 200_000 + b"\r\n\r\n")
    assert answer.split(b" ")[1:2] in ([b"431"], [b"400"], [])


def test_a_chunked_megabyte(service: Service) -> None:
    """A body without a length is read up to the limit and no further."""
    chunk = b"%x\r\n%s\r\n" % (8192, b"a" * 8192)
    answer = raw(service, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 3)
    assert b" 413 " in answer


def test_the_service_is_well_afterwards(service: Service) -> None:
    """After all that a vote is taken."""
    head = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY)
    assert b" 202 " in raw(service, head + BODY)
