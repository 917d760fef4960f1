"""`kbgen feedback summary`, `digest` and `comments`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from ballots import a_ballot
from centres import CONFIG, Done, kbgen, write_files
from repository import OTHER, TEN, Repository, text

from kbgen.feedback.store.table import open_store
from kbgen.feedback.vote import Reason

DAY = date(2026, 11, 1)
NOT_FOUND = Reason.NOT_WHAT_I_LOOKED_FOR
NUMBERS: Iterator[int] = count(1)


def cast(folder: Path, article: str, revision: str, yes: int, no: int = 0, **more: object) -> None:
    """Put votes on one text into the database of a folder."""
    votes = [
        a_ballot(
            next(NUMBERS), day=DAY, article=article, revision=revision, helpful=n < yes, **(more if n >= yes else {})
        )
        for n in range(yes + no)
    ]
    with closing(open_store(f"sqlite:///{folder / 'votes.sqlite'}")) as store:
        store.save(votes, DAY)


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A help centre whose article was mended and moved, and had votes all the time."""
    folder = tmp_path_factory.mktemp("voted")
    write_files(folder, {"mkdocs.yml": CONFIG})
    repository = Repository(folder)
    repository.commit("first", text(TEN, kind="faq"))
    repository.commit("rewritten", text(OTHER, kind="faq", redirect_from="[a.md]"), "g/b.md", gone="a.md")
    first, rewritten = repository.revisions["first"], repository.revisions["rewritten"]
    cast(folder, "a.md", first, 2, 8, reason=Reason.UNCLEAR, comment="Which \x1b[31mbutton?")
    cast(folder, "g/b.md", rewritten, 9, 0)
    cast(folder, "g/b.md", rewritten, 0, 3, reason=NOT_FOUND, query="invoice")
    cast(folder, "gone.md", "0" * 16, 1, 1)
    return folder


@pytest.fixture
def folder(voted: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(voted, tmp_path / "help"))


def ran(folder: Path, *command: str) -> Done:
    done = kbgen("feedback", *command, cwd=folder)
    assert done.code == 0, done.err
    return done


def test_summary(voted: Path) -> None:
    """The table has a row for each article; a major edit is told with n and interval on both sides."""
    done = ran(voted, "summary")
    lines = done.out.splitlines()
    assert lines[1].split() == ["g/b.md", "11", "11", "50%", "31%", "to", "69%", "unclear", "8"]
    assert lines[2].split()[:5] == ["gone.md", "1", "1", "too", "few"]
    before, after = "2 of 10 helped (6% to 51%)", "9 of 12 helped (47% to 91%)"
    assert f"g/b.md: before a major edit {before}, since then {after}" in lines
    assert "g/b.md: 3 had looked for something else; searches: “invoice” 3" in lines


def test_summary_as_json(voted: Path) -> None:
    """Programs get the same, with the counts of each text."""
    data = json.loads(ran(voted, "summary", "--json").out)
    row, gone = data["articles"]
    assert (data["schema_version"], row["article"], row["yes"], row["no"]) == (1, "g/b.md", 11, 11)
    assert row["reasons"] == {NOT_FOUND.value: 3, "unclear": 8}
    assert [(c["yes"], c["no"]) for c in row["counts"]] == [(2, 8), (9, 3)]
    assert len(row["comments"]) == 8
    assert (gone["article"], gone["rank"]) == ("gone.md", None)


def test_summary_elsewhere(voted: Path, tmp_path: Path) -> None:
    """Outside a help centre the votes are counted by the paths that readers voted on."""
    data = json.loads(ran(tmp_path, "summary", "--json", "--database", f"sqlite:///{voted / 'votes.sqlite'}").out)
    assert [(row["article"], row["yes"], row["no"]) for row in data["articles"]] == [
        ("a.md", 2, 8),
        ("g/b.md", 9, 3),
        ("gone.md", 1, 1),
    ]


def test_no_votes(tmp_path: Path) -> None:
    """A database without votes is no error; one that is not there is, and so is a digest outside a help centre."""
    open_store(f"sqlite:///{tmp_path / 'votes.sqlite'}").close()
    assert "No votes yet" in ran(tmp_path, "summary").out
    assert "No comments" in ran(tmp_path, "comments").out
    for command in (("summary", "--database", "sqlite:///other.sqlite"), ("digest",)):
        done = kbgen("feedback", *command, cwd=tmp_path)
        assert (done.code, "hint:" in done.err, "Traceback" in done.err) == (1, True, False)


def test_digest(folder: Path) -> None:
    """The digest holds numbers under the present path, says what is gone, and is the same the second time."""
    done = ran(folder, "digest")
    assert "24 votes on 2 articles, written" in done.out
    assert "gone.md is no longer there" in done.err
    digest = (folder / "feedback.json").read_bytes()
    data = json.loads(digest)
    assert [(c["yes"], c["no"]) for c in data["articles"]["g/b.md"]["counts"]] == [(2, 8), (9, 3)]
    assert b"button" not in digest
    assert b"invoice" not in digest
    assert "as it was" in ran(folder, "digest").out
    assert (folder / "feedback.json").read_bytes() == digest


def test_digest_keeps_what_the_database_lost(folder: Path) -> None:
    """With a new, empty database nothing of the digest is lost."""
    ran(folder, "digest")
    before = (folder / "feedback.json").read_bytes()
    for file in folder.glob("votes.sqlite*"):
        file.unlink()
    open_store(f"sqlite:///{folder / 'votes.sqlite'}").close()
    assert "as it was" in ran(folder, "digest").out
    assert (folder / "feedback.json").read_bytes() == before


def test_a_file_that_is_not_ours(folder: Path) -> None:
    """A feedback.json that somebody else made is left alone."""
    (folder / "feedback.json").write_text('{"mine": 1}')
    done = kbgen("feedback", "digest", cwd=folder)
    assert (done.code, "not made by kbgen" in done.err) == (1, True)
    assert (folder / "feedback.json").read_text() == '{"mine": 1}'


def test_comments(voted: Path) -> None:
    """Comments follow an article to its new path, and escape sequences in them are harmless."""
    for path in ("g/b.md", "content/g/b.md"):
        done = ran(voted, "comments", path)
        assert done.out.count("Which \N{REPLACEMENT CHARACTER}[31mbutton?") == 8
        assert "a.md  2026-11-01  no, unclear" in done.out
        assert "\x1b" not in done.out
    assert "No comments" in ran(voted, "comments", "other.md").out


def test_comments_as_json(voted: Path) -> None:
    """Programs get the comments as they were written."""
    data = json.loads(ran(voted, "comments", "--json").out)
    assert len(data["comments"]) == 8
    assert data["comments"][0] | {"revision": ""} == {
        "article": "a.md",
        "revision": "",
        "section": "",
        "helpful": False,
        "reason": "unclear",
        "text": "Which \x1b[31mbutton?",
        "day": "2026-11-01",
    }
