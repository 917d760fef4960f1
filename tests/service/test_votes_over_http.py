"""The service over HTTP: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import uuid
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from ballots import DAY, a_ballot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import readers
from starlette.testclient import TestClient

from kbgen.feedback.store.interface import Received, StoreError
from kbgen.feedback.store.sqlite import SqliteStore
from kbgen.feedback.store.table import open_store
from kbgen.service.writer import Writer

T = TypeVar("T")

SITE = "https://help.example.com/docs"
ORIGIN = {"Origin": "https://help.example.com"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'votes.sqlite'}"


@pytest.fixture
def client(database: str) -> Iterator[TestClient]:
    with readers(database=database, origins=(SITE,)) as client:
        yield client


def vote(**changes: object) -> dict[str, object]:
    return {
        "id": str(uuid.uuid4()),
        "article": "billing/refund.md",
        "revision": "0123456789abcdef",
        "helpful": True,
        **changes,
    }


def stored(database: str) -> list[tuple[str, bool | None, str]]:
    store = open_store(database)
    votes = [(b.vote.article, b.vote.helpful, b.vote.comment) for b in store.ballots()]
    store.close()
    return votes


def test_a_vote_is_on_disk_when_202_arrives(client: TestClient, database: str) -> None:
    """The answer is 202, and another connection reads the vote at once."""
    assert client.post("/v1/votes", json=vote(), headers=ORIGIN).status_code == 202
    assert stored(database) == [("billing/refund.md", True, "")]


def test_the_same_id_counts_once(client: TestClient, database: str) -> None:
    """A repeated message adds its reason and comment to the vote instead of a second vote."""
    first = vote(helpful=False)
    client.post("/v1/votes", json=first, headers=ORIGIN)
    again = {**first, "reason": "unclear", "comment": "Step 3?"}
    assert client.post("/v1/votes", json=again, headers=ORIGIN).status_code == 202
    assert stored(database) == [("billing/refund.md", False, "Step 3?")]


def test_a_vote_can_be_taken_back(client: TestClient, database: str) -> None:
    """`helpful: null` undoes the vote of that id."""
    first = vote()
    client.post("/v1/votes", json=first, headers=ORIGIN)
    client.post("/v1/votes", json={**first, "helpful": None}, headers=ORIGIN)
    assert stored(database) == [("billing/refund.md", None, "")]


def test_a_plain_form_comes_back_to_its_article(client: TestClient, database: str) -> None:
    """Without JavaScript the answer is 303 to the article, below the help centre's own address."""
    form = {**vote(helpful="false"), "page": "billing/refund/", "reason": "", "comment": "Too long"}
    del form["id"]
    answer = client.post("/v1/votes", data=form, headers=ORIGIN)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{SITE}/billing/refund/#vote-thanks"
    assert stored(database) == [("billing/refund.md", False, "Too long")]


@pytest.mark.parametrize(
    "page",
    ["//evil.example", "https://evil.example", "../../x", "\\\\evil", "/x", "a\r\nSet-Cookie: x", "javascript:x"],
)
def test_a_form_never_leads_elsewhere(client: TestClient, database: str, page: str) -> None:
    """A page that is not below the help centre is refused, and nothing is stored."""
    answer = client.post("/v1/votes", data={**vote(helpful="true"), "page": page}, headers=ORIGIN)
    assert answer.status_code == 422
    assert stored(database) == []


BAD_VOTES = {
    "no UUID": {"id": "1"},
    "path above content": {"article": "../secret.md"},
    "not an article": {"article": "billing/refund"},
    "control character": {"article": "a\x00b.md"},
    "revision": {"revision": "xyz"},
    "helpful": {"helpful": "yes"},
    "helpful missing": {"helpful": ""},
    "reason": {"reason": "angry"},
    "comment": {"comment": "x" * 1001},
    "comment type": {"comment": 5},
    "unknown field": {"visitor": "me"},
}


