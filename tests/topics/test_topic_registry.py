"""Facts about the registry: what is committed, what stays on this machine, and what people decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
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
KNOWN = Registry(topics=(PDF,), answered={"t-abc123": "a/pdf.md"}, dismissed=frozenset({"t-000000"}))


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
    assert set(lock) == {"schema_version", "embedding", "settings", "topics", "decisions"}
    assert "Where is the PDF?" not in (tmp_path / "topics.lock").read_text(encoding="utf-8")


def test_lock_file_is_the_same_each_time(tmp_path: Path) -> None:
    """The same topics in any order give the same bytes, so that git shows only what changed."""
    other = Topic(**{**vars(PDF), "id": "t-000001"})
    write(tmp_path, Registry(topics=(PDF, other)))
    first = (tmp_path / "topics.lock").read_bytes()
    write(tmp_path, Registry(topics=(other, PDF)))
    assert (tmp_path / "topics.lock").read_bytes() == first


def test_decisions_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    """Recording a decision changes nothing else in the lock file."""
    write(tmp_path)
    before = json.loads((tmp_path / "topics.lock").read_text(encoding="utf-8"))
    write_decisions(tmp_path, Registry(answered={"t-9": "b.md"}))
    after = json.loads((tmp_path / "topics.lock").read_text(encoding="utf-8"))
    assert after.pop("decisions") == {"answered": {"t-9": "b.md"}, "dismissed": []}
    before.pop("decisions")
    assert after == before


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


@pytest.mark.parametrize("text", ["{", "<<<<<<< HEAD\n{}", '{"decisions": []}', '{"decisions": {"dismissed": 3}}'])
def test_damaged_lock_file_is_an_error(tmp_path: Path, text: str) -> None:
    """A lock file with the traces of a merge, or with other contents, is an error that names the file."""
    (tmp_path / "topics.lock").write_text(text, encoding="utf-8")
    with pytest.raises(KbgenError) as caught:
        read_registry(tmp_path, tmp_path / ".kbgen")
    assert "topics.lock" in str(caught.value)


@pytest.mark.parametrize("answered", ['"a.md"', '["t-abc123"]'])
def test_answers_of_another_shape_are_an_error(tmp_path: Path, answered: str) -> None:
    """Answered topics that are no mapping are an error, not a traceback."""
    (tmp_path / "topics.lock").write_text(f'{{"decisions": {{"answered": {answered}}}}}', encoding="utf-8")
    with pytest.raises(KbgenError):
        read_registry(tmp_path, tmp_path / ".kbgen")


@pytest.mark.parametrize("text", ["{", '{"topics": 3}', '{"topics": [{}]}', '{"topics": [{"id": "x", "new": 1}]}'])
def test_damaged_cache_is_an_error(tmp_path: Path, text: str) -> None:
    """Found topics that cannot be read are an error that says to import again."""
    (tmp_path / "topics.json").write_text(text, encoding="utf-8")
    with pytest.raises(KbgenError) as caught:
        read_registry(tmp_path, tmp_path)
    assert "import" in caught.value.hint
