"""The digest file: what builds read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from voting import revision

from kbgen.errors import KbgenError, Where
from kbgen.feedback.count import Count
from kbgen.feedback.digest import ArticleVotes, Row
from kbgen.feedback.digest_file import digest_text, read_digest, write_digest

REASONS = st.dictionaries(st.sampled_from(["missing", "unclear", "wrong"]), st.integers(1, 9)).map(
    lambda found: dict(sorted(found.items()))
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
COUNTS = st.builds(Count, yes=st.integers(0, 99), no=st.integers(0, 99), reasons=REASONS, first=DAYS, last=DAYS)
ROWS = st.builds(Row, live=COUNTS, past=st.none() | COUNTS)
A, B = revision("a"), revision("b")
VOTES = st.dictionaries(st.tuples(st.sampled_from([A, B]), st.sampled_from(["", "fix", "ünï"])), ROWS).map(
    lambda rows: ArticleVotes(groups=((A,), (B,)), rows=rows)
)
KEYS = ["a.md", "counts", "revisions", "votes", "revision", "yes", "no", "reasons", "first", "last", "past", "section"]
ONE = {"a.md": ArticleVotes(groups=((A,),), rows={})}


@given(st.dictionaries(st.sampled_from(["a.md", "g/b.md", "ü.md"]), VOTES))
def test_what_is_written_is_read(digest: dict[str, ArticleVotes]) -> None:
    """Reading gives what was written, and writing that again gives the same bytes."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feedback.json"
        assert write_digest(file, digest)
        assert not write_digest(file, digest)
        again = read_digest(file)
    assert {path: (v.groups, dict(v.rows)) for path, v in again.items()} == {
        path: (v.groups, dict(v.rows)) for path, v in digest.items()
    }
    assert digest_text(again) == digest_text(digest)


def test_order() -> None:
    """The order in which articles come does not change the bytes."""
    other = {"b.md": ArticleVotes(groups=()), **ONE}
    assert digest_text(other) == digest_text(dict(reversed(other.items())))


def test_no_file(tmp_path: Path) -> None:
    """Where there is no file, nobody has voted."""
    assert read_digest(tmp_path / "feedback.json") == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not made by kbgen"),
        ('{"my": "own"}', "not made by kbgen"),
        ('{"made_by": "kbgen feedback digest", "schema_version": 2}', "newer version"),
        ('{"made_by": "kbgen feedback digest", "schema_version": 1}', "cannot be read"),
    ],
)
def test_files_that_are_left_alone(tmp_path: Path, text: str, problem: str) -> None:
    """A file that is not ours, not readable or newer is an error that says what to do."""
    file = tmp_path / "feedback.json"
    file.write_text(text)
    with pytest.raises(KbgenError, match=problem) as caught:
        read_digest(file)
    assert caught.value.hint
    assert caught.value.where


@pytest.mark.parametrize(
    ("key", "value"),
    [("yes", -1), ("yes", True), ("no", "3"), ("first", "yesterday"), ("revision", "zz"), ("reasons", [])],
)
def test_damaged_counts(tmp_path: Path, key: str, value: object) -> None:
    """A number, a day or a revision that is none is an error."""
    count = Count(yes=1, no=1, reasons={}, first=date(2026, 1, 1), last=date(2026, 1, 1))
    digest = {"a.md": ArticleVotes(groups=((A,),), rows={(A, ""): Row(live=count)})}
    data = json.loads(digest_text(digest))
    data["articles"]["a.md"]["counts"][0]["votes"][0][key] = value
    (tmp_path / "feedback.json").write_text(json.dumps(data))
    with pytest.raises(KbgenError, match="cannot be read"):
        read_digest(tmp_path / "feedback.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", A, "2026-01-01", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.integers() | st.none())
def test_any_json(tmp_path_factory: pytest.TempPathFactory, articles: object, version: object) -> None:
    """Whatever the file holds, it is read or refused with an error of ours; nothing else happens."""
    file = tmp_path_factory.getbasetemp() / "feedback.json"
    file.write_text(json.dumps({"made_by": "kbgen feedback digest", "schema_version": version, "articles": articles}))
    where = None
    try:
        assert digest_text(read_digest(file))
    except KbgenError as error:
        where = error.where
    assert where in {None, Where(path="feedback.json"), Where(path="feedback.json", line=1)}


def test_no_words_of_readers() -> None:
    """The file holds numbers, days and names of texts alone."""
    count = Count(yes=1, no=1, reasons={"unclear": 1}, first=date(2026, 1, 1), last=date(2026, 1, 2))
    data = json.loads(digest_text({"a.md": ArticleVotes(groups=((A,),), rows={(A, ""): Row(live=count)})}))
    (found,) = data["articles"]["a.md"]["counts"]
    assert found.keys() == {"revisions", "yes", "no", "reasons", "first", "last", "votes"}
    assert found["votes"][0].keys() == {"revision", "yes", "no", "reasons", "first", "last"}
