"""The service as a process: it starts by command, takes votes, and loses none that it acknowledged."""

from __future__ import annotations

import json
import socket
import urllib.request
from pathlib import Path

import pytest
from centres import kbgen
from indexes import an_entry, write_index
from service_process import ORIGIN, serving


def test_a_vote_reaches_the_summary(tmp_path: Path) -> None:
    """`kbgen service` takes votes that `kbgen feedback summary --json` prints."""
    with serving(tmp_path) as service:
        for helpful in (True, False, False):
            service.vote(helpful)
    done = kbgen("feedback", "summary", "--json", cwd=tmp_path)
    (row,) = json.loads(done.out)["articles"]
    assert (row["article"], row["yes"], row["no"]) == ("a.md", 1, 2)
    assert row["enough"] is False


def test_the_service_suggests_from_the_built_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`kbgen service --site` answers questions, with addresses below the first origin."""
    monkeypatch.setenv("KBGEN_SITE", str(write_index(tmp_path / "site", [an_entry("a.md", "Change your password")])))
    with (
        serving(tmp_path) as service,
        urllib.request.urlopen(f"http://127.0.0.1:{service.port}/v1/suggest?q=pasword", timeout=5) as answer,
    ):
        hits = json.load(answer)["hits"]
    assert [hit["url"] for hit in hits] == [f"{ORIGIN}/a/"]


def test_a_taken_port_is_an_error(tmp_path: Path) -> None:
    """The message names host and port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = kbgen("service", "--port", str(port), "--origin", ORIGIN, cwd=tmp_path)
    assert done.code == 1
    assert f"port {port}" in done.err


def test_a_service_needs_an_origin(tmp_path: Path) -> None:
    """Without a help centre there is nobody to take votes from; that is wrong usage."""
    done = kbgen("service", cwd=tmp_path)
    assert (done.code, "--origin" in done.err) == (2, True)
