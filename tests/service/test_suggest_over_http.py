"""`GET /v1/suggest`: what it answers, to whom, and what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexes import add_index, an_answer
from starlette.testclient import TestClient

from kbgen.service import suggest
from kbgen.service.app import create_app
from kbgen.service.settings import ServiceSettings
from kbgen.service.suggest import BusyError, Desk, Question
from kbgen.service.suggestions import Suggestions

HELP = "https://help.example.com/docs"
ORIGIN = {"Origin": "https://app.example.com"}
FORGOT = ("forgot my password",)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    entries = [
        an_answer(
            "account/password.md", "Change your password", "Choose a new password.", answers=("forgot my password",)
        ),
        an_answer("billing/invoice.md", "Download an invoice", "The invoice is a PDF."),
        *(an_answer(f"more/{n}.md", f"Settings {n}") for n in range(30)),
    ]
    return add_index(tmp_path / "site", entries)


@pytest.fixture
def client(tmp_path: Path, site: Path) -> Iterator[TestClient]:
    database = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    app = create_app(ServiceSettings(database=database, origins=(HELP, "https://app.example.com"), site=str(site)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_an_answer(client: TestClient) -> None:
    """A hit has what a widget shows: title, whole address, kind, sections, description, and a passage with marks."""
    answer = client.get("/v1/suggest", params={"q": "forgot my pasword", "lang": "en"}, headers=ORIGIN)
    assert answer.status_code == 200
    data = answer.json()
    assert (data["schema_version"], data["query"], data["lang"]) == (1, "forgot my pasword", "en")
    assert data["corrected"] == "forgot my password"
    hit = data["hits"][0]
    assert hit["title"] == "Change your password"
    assert hit["url"] == f"{HELP}/account/password/"
    assert (hit["kind"], hit["trail"], hit["heading"]) == ("how-to", ["Account"], "")
    assert hit["description"] == "About: Change your password"
    assert [piece["text"] for piece in hit["passage"] if piece["marked"]] == ["password"]
    assert "".join(piece["text"] for piece in hit["passage"]) == "About: Change your password"


def test_the_answer_itself_is_said(client: TestClient) -> None:
    """An article whose title or answer phrase is the question is marked as the answer."""
    first = client.get("/v1/suggest?q=forgot my password").json()["hits"][0]
    assert first["instant"] is True
    assert not any(hit["instant"] for hit in client.get("/v1/suggest?q=settings password").json()["hits"])


@pytest.mark.parametrize(("limit", "count"), [("", 5), ("&limit=1", 1), ("&limit=20", 20)])
def test_as_many_as_asked_for(client: TestClient, limit: str, count: int) -> None:
    """Five without a limit, twenty at most."""
    assert len(client.get(f"/v1/suggest?q=settings{limit}").json()["hits"]) == count


def test_nothing_found(client: TestClient) -> None:
    """No words, or words that nobody wrote, have no hits."""
    for query in ("", "%20", "?!", "zzzzzz"):
        answer = client.get(f"/v1/suggest?q={query}")
        assert (answer.status_code, answer.json()["hits"]) == (200, [])


def test_a_word_may_go_on(client: TestClient) -> None:
    """While somebody types, the last word is taken for a beginning."""
    assert client.get("/v1/suggest?q=invoi&typing=true").json()["hits"][0]["title"] == "Download an invoice"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "'q'"),
        ("q=" + "x" * 501, "'q'"),
        ("q=x&limit=0", "'limit'"),
        ("q=x&limit=21", "'limit'"),
        ("q=x&limit=-1", "'limit'"),
        ("q=x&limit=five", "'limit'"),
        ("q=x&limit=", "'limit'"),
        ("q=x&limit=٣", "'limit'"),
        ("q=x&limit=" + "1" * 5000, "'limit'"),
        ("q=x&lang=tlh", "'lang'"),
        ("q=x&lang=" + "e" * 200, "'lang'"),
        ("q=x&lang=../en", "'lang'"),
        ("q=x&typing=maybe", "'typing'"),
    ],
)
def test_a_wrong_field_is_a_problem(client: TestClient, query: str, named: str) -> None:
    """What the sender can mend is 422 as problem+json, and says which field."""
    answer = client.get(f"/v1/suggest?{query}", headers=ORIGIN)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.json()["detail"]
    assert answer.headers["access-control-allow-origin"] == ORIGIN["Origin"]


def test_only_listed_pages_may_read(client: TestClient) -> None:
    """A listed page may read the answer, a stranger gets none; programs send no origin and need no permission."""
    assert client.get("/v1/suggest?q=x", headers=ORIGIN).headers["access-control-allow-origin"] == ORIGIN["Origin"]
    stranger = client.get("/v1/suggest?q=x", headers={"Origin": "https://evil.example"})
    assert (stranger.status_code, "access-control-allow-origin" in stranger.headers) == (403, False)
    program = client.get("/v1/suggest?q=x")
    assert (program.status_code, "access-control-allow-origin" in program.headers) == (200, False)
    assert program.headers["vary"] == "Origin"


def test_a_browser_may_ask_first(client: TestClient) -> None:
    """A preflight names the method."""
    answer = client.options("/v1/suggest", headers=ORIGIN)
    assert (answer.status_code, answer.headers["access-control-allow-methods"]) == (204, "GET")


def test_without_the_site_there_are_no_suggestions(tmp_path: Path) -> None:
    """A service that does not know the site says with which option it would."""
    app = create_app(ServiceSettings(database=f"sqlite:///{tmp_path / 'v.sqlite'}", origins=(HELP,)))
    with TestClient(app) as client:
        answer = client.get("/v1/suggest?q=x")
    assert (answer.status_code, "--site" in answer.json()["detail"]) == (404, True)


def test_a_site_without_its_index_passes(client: TestClient, site: Path) -> None:
    """While the site is not there, the answer says when to come again."""
    (site / "search" / "en.json").unlink()
    answer = client.get("/v1/suggest?q=x&lang=en")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_addresses_stay_below_the_site_where_its_own_is_not_known(tmp_path: Path, site: Path) -> None:
    """Without an origin the address of a hit is relative to the site's root."""
    app = create_app(ServiceSettings(database=f"sqlite:///{tmp_path / 'v.sqlite'}", site=str(site)))
    with TestClient(app) as client:
        assert client.get("/v1/suggest?q=invoice").json()["hits"][0]["url"] == "billing/invoice/"


def test_too_many_questions_are_asked_to_come_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many wait; one more is refused at once, and the desk goes on."""
    monkeypatch.setattr(suggest, "MOST_WAITING", 3)
    desk = Desk(Suggestions(site=site))
    question = Question(text="password", lang="en", limit=5, typing=False)

    async def ask() -> list[object]:
        many = await asyncio.gather(*(desk.answer(question, "") for _ in range(5)), return_exceptions=True)
        return [*many, await desk.answer(question, "")]

    with ThreadPoolExecutor(1) as pool:  # another test's browser may have a loop in this thread
        answers = pool.submit(lambda: asyncio.run(ask())).result(timeout=30)
    desk.close()
    assert [isinstance(answer, BusyError) for answer in answers] == [False, False, False, True, True, False]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "de", "", "e\x00n"]), st.booleans())
def test_no_question_makes_the_service_stumble(client: TestClient, text: str, lang: str, typing: bool) -> None:
    """Whatever is asked, the answer is 200 or 422."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    answer = client.get("/v1/suggest", params={"q": text, "lang": lang, "typing": str(typing).lower()})
    assert answer.status_code in {200, 422}
