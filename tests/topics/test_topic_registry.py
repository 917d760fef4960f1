"""Facts about the registry: what is committed, what stays on this machine, and what people decided."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.topics.lock import Change, Merge, read_lock
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry, read_registry, write_decisions, write_registry
from kbgen.topics.topic import Topic

PDF = Topic(
    id="t-abc123",
    label="How do I export?",
    phrases=("pdf", "export"),
    examples=("Where is the PDF?",),
    tickets=("7", "8"),
    people=2,
    first="2026-03-01",
    last="2026-03-05",
)
KNOWN = Registry(topics=(PDF,), answered={"t-abc123": "a/pdf.md"}, dismissed={"t-000000": "one account only"})


def write(root: Path, registry: Registry = KNOWN) -> None:
    write_registry(root, root / ".kbgen", registry, embedding="words", settings=MiningSettings())


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Topics and decisions come back as they were written."""
    write(tmp_path)
    assert read_registry(tmp_path, tmp_path / ".kbgen") == KNOWN


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    """Before the first import the registry is empty."""
    assert read_registry(tmp_path, tmp_path / ".kbgen") == Registry()


def test_lock_file_holds_no_text_of_tickets(tmp_path: Path) -> None:
    """What is committed are ids, sizes and shared phrases: no label, no example, no id of a ticket."""
    write(tmp_path)
    lock = json.loads((tmp_path / "topics.lock").read_text(encoding="utf-8"))
    assert lock["topics"] == [{"id": "t-abc123", "tickets": 2, "people": 2, "phrases": ["pdf", "export"]}]
    parts = {"schema_version", "embedding", "settings", "topics", "retired"}
    assert set(lock) == parts | {"answered", "dismissed", "labels", "merged", "splits", "history"}
    assert "Where is the PDF?" not in (tmp_path / "topics.lock").read_text(encoding="utf-8")


def test_lock_file_is_the_same_each_time(tmp_path: Path) -> None:
    """The same topics in any order give the same bytes, so that git shows only what changed."""
    other = Topic(**{**vars(PDF), "id": "t-000001"})
    write(tmp_path, Registry(topics=(PDF, other)))
    first = (tmp_path / "topics.lock").read_bytes()
    write(tmp_path, Registry(topics=(other, PDF)))
    assert (tmp_path / "topics.lock").read_bytes() == first


