"""The OpenAPI document says what the service does: generated requests, and the routes themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from readers import Readers, an_address, readers
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from service_process import Service, serving

from kbgen.feedback.token import digest_of
from kbgen.service.app import ROUTES
from kbgen.service.description import description_text

TOKEN = "kbgen_token"  # noqa: S105 - opens nothing
ORIGIN = "https://help.example.com"
SCHEMA = schemathesis.openapi.from_dict(json.loads(description_text()))
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("described")
    options = ("--origin", ORIGIN, "--proxies", "1", "--report-token", digest_of(TOKEN))
    with serving(folder, *options, "--contact-to", (folder / "spool").as_uri()) as running:
        yield running


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    database = f"sqlite:///{tmp_path_factory.mktemp('openapi') / 'votes.sqlite'}"
    spool = tmp_path_factory.mktemp("spool").as_uri()
    with readers(database=database, origins=(ORIGIN,), report_tokens=(digest_of(TOKEN),), contact_to=spool) as client:
        yield client


def test_every_route_is_described() -> None:
    """The document has the routes of the service, and no other, with their methods."""
    paths = json.loads(description_text())["paths"]
    described = {(path, method.upper()) for path, methods in paths.items() for method in methods}
    assert described == {(r.path, m) for r in ROUTES for m in r.methods or () if m not in {"OPTIONS", "HEAD"}}


def test_the_document_is_served(client: Readers) -> None:
    """A program finds it at the service."""
    assert client.get("/v1/openapi.json").json()["openapi"] == "3.1.0"


def test_a_vote_as_the_document_says_it(client: Readers) -> None:
    """Its own example of a vote is taken."""
    vote = {"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "article": "a.md", "revision": "0" * 16, "helpful": None}
    assert client.post("/v1/votes", json=vote, headers={"Origin": ORIGIN}).status_code == 202


def sent(service: Service, session: requests.Session, case: schemathesis.Case) -> None:
    """Send a generated request, each from an address of its own, and check the answer."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Origin": ORIGIN, "X-Forwarded-For": an_address()}
    response = case.call(session=session, base_url=f"http://127.0.0.1:{service.port}", headers=headers)
    case.validate_response(response, checks=CHECKS)
    if response.status_code >= 400:
        assert response.headers["content-type"][0] == "application/problem+json"
        assert response.json()["status"] == response.status_code


QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
LONG = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


@SCHEMA.parametrize()
@QUICK
def test_generated_requests(service: Service, session: requests.Session, case: schemathesis.Case) -> None:
    """Whatever is sent, the answer is one that the document describes, and each error a problem."""
    sent(service, session, case)


@pytest.mark.slow
@SCHEMA.parametrize()
@LONG
def test_many_generated_requests(service: Service, session: requests.Session, case: schemathesis.Case) -> None:
    """The same, 400 times for each route."""
    sent(service, session, case)


def test_paths_that_are_none(client: Readers) -> None:
    """Unknown addresses and methods are problems, too."""
    for method, path in (("GET", "/v1/votes"), ("DELETE", "/healthz"), ("GET", "/v2"), ("GET", "/%00"), ("GET", "//")):
        answer = client.request(method, path)
        assert answer.headers["content-type"] == "application/problem+json", path
        assert Path(path).name or answer.status_code == 404