@pytest.mark.parametrize("case", BAD_VOTES)
def test_a_wrong_field_is_422_and_named(client: TestClient, database: str, case: str) -> None:
    """What the sender can mend is said as problem+json, and nothing is stored."""
    answer = client.post("/v1/votes", json=vote(**BAD_VOTES[case]), headers=ORIGIN)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert next(iter(BAD_VOTES[case])) in answer.json()["detail"]
    assert stored(database) == []


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'"text"', b"[]", b"null", b'{"id": NaN}', b"[" * 10_000])
def test_an_unreadable_body_is_refused(client: TestClient, body: bytes) -> None:
    """Bodies that are no JSON object are 400 or 422, never 500."""
    answer = client.post("/v1/votes", content=body, headers={**ORIGIN, "Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["status"] == answer.status_code


def test_a_thousand_emoji_fit_into_a_comment(client: TestClient, database: str) -> None:
    """The limit counts characters as a reader does, and the body may hold their JSON escapes."""
    body = json.dumps(vote(helpful=False, comment="😀" * 1000), ensure_ascii=True)
    answer = client.post("/v1/votes", content=body, headers={**ORIGIN, "Content-Type": "application/json"})
    assert answer.status_code == 202
    assert stored(database)[0][2] == "😀" * 1000


def test_a_body_over_the_limit_is_413(client: TestClient) -> None:
    """More than 16 KiB are not read."""
    answer = client.post("/v1/votes", content=b"x" * 17_000, headers={**ORIGIN, "Content-Type": "application/json"})
    assert answer.status_code == 413


def test_another_content_type_is_415(client: TestClient) -> None:
    """Only JSON, plain text that holds JSON, and forms are read."""
    answer = client.post("/v1/votes", content=b"<vote/>", headers={**ORIGIN, "Content-Type": "text/xml"})
    assert answer.status_code == 415


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_stranger_is_refused(client: TestClient, database: str, origin: dict[str, str]) -> None:
    """Votes from other origins, or from none, are 403."""
    assert client.post("/v1/votes", json=vote(), headers=origin).status_code == 403
    assert stored(database) == []


def test_a_browser_may_ask_first(client: TestClient) -> None:
    """A preflight from a known origin is allowed for exactly that origin."""
    answer = client.options("/v1/votes", headers=ORIGIN)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == ORIGIN["Origin"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/votes", 405), ("GET", "/nothing", 404)])
def test_unknown_addresses_are_problems_too(client: TestClient, method: str, path: str, status: int) -> None:
    """404 and 405 are problem+json like everything else."""
    answer = client.request(method, path, headers=ORIGIN)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_healthz_answers(client: TestClient) -> None:
    """`/healthz` needs no origin."""
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_store_that_cannot_write_is_503_and_recovers(client: TestClient, database: str, tmp_path: Path) -> None:
    """While another process holds the file the answer is 503 with Retry-After; afterwards votes are taken again."""
    other = sqlite3.connect(tmp_path / "votes.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    answer = client.post("/v1/votes", json=vote(), headers=ORIGIN)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    other.execute("ROLLBACK")
    other.close()
    assert client.post("/v1/votes", json=vote(), headers=ORIGIN).status_code == 202
    assert len(stored(database)) == 1


def test_the_database_holds_nothing_of_the_reader(client: TestClient, tmp_path: Path) -> None:
    """No address and no user agent reaches the disk."""
    client.post(
        "/v1/votes", json=vote(), headers={**ORIGIN, "User-Agent": "Canary/7", "X-Forwarded-For": "203.0.113.9"}
    )
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        assert b"Canary" not in data
        assert b"203.0.113" not in data


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    changes=st.dictionaries(st.sampled_from(["id", "article", "revision", "helpful", "reason", "comment"]), json_values)
)
def test_no_message_makes_the_service_stumble(client: TestClient, changes: dict[str, object]) -> None:
    """Whatever a field holds, the answer is 202 or 422."""
    try:
        body = json.dumps({**vote(), **changes}).encode()
    except UnicodeEncodeError:
        return
    answer = client.post("/v1/votes", content=body, headers={**ORIGIN, "Content-Type": "application/json"})
    assert answer.status_code in {202, 400, 422}


def test_a_refusal_can_be_read_across_origins(client: TestClient) -> None:
    """Errors carry the same permission as answers, so that a page learns of them instead of trying for ever."""
    answer = client.post("/v1/votes", json=vote(reason="angry"), headers=ORIGIN)
    assert answer.status_code == 422
    assert answer.headers["access-control-allow-origin"] == ORIGIN["Origin"]


def test_a_comment_with_line_breaks_from_a_plain_form_is_taken(client: TestClient, database: str) -> None:
    """Browsers send CRLF where they counted one character."""
    form = {**vote(helpful="false"), "page": "a/", "comment": "x\r\n" * 500}
    del form["id"]
    assert client.post("/v1/votes", data=form, headers=ORIGIN).status_code == 303
    assert len(stored(database)[0][2]) == 999


class BurningStore(SqliteStore):
    """A store whose first write meets a fault that nobody thought of."""

    burnt = False

    def save(self, received: Sequence[Received], today: date) -> None:
        """Fail once."""
        if not self.burnt:
            self.burnt = True
            raise RuntimeError("disk on fire")
        super().save(received, today)


def test_the_writer_outlives_a_faulty_store(tmp_path: Path) -> None:
    """Whatever a store raises, that vote is refused and the next one is stored."""
    counted: list[bool] = []
    writer = Writer(BurningStore(tmp_path / "votes.sqlite"), lambda: DAY, counted.append)

    async def cast() -> None:
        with pytest.raises(StoreError):
            await writer.save(a_ballot(1))
        await writer.save(a_ballot(2))

    run(cast())
    assert (writer.alive, counted) == (True, [False, True])
    writer.close()
    assert len(stored(f"sqlite:///{tmp_path / 'votes.sqlite'}")) == 1


def test_a_vote_that_cannot_be_kept_harms_no_other(tmp_path: Path) -> None:
    """Of a group the others are stored."""
    writer = Writer(SqliteStore(tmp_path / "votes.sqlite"), lambda: DAY, lambda _: None)

    async def cast() -> list[object]:
        ballots = [a_ballot(1), a_ballot(2, article=None), a_ballot(3)]
        return await asyncio.gather(*(writer.save(ballot) for ballot in ballots), return_exceptions=True)

    first, second, third = run(cast())
    assert (first, third) == (None, None)
    assert isinstance(second, StoreError)
    writer.close()
    assert len(stored(f"sqlite:///{tmp_path / 'votes.sqlite'}")) == 2


def run(work: Coroutine[object, object, T]) -> T:
    """Run it in a thread of its own: another test's browser may have a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work)).result(timeout=30)


def test_the_form_leads_back_to_the_centre_it_came_from(tmp_path: Path) -> None:
    """Of two help centres on one origin the page that was left says which."""
    sites = ("https://help.example.com/en", "https://help.example.com/de")
    form = {**vote(helpful="true"), "page": "a/"}
    del form["id"]
    with readers(database=f"sqlite:///{tmp_path / 'v.sqlite'}", origins=sites) as client:
        headers = {**ORIGIN, "Referer": "https://help.example.com/de/a/"}
        assert client.post("/v1/votes", data=form, headers=headers).headers["location"] == f"{sites[1]}/a/#vote-thanks"
