"""`POST /v1/contacts`: what it takes, and that a message is on disk before it is acknowledged."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from kbgen.feedback.message import Message
from kbgen.feedback.store.table import open_store
from kbgen.service.app import create_app
from kbgen.service.settings import ServiceSettings

SITE = "https://help.example.com/docs"
HEADERS = {"Origin": "https://help.example.com"}
JSON = {**HEADERS, "Accept": "application/json"}
FORM = {"subject": "Captions", "message": "Nothing opens.", "email": "kim@example.com", "article": "", "website": ""}
REFUSING = "http://127.0.0.1:9/"
"""A webhook that nothing listens on, so that messages stay in the store."""


@contextmanager
def service(folder: Path, to: str) -> Iterator[TestClient]:
    settings = ServiceSettings(database=f"sqlite:///{folder / 'votes.sqlite'}", origins=(SITE,), contact_to=to)
    with TestClient(create_app(settings), raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with service(tmp_path, REFUSING) as client:
        yield client


def stored(folder: Path) -> list[Message]:
    store = open_store(f"sqlite:///{folder / 'votes.sqlite'}")
    messages = store.messages()
    store.close()
    return messages


def test_a_message_is_on_disk_when_202_arrives(client: TestClient, tmp_path: Path) -> None:
    """A script gets 202, and another connection reads the message at once."""
    answer = client.post("/v1/contacts", data=FORM, headers=JSON)
    assert (answer.status_code, answer.json()) == (202, {"status": "recorded"})
    assert answer.headers["access-control-allow-origin"] == "https://help.example.com"
    [message] = stored(tmp_path)
    assert (message.subject, message.message, message.email) == ("Captions", "Nothing opens.", "kim@example.com")


def test_a_plain_form_comes_back_to_the_contact_page(client: TestClient, tmp_path: Path) -> None:
    """Without JavaScript the answer is 303 to the thanks, below the help centre's own address."""
    answer = client.post("/v1/contacts", data=FORM, headers={**HEADERS, "Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SITE}/contact.html#sent")
    assert len(stored(tmp_path)) == 1


def test_json_is_taken_and_an_id_counts_once(client: TestClient, tmp_path: Path) -> None:
    """A program may send an id of its own; the same one again is the same message."""
    message = {"id": str(uuid.uuid4()), "email": "kim@example.com", "message": "Hello"}
    for _ in range(2):
        assert client.post("/v1/contacts", json=message, headers=HEADERS).status_code == 202
    assert [kept.id for kept in stored(tmp_path)] == [message["id"]]


def test_the_longest_message_in_any_script_fits(client: TestClient, tmp_path: Path) -> None:
    """As many characters as the form takes arrive, though each takes nine bytes on the way."""
    answer = client.post("/v1/contacts", data={**FORM, "message": "字" * 10_000}, headers=JSON)
    assert answer.status_code == 202
    assert stored(tmp_path)[0].message == "字" * 10_000


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"email": "kim"}, "'email'"), ({"message": " "}, "'message'"), ({"subject": "x" * 201}, "'subject'")],
)
def test_a_wrong_field_is_422_and_named(
    client: TestClient, tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    """What can be mended is said as problem+json, and nothing is stored."""
    answer = client.post("/v1/contacts", data={**FORM, **changes}, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert named in answer.json()["detail"]
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"message=\xff", "application/x-www-form-urlencoded", 400),
        (b"x", "multipart/form-data", 415),
        (b" " * 140_000, "application/json", 413),
        (urlencode({**FORM, "message": "x" * 200_000}).encode(), "application/x-www-form-urlencoded", 413),
    ],
)
def test_other_bodies_are_refused(client: TestClient, tmp_path: Path, body: bytes, kind: str, status: int) -> None:
    """A message is a form or a JSON object of a limited size."""
    answer = client.post("/v1/contacts", content=body, headers={**JSON, "Content-Type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert stored(tmp_path) == []


def test_a_stranger_is_refused(client: TestClient, tmp_path: Path) -> None:
    """Messages from pages of others are 403."""
    assert client.post("/v1/contacts", data=FORM, headers={"Origin": "https://evil.example"}).status_code == 403
    assert stored(tmp_path) == []


def test_a_service_without_a_way_to_a_person_takes_nothing(tmp_path: Path) -> None:
    """Where nobody would get the message, the reader is not told that somebody has it."""
    with service(tmp_path, "") as client:
        answer = client.post("/v1/contacts", data=FORM, headers=JSON)
    assert answer.status_code == 404
    assert "--contact-to" in answer.json()["detail"]


def test_a_message_of_a_robot_is_held_and_not_refused(client: TestClient, tmp_path: Path) -> None:
    """The robot learns nothing from the answer; the message is kept with a mark."""
    answer = client.post("/v1/contacts", data={**FORM, "website": "https://spam.example"}, headers=JSON)
    assert answer.status_code == 202
    assert stored(tmp_path)[0].held


def test_nothing_personal_is_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither what was written nor the address of who wrote it stands in a log or an answer."""
    caplog.set_level(logging.DEBUG)
    canary = {**FORM, "email": "canary@canary.example", "message": "canary text", "subject": "canary subject"}
    answers = [client.post("/v1/contacts", data=canary | change, headers=JSON) for change in ({}, {"website": "1"})]
    answers.append(client.post("/v1/contacts", data={**canary, "email": "canary@@"}, headers=JSON))
    answers.append(client.post("/v1/contacts", content=json.dumps(canary)[:-1], headers=HEADERS))
    printed = capfd.readouterr()
    logged = [record.getMessage() for record in caplog.records if record.name.startswith("kbgen")]
    assert "canary" not in "".join([*logged, printed.out, printed.err, *(answer.text for answer in answers)])
