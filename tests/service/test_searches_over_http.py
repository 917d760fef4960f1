"""`POST /v1/searches`: what it counts, and what it takes out first."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from readers import readers
from starlette.testclient import TestClient

from kbgen.feedback.missed import SearchCount
from kbgen.feedback.store.table import open_store

HEADERS = {"Origin": "https://help.example.com"}
CANARIES = [
    "ottoline.quill@canary.example",
    "ottoline.quill+CANARY@shop.example",
    "ottoline (at) canary (dot) example",
    "ottoline at canary dot example",
    "@canary_quill",
    "+49 30 90182177",
    "(020) 7946 0177",
    "+1 415-555-2677",
    "0171/5550177",
    "4111 1111 1111 1111",
    "5555-5555-5555-4444",
    "DE89 3704 0044 0532 0130 00",
    "GB29NWBK60161331926819",
    "203.0.113.177",
    "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    "00:1A:2B:3C:4D:5E",
    "550e8400-e29b-41d4-a716-446655440000",
    "eyJhbGciOiJIUzI1.eyJzdWIiOiIx.canarysignature",
    "sk_live_canary4eC39HqLyjWDarjtT1",
    "ghp_canary42f292c6912E7710c838347Ae17",
    "AKIAIOSFODNN7CANARY",
    "password: canaryhunter2",
    "bearer canarytoken",
    "https://shop.canary.example/u/canarylink",
    "canary.example/reset?code=canarycode",
    "order number: 77123",
    "INV-20267712",
    "Kundennummer 77124",
    "123-45-6789",
    "C01X00T47",
    "17.05.1984",
    "17 Canaryfield Street",
    "Kanarienstraße 17",
    "my name is Ottoline Quillfeather",
]
TRACES = [
    *("canary ottoline quill kanarien 9018 7946 2677 555 4111 5555 3704 0532 nwbk 203.0.113 85a3 2b:3c e29b".split()),
    *("4ec39 42f292 iosfodnn hunter2 7712 6789 00t47 1984 jbsw".split()),
]
CHANCE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=[0-9a-f])555|555(?=[0-9a-f])")
"""What holds digits by chance: ids of searches, and digests, in which three digits soon stand."""


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'votes.sqlite'}"


@pytest.fixture
def client(database: str) -> Iterator[TestClient]:
    with readers(database=database, origins=("https://help.example.com",)) as client:
        yield client


def search(**changes: object) -> dict[str, object]:
    return {"query": "reset password", "lang": "en", "results": 3, "clicked": True, "contacted": False, **changes}


def counted(database: str) -> list[SearchCount]:
    store = open_store(database)
    counts = store.searches(datetime.now(UTC).date())
    store.close()
    return counts


def test_a_search_is_counted_when_202_arrives(client: TestClient, database: str) -> None:
    """Another connection reads the count at once; a second search of the same words counts with it."""
    for query in ("Reset password?", "reset  PASSWORD"):
        answer = client.post("/v1/searches", json=search(query=query, results=0), headers=HEADERS)
        assert (answer.status_code, answer.json()) == (202, {"status": "recorded"})
    assert counted(database) == [SearchCount(lang="en", query="reset password", n=2, empty=2, unclicked=0, contacted=0)]


def test_a_beacon_is_taken(client: TestClient, database: str) -> None:
    """Browsers send text/plain when a page is left."""
    body = json.dumps(search(clicked=False, contacted=True))
    headers = {**HEADERS, "Content-Type": "text/plain;charset=UTF-8"}
    assert client.post("/v1/searches", content=body, headers=headers).status_code == 202
    assert (counted(database)[0].unclicked, counted(database)[0].contacted) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"query": 5}, "query"), ({"lang": "?"}, "lang"), ({"results": "many"}, "results"), ({"who": "me"}, "who")],
)
def test_a_wrong_field_is_422_and_named(
    client: TestClient, database: str, changes: dict[str, object], named: str
) -> None:
    """What the sender can mend is said as problem+json, and nothing is counted."""
    answer = client.post("/v1/searches", json=search(**changes), headers=HEADERS)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert named in answer.json()["detail"]
    assert counted(database) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"query=x&lang=en", "application/x-www-form-urlencoded", 415),
        (b" " * 20_000, "application/json", 413),
    ],
)
def test_other_bodies_are_refused(client: TestClient, body: bytes, kind: str, status: int) -> None:
    """A search is a small JSON object."""
    headers = {**HEADERS, "Content-Type": kind}
    assert client.post("/v1/searches", content=body, headers=headers).status_code == status


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}])
def test_a_stranger_is_refused(client: TestClient, database: str, origin: dict[str, str]) -> None:
    """Searches from other origins, or from none, are 403."""
    assert client.post("/v1/searches", json=search(), headers=origin).status_code == 403
    assert counted(database) == []


def test_no_canary_reaches_database_or_log(
    client: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Personal data of thirty kinds and more, planted into searches, is nowhere afterwards; the words beside it are."""
    caplog.set_level(logging.DEBUG)
    for number, canary in enumerate(CANARIES):
        for query in (canary, f"hamster {canary}", f"{canary} zebra"):
            headers = {
                **HEADERS,
                "User-Agent": "Canary/7",
                "X-Forwarded-For": f"203.0.113.{number}",
                "Referer": "https://canary",
            }
            answer = client.post("/v1/searches", json=search(query=query), headers=headers)
            assert answer.status_code == 202
            refused = client.post("/v1/searches", json=search(query=query, results=-1), headers=headers)
            assert canary not in refused.text
    printed = capfd.readouterr()
    files = {file.name: file.read_bytes().decode("utf-8", "replace") for file in tmp_path.iterdir()}
    assert "hamster" in "".join(files.values())
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("kbgen"))
    for name, text in {**files, "log": logged, "out": printed.out, "err": printed.err}.items():
        looked_at = CHANCE.sub(" ", text.casefold())
        assert not [trace for trace in TRACES if trace in looked_at], name
