"""The lock file of topics, read without the libraries that find topics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.topics.lock import LockedTopic, open_topics
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry, write_decisions, write_registry
from kbgen.topics.topic import Topic


def test_open_topics(tmp_path: Path) -> None:
    """Topics that a person answered or set aside are left out."""
    topics = [{"id": f"t-{n}", "tickets": n, "people": 1, "phrases": ["refund"]} for n in range(3)]
    decisions = {"answered": {"t-0": "a.md"}, "dismissed": ["t-2"]}
    (tmp_path / "topics.lock").write_text(json.dumps({"topics": topics, "decisions": decisions}))
    assert open_topics(tmp_path) == (LockedTopic(id="t-1", tickets=1, people=1, phrases=("refund",)),)


def test_what_the_registry_writes(tmp_path: Path) -> None:
    """What an import writes is read, with what people decided since."""
    topic = Topic(id="t-1", label="", phrases=("pdf",), examples=(), tickets=("7", "8"), people=2, first="", last="")
    registry = Registry(topics=(topic,))
    write_registry(tmp_path, tmp_path / ".kbgen", registry, embedding="words", settings=MiningSettings())
    assert open_topics(tmp_path) == (LockedTopic(id="t-1", tickets=2, people=2, phrases=("pdf",)),)
    write_decisions(tmp_path, Registry(topics=(topic,), dismissed=frozenset({"t-1"})))
    assert open_topics(tmp_path) == ()


def test_no_topics(tmp_path: Path) -> None:
    """Where nobody has imported tickets, there are no topics."""
    assert open_topics(tmp_path) == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"topics": [{"id": "t-1"}]}', "{}"])
def test_damaged(tmp_path: Path, text: str) -> None:
    """A file that is none of kbgen's is an error with a way out."""
    (tmp_path / "topics.lock").write_text(text)
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        open_topics(tmp_path)
    assert "last committed" in caught.value.hint
