"""Reports, health and figures over HTTP."""

from __future__ import annotations

import csv
import io
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ballots import a_ballot
from readers import Readers, readers

from kbgen.feedback.search import Search
from kbgen.feedback.store.table import open_store
from kbgen.feedback.token import digest_of
from kbgen.feedback.vote import Reason

TOKEN, OTHER = "kbgen_first", "kbgen_second"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TODAY = datetime.now(UTC).date()
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'votes.sqlite'}"
    with closing(open_store(url)) as store:
        noes = [a_ballot(n, helpful=False, reason=Reason.UNCLEAR, comment=EVIL) for n in range(1, 6)]
        store.save([*noes, a_ballot(6, comment="=HYPERLINK(1)"), a_ballot(7, held="links", article="b.md")], TODAY)
        store.save([Search(query="refund", lang="en", results=0, clicked=False, contacted=True)] * 3, TODAY)
    return url


@pytest.fixture
def client(database: str) -> Iterator[Readers]:
    with readers(database=database, report_tokens=(digest_of(TOKEN), digest_of(OTHER))) as client:
        yield client


def test_a_summary(client: Readers) -> None:
    """Votes of each article with interval and reasons."""
    (row,) = client.get("/v1/reports/summary", headers=BEARER).json()["summary"]
    assert (row["article"], row["yes"], row["no"], row["reasons"]) == ("g/a.md", 1, 5, {"unclear": 5})


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("searches", "query", "refund"), ("held", "held", "links"), ("comments", "text", EVIL)],
)
def test_other_reports(client: Readers, name: str, column: str, value: str) -> None:
    """Missed searches, what was held back, and comments."""
    rows = client.get(f"/v1/reports/{name}", headers=BEARER).json()[name]
    assert value in [row[column] for row in rows]


@pytest.mark.parametrize("name", ["summary", "searches", "held", "comments"])
def test_every_report_in_every_form(client: Readers, name: str) -> None:
    """CSV comes as a file; nothing is kept by a cache or taken for another type."""
    for form, kind in (("json", "application/json"), ("csv", "text/csv"), ("html", "text/html")):
        answer = client.get(f"/v1/reports/{name}?format={form}", headers=BEARER)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in client.get(f"/v1/reports/{name}?format=csv", headers=BEARER).headers["content-disposition"]


def test_nothing_that_a_reader_wrote_runs(client: Readers) -> None:
    """Markup in a comment is text on the page, whose policy runs no script anyway; a formula is text in a cell."""
    page = client.get("/v1/reports/comments?format=html", headers=BEARER)
    assert EVIL not in page.text
    assert "&lt;script&gt;" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    rows = csv.DictReader(io.StringIO(client.get("/v1/reports/comments?format=csv", headers=BEARER).text))
    assert "'=HYPERLINK(1)" in [row["text"] for row in rows]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        f"Bearer {digest_of(TOKEN)}",
        f"Token {TOKEN}",
        "Basic %%%",
        "Basic " + b64encode(b"kim:wrong").decode(),
        "Basic " + b64encode(b"\xff\xfe").decode(),
    ],
)
def test_nobody_else_reads_them(client: Readers, header: str) -> None:
    """Without a token that the service knows there is no report, and no word about whether there are any."""
    for path in ("/v1/reports/summary", "/v1/reports/nothing", "/metrics"):
        answer = client.get(path, headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert "WWW-Authenticate" in answer.headers


def test_a_browser_may_ask_for_the_token(client: Readers) -> None:
    """The token is the password of whatever name; two tokens are good at once, so that one can be replaced."""
    for token in (TOKEN, OTHER):
        header = "Basic " + b64encode(f"kim:{token}".encode()).decode()
        assert client.get("/v1/reports/summary?format=html", headers={"Authorization": header}).status_code == 200


def test_unknown_reports(client: Readers) -> None:
    """What there is not is a problem that says what there is."""
    for path in ("/v1/reports/votes", "/v1/reports/summary?format=xls"):
        answer = client.get(path, headers=BEARER)
        assert answer.status_code == 404
        assert "summary, searches, comments, held" in answer.json()["detail"]


def test_ready_after_a_write(client: Readers) -> None:
    """Ready is who has just stored something."""
    assert client.get("/readyz").json() == {"status": "ready"}


def test_not_ready_with_a_damaged_database(database: str) -> None:
    """A vote that is not what was stored is found after the start, and said."""
    with closing(open_store(database)) as store, store.writing() as transaction:  # type: ignore[attr-defined]
        transaction.rows("UPDATE vote SET helpful = 1")
    with readers(database=database, report_tokens=(digest_of(TOKEN),)) as client:
        while "kbgen_store_checked 1.0" not in client.get("/metrics", headers=BEARER).text:
            pass
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert "'g/a.md' is not what was stored" in answer.json()["detail"]
        assert "kbgen_store_faults 5.0" in client.get("/metrics", headers=BEARER).text
        assert client.get("/healthz").status_code == 200


def test_figures(client: Readers) -> None:
    """Prometheus reads what was answered and stored, by route."""
    client.get("/readyz")
    text = client.get("/metrics", headers=BEARER).text
    assert 'kbgen_requests_total{route="/readyz",status="200"} 1.0' in text
    assert "kbgen_commits_total" in text
    assert "kbgen_waiting 0.0" in text
