"""`kbgen review`: what to mend next, from the command line."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from ballots import a_ballot
from centres import CONFIG, INDEX, TODAY, article, build_site, kbgen, write_files

from kbgen.articles.library import load
from kbgen.feedback.search import Search
from kbgen.feedback.store.table import open_store
from kbgen.feedback.vote import Reason

DAY = date.fromisoformat(TODAY)
ON = ("--date", TODAY)
LOCK = {"topics": [{"id": "t-1", "tickets": 4, "people": 3, "phrases": ["gift card"]}]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre with votes, failed searches, an old article and a topic."""
    folder = tmp_path_factory.mktemp("reviewed")
    pages = {
        "index.md": INDEX,
        "bad.md": article("Pay by card", kind="faq", answers="[pay by card]"),
        "old.md": article("Old", kind="faq", review_by="2026-11-01"),
    }
    write_files(folder, {"mkdocs.yml": CONFIG, "topics.lock": json.dumps(LOCK)})
    write_files(folder / "content", pages)
    revision = load(folder / "content", DAY).by_path["bad.md"].revision
    fields = {"article": "bad.md", "revision": revision}
    ballots = [a_ballot(n, **fields, helpful=False, reason=Reason.WRONG) for n in range(30)]
    search = Search(query="invoice", lang="en", results=0, clicked=False, contacted=False)
    with closing(open_store(f"sqlite:///{folder / 'votes.sqlite'}")) as store:
        store.save([*ballots, *[search] * 12], DAY)
    return folder


def test_from_the_database(folder: Path) -> None:
    """With the database, votes and searches are in the queue, most useful first, each with what to do."""
    done = kbgen("review", *ON, "--database", "sqlite:///votes.sqlite", cwd=folder)
    assert done.code == 0, done.err
    heads = [line for line in done.out.splitlines() if line[:1].isdigit()]
    assert [line.split("(")[1].split(")")[0] for line in heads] == [
        "article bad.md",
        "search en: invoice",
        "topic t-1",
        "article old.md",
    ]
    assert "30 of 30 readers say that the text did not help (89% to 100%): wrong 30" in done.out
    assert done.out.count("Next: ") == 4


def test_from_the_digest(folder: Path) -> None:
    """Without a database the committed votes count, and nothing is known of searches."""
    assert kbgen("feedback", "digest", cwd=folder).code == 0
    data = json.loads(kbgen("review", *ON, "--json", cwd=folder).out)
    assert data["schema_version"] == 1
    assert [item["subject"] for item in data["queue"]] == ["bad.md", "t-1", "old.md"]
    assert data["queue"][0]["causes"][0] | {"action": "", "evidence": ""} == {
        "kind": "votes",
        "readers": 26.59,
        "evidence": "",
        "action": "",
        "n": 30,
        "no": 30,
        "interval": [0.8865, 1.0],
        "reasons": {"wrong": 30},
    }


def test_limit(folder: Path) -> None:
    """The list is short unless more is asked for, and says how to see the rest."""
    done = kbgen("review", *ON, "--limit", "1", "--database", "sqlite:///votes.sqlite", cwd=folder)
    assert "Pay by card" in done.out
    assert "3 more; see them with --limit 4." in done.out


def test_broken_answer_phrases(tmp_path: Path) -> None:
    """A phrase that the built site does not answer with its article is in the queue."""
    same = {f"content/{n}.md": article("Refund", "Refund.\n", kind="faq", answers="[refund]") for n in range(4)}
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX, **same})
    build_site(tmp_path)
    data = json.loads(kbgen("review", *ON, "--json", cwd=tmp_path).out)
    (item,) = data["queue"]
    assert [cause["kind"] for cause in item["causes"]] == ["answers"]
    assert item["causes"][0]["phrases"] == ["refund"]


def test_nothing_to_do(tmp_path: Path) -> None:
    """A help centre without any complaint says so; a folder that is none is an error with a hint."""
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX, "content/a.md": article("A", kind="faq")})
    assert "Nothing to review" in kbgen("review", cwd=tmp_path).out
    done = kbgen("review", cwd=tmp_path / "content")
    assert (done.code, "hint:" in done.err) == (1, True)


def test_damaged_files(tmp_path: Path) -> None:
    """What cannot be read is an error that names the file."""
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    for name in ("feedback.json", "topics.lock"):
        (tmp_path / name).write_text("{")
        done = kbgen("review", cwd=tmp_path)
        assert (done.code, done.err.startswith(name), "Traceback" in done.err) == (1, True, False)
        (tmp_path / name).unlink()
