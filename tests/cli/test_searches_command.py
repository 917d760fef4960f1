"""`kbgen feedback searches`: what people looked for and did not find."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from centres import kbgen

from kbgen.feedback.search import Search
from kbgen.feedback.store.table import open_store

TODAY = datetime.now(UTC).date()


def a_search(query: str, results: int, *, contacted: bool = False) -> Search:
    return Search(query=query, lang="en", results=results, clicked=False, contacted=contacted)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database of nine searches."""
    with closing(open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}")) as store:
        store.save([a_search("hamster wheel", 0, contacted=n == 0) for n in range(4)], TODAY)
        store.save([a_search("long words " * 12, 3)] * 3, TODAY)
        store.save([a_search("rare", 0), a_search("seldom", 0)], TODAY)
    return tmp_path


def test_the_table(folder: Path) -> None:
    """Most useful first, with how often and how it went; what was typed once or twice stays hidden."""
    done = kbgen("feedback", "searches", cwd=folder)
    lines = done.out.splitlines()
    assert done.code == 0, done.err
    assert lines[1].split() == ["hamster", "wheel", "en", "4", "4", "0", "1", "51%", "to", "100%"]
    assert lines[2].startswith("long words")
    assert "…" in lines[2]
    assert "rare" not in done.out
    assert "Hidden: 2 searches" in done.out


def test_json(folder: Path) -> None:
    """The same for programs, with whole queries."""
    data = json.loads(kbgen("feedback", "searches", "--json", "--days", "1", cwd=folder).out)
    assert data["schema_version"] == 1
    assert [row["n"] for row in data["searches"]] == [4, 3]


def test_nothing_missed(tmp_path: Path) -> None:
    """A database without searches is no error; one that is not there is."""
    open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}").close()
    assert "No search" in kbgen("feedback", "searches", cwd=tmp_path).out
    done = kbgen("feedback", "searches", "--database", "sqlite:///other.sqlite", cwd=tmp_path)
    assert (done.code, "there is no vote database" in done.err) == (1, True)
