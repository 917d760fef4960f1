"""The manifest: which articles the last build published."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.outputs.manifest import NAME, read_published, write_published


def test_round_trip(tmp_path: Path) -> None:
    """What a build noted is what the next one reads."""
    write_published(tmp_path / ".kbgen", ["b.md", "ä/a.md"])
    assert read_published(tmp_path / ".kbgen") == {"b.md", "ä/a.md"}


def test_same_bytes(tmp_path: Path) -> None:
    """The order in which articles were published does not show."""
    write_published(tmp_path / "1", ["a.md", "b.md"])
    write_published(tmp_path / "2", ["b.md", "a.md"])
    assert (tmp_path / "1" / NAME).read_bytes() == (tmp_path / "2" / NAME).read_bytes()


def test_first_build(tmp_path: Path) -> None:
    """Before the first build nothing was published."""
    assert read_published(tmp_path / ".kbgen") == frozenset()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"null", b'{"articles": 1}', b"\xff"])
def test_damaged(tmp_path: Path, data: bytes) -> None:
    """A damaged manifest counts as none: .kbgen/ is safe to delete, so it is safe to break."""
    (tmp_path / NAME).write_bytes(data)
    assert read_published(tmp_path) == frozenset()


def test_articles_that_are_a_text(tmp_path: Path) -> None:
    """A text where the list should be is damage too, not a list of letters."""
    (tmp_path / NAME).write_text('{"articles": "a.md"}', encoding="utf-8")
    assert read_published(tmp_path) == frozenset()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40) | st.text(alphabet='{}[]":articles,1', max_size=40).map(str.encode))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Whatever bytes the manifest holds, reading it raises nothing."""
    (tmp_path / NAME).write_bytes(data)
    assert isinstance(read_published(tmp_path), frozenset)
