"""The export: every ballot in a file, and back from it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from ballots import a_ballot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.export import COLUMNS, export_lines
from kbgen.feedback.takeover.table import read_votes
from kbgen.feedback.vote import Reason, read_vote

texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ["=1+1", "'quoted", "a,b", 'say "so"', "two\nlines", "-", "\ttab", "#no comment", "null", "true"]
)
ballots = st.builds(
    lambda fields, day, held: Ballot(vote=read_vote(fields), day=day, held=held),
    st.fixed_dictionaries(
        {
            "id": st.uuids().map(str),
            "article": st.sampled_from(["a.md", "g/ä b.md", "=x.md", "#a.md"]),
            "revision": st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
            "helpful": st.sampled_from([True, False, None]),
            "reason": st.sampled_from([None, *Reason]),
            "comment": texts,
            "section": texts.filter(str.isprintable),
            "query": texts,
        }
    ),
    st.dates(),
    st.sampled_from(["", "links", "too fast"]),
)


def write(folder: Path, form: str, kept: list[Ballot]) -> Path:
    file = folder / f"votes.{form}"
    file.write_bytes("".join(export_lines(kept, form)).encode())
    return file


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ballots, min_size=1, max_size=4), st.sampled_from(["csv", "jsonl"]))
def test_there_and_back(tmp_path: Path, kept: list[Ballot], form: str) -> None:
    """Every ballot comes back from both forms as it was, in its place; a search in it is scrubbed once more."""
    read = list(read_votes(write(tmp_path, form, kept)))
    again = [Ballot(vote=read_vote(vars(one.vote)), day=one.day, held=one.held) for one in kept]
    assert read == again


def test_no_ballots(tmp_path: Path) -> None:
    """An export without votes is none in CSV; an empty file is an error, for nothing says what it was."""
    assert list(read_votes(write(tmp_path, "csv", []))) == []
    with pytest.raises(KbgenError, match="the file is empty"):
        read_votes(write(tmp_path, "jsonl", []))


def test_visitors_stay() -> None:
    """Who cast a ballot is in no form of it."""
    for form in ("csv", "jsonl"):
        assert "5ec7e7" not in "".join(export_lines([a_ballot(1, visitor="5ec7e7")], form))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_broken_rows(tmp_path: Path, form: str) -> None:
    """Rows that are no ballots come with file and line; those around them are read."""
    kept = [a_ballot(1, comment="one\ntwo"), a_ballot(2), a_ballot(3), a_ballot(4, day=date(2026, 1, 31))]
    file = write(tmp_path, form, kept)
    text = file.read_text().replace(str(kept[1].vote.id), "no-id").replace("2026-01-31", "2026-02-31")
    file.write_text(text)
    read = list(read_votes(file))
    skipped = [(str(row.where), row.problem) for row in read if isinstance(row, SkippedRow)]
    first, last = (4, 6) if form == "csv" else (2, 4)
    assert skipped == [
        (f"votes.{form}:{first}", "'id' is not a UUID"),
        (f"votes.{form}:{last}", "'2026-02-31' is not a day, written as in 2026-11-23"),
    ]
    assert [row for row in read if isinstance(row, Ballot)] == [kept[0], kept[2]]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "this is not a JSON object"),
        ("[1]", "this is not a JSON object"),
        ("[" * 100_000, "this is not a JSON object"),
        ('{"id": "1", "comment": []}', "'id' is not a UUID"),
        ('{"id": "00000000-0000-0000-0000-000000000001", "comment": [], "article": {}}', "'article' is not the path"),
    ],
)
def test_any_line(tmp_path: Path, line: str, problem: str) -> None:
    """A line of JSON that holds something else is skipped, whatever it holds."""
    file = write(tmp_path, "jsonl", [a_ballot(1)])
    file.write_text(file.read_text() + line + "\n")
    _, skipped = read_votes(file)
    assert isinstance(skipped, SkippedRow)
    assert skipped.problem.startswith(problem)
    assert skipped.where.line == 2


def test_cells(tmp_path: Path) -> None:
    """A row with too few or too many cells is skipped."""
    file = write(tmp_path, "csv", [a_ballot(1)])
    file.write_text(file.read_text() + "a,b\n" + ",".join("x" * 11) + "\n\n")
    problems = [row.problem for row in read_votes(file) if isinstance(row, SkippedRow)]
    assert problems == ["2 cells instead of 10", "11 cells instead of 10"]


def test_missing_column(tmp_path: Path) -> None:
    """A file without one of the columns is refused, and the message says which are needed."""
    file = tmp_path / "votes.csv"
    file.write_text(",".join(name for name in COLUMNS if name != "comment") + "\n")
    with pytest.raises(KbgenError, match="column 'comment' is missing") as caught:
        list(read_votes(file))
    assert "needed: id, day" in caught.value.hint


def test_single_line(tmp_path: Path) -> None:
    """A file of one ballot in JSON is known as such."""
    assert list(read_votes(write(tmp_path, "jsonl", [a_ballot(1)]))) == [a_ballot(1)]
    assert set(json.loads((tmp_path / "votes.jsonl").read_text())) == set(COLUMNS)
