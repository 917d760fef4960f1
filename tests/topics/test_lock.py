"""The lock file of topics, read without the libraries that find topics."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.topics.lock import (
    Change,
    Decisions,
    Lock,
    LockedTopic,
    Merge,
    Split,
    lock_text,
    open_topics,
    read_lock,
)
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
    write_decisions(tmp_path, Registry(topics=(topic,), dismissed={"t-1": "one account only"}))
    assert open_topics(tmp_path) == ()


def test_no_topics(tmp_path: Path) -> None:
    """Where nobody has imported tickets, there are no topics."""
    assert open_topics(tmp_path) == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"topics": [{"id": "t-1"}]}', "{}"])
def test_damaged(tmp_path: Path, text: str) -> None:
    """A file that is none of kbgen's is an error with a way out."""
    (tmp_path / "topics.lock").write_text(text)
    with pytest.raises(KbgenError, match=r"cannot be read|not valid JSON") as caught:
        open_topics(tmp_path)
    assert "last committed" in caught.value.hint


ids = st.from_regex(r"t-[0-9a-f]{6}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)


def mapping(values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(ids, values, max_size=4)


decisions = st.builds(
    Decisions,
    answered=mapping(texts),
    dismissed=mapping(texts),
    labels=mapping(texts),
    merged=mapping(st.builds(Merge, into=ids, phrases=st.lists(texts, max_size=2).map(tuple))),
    splits=mapping(st.builds(Split, source=ids, by=texts)),
    history=mapping(st.builds(Change, kind=st.sampled_from(["merged_into", "split_from"]), topic=ids, on=texts)),
)


@given(decisions, st.randoms())
def test_what_is_written_is_read_in_any_order(known: Decisions, chance: Random) -> None:
    """Every decision comes back as it was, and the order in which it came changes no byte."""

    def shuffled(values: Mapping[str, object]) -> dict[str, object]:
        items = list(values.items())
        chance.shuffle(items)
        return dict(items)

    text = lock_text(Lock(decisions=known))
    other = Decisions(**{name: shuffled(values) for name, values in vars(known).items()})
    assert lock_text(Lock(decisions=other)) == text
    with TemporaryDirectory() as folder:
        (Path(folder) / "topics.lock").write_text(text, encoding="utf-8")
        assert read_lock(Path(folder)).decisions == known


@given(st.binary(max_size=60) | texts.map(str.encode))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    """Whatever the file holds, the answer is a lock or an error that a person can act on."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "topics.lock").write_bytes(data)
        with suppress(KbgenError):
            read_lock(Path(folder))