def test_decisions_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    """Recording a decision changes nothing else in the lock file, and one line of it."""
    write(tmp_path)
    before = (tmp_path / "topics.lock").read_text(encoding="utf-8").splitlines()
    write_decisions(tmp_path, replace(KNOWN, answered={"t-abc123": "b.md"}))
    after = (tmp_path / "topics.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [' "t-abc123": "b.md"']


def test_decisions_outlive_the_caches(tmp_path: Path) -> None:
    """After .kbgen/ was deleted, what people decided is still known."""
    write(tmp_path)
    (tmp_path / ".kbgen" / "topics.json").unlink()
    assert read_registry(tmp_path, tmp_path / ".kbgen") == Registry(answered=KNOWN.answered, dismissed=KNOWN.dismissed)


@pytest.mark.parametrize("name", ["t-abc123", "abc123"])
def test_topic_is_found_with_and_without_its_prefix(name: str) -> None:
    """A topic can be named with or without 't-'."""
    assert KNOWN.topic(name) is PDF


def test_unknown_topic_is_an_error() -> None:
    """A topic that is not there is an error that says how to see those that are."""
    with pytest.raises(KbgenError, match="no topic 't-ffffff'") as caught:
        KNOWN.topic("t-ffffff")
    assert "kbgen topics list" in caught.value.hint


def test_old_id_names_what_the_topic_became() -> None:
    """An id that was merged into another topic, by a person or at a regrouping, finds that one."""
    history = {"t-2": Change(kind="merged_into", topic="t-1", on="2026-01-01")}
    known = Registry(topics=(PDF,), merged={"t-1": Merge(into="t-abc123")}, history=history)
    assert known.topic("t-2") is PDF
    assert known.topic("1") is PDF


def test_circle_of_merges_ends() -> None:
    """A lock file in which two topics are merged into each other is read to an end."""
    circle = Registry(merged={"t-1": Merge(into="t-2"), "t-2": Merge(into="t-1")})
    assert circle.resolve("t-1") in {"t-1", "t-2"}


def test_label_of_a_person_stands_in_place_of_a_found_one(tmp_path: Path) -> None:
    """What a person calls a topic is what every list calls it."""
    write(tmp_path, replace(KNOWN, labels={"t-abc123": "PDF export"}))
    assert read_registry(tmp_path, tmp_path / ".kbgen").topics[0].label == "PDF export"


def test_topic_that_is_not_found_any_more_is_remembered(tmp_path: Path) -> None:
    """The phrases of a topic that somebody decided about stay in the lock file after the topic is gone."""
    write(tmp_path)
    known = read_registry(tmp_path, tmp_path / ".kbgen")
    write(tmp_path, replace(known, topics=()))
    assert read_lock(tmp_path).retired == {"t-abc123": ("pdf", "export")}


@pytest.mark.parametrize("text", ["{", '{"topics": [], "decisions": []}', '{"topics": [], "dismissed": 3}', "[]", "{}"])
def test_damaged_lock_file_is_an_error(tmp_path: Path, text: str) -> None:
    """A lock file with other contents is an error that names the file."""
    (tmp_path / "topics.lock").write_text(text, encoding="utf-8")
    with pytest.raises(KbgenError) as caught:
        read_registry(tmp_path, tmp_path / ".kbgen")
    assert "topics.lock" in str(caught.value)


def test_merge_conflict_is_an_error_with_its_line(tmp_path: Path) -> None:
    """The traces of a merge are named with file and line, and what to do."""
    write(tmp_path)
    lock = tmp_path / "topics.lock"
    lines = lock.read_text(encoding="utf-8").splitlines()
    place = next(n for n, line in enumerate(lines) if "t-abc123" in line)
    lines[place:place] = ["<<<<<<< HEAD", lines[place], "=======", lines[place], ">>>>>>> other"]
    lock.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(KbgenError, match="merge conflict") as caught:
        read_registry(tmp_path, tmp_path / ".kbgen")
    assert str(caught.value.where) == f"topics.lock:{place + 1}"
    assert "both sides" in caught.value.hint


def test_lock_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """Decisions that stood below a key of their own, without reasons, hold on."""
    topics = [{"id": "t-1", "tickets": 7, "people": 2, "phrases": ["pdf"]}]
    old = {"topics": topics, "decisions": {"answered": {"t-1": "a.md"}, "dismissed": ["t-2"]}}
    (tmp_path / "topics.lock").write_text(json.dumps(old), encoding="utf-8")
    known = read_registry(tmp_path, tmp_path / ".kbgen")
    assert (known.answered, known.dismissed) == ({"t-1": "a.md"}, {"t-2": ""})


@pytest.mark.parametrize("answered", ['"a.md"', '["t-abc123"]'])
def test_answers_of_another_shape_are_an_error(tmp_path: Path, answered: str) -> None:
    """Answered topics that are no mapping are an error, not a traceback."""
    (tmp_path / "topics.lock").write_text(f'{{"topics": [], "answered": {answered}}}', encoding="utf-8")
    with pytest.raises(KbgenError):
        read_registry(tmp_path, tmp_path / ".kbgen")


@pytest.mark.parametrize("text", ["{", '{"topics": 3}', '{"topics": [{}]}', '{"topics": [{"id": "x", "new": 1}]}'])
def test_damaged_cache_is_an_error(tmp_path: Path, text: str) -> None:
    """Found topics that cannot be read are an error that says to import again."""
    (tmp_path / "topics.json").write_text(text, encoding="utf-8")
    with pytest.raises(KbgenError) as caught:
        read_registry(tmp_path, tmp_path)
    assert "import" in caught.value.hint
