"""Facts about putting answer phrases into an article's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.topics.addition import add_answers


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    """The file has the new phrases, a link to it stays a link, and nothing is left beside it."""
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_bytes(b"---\r\ntitle: T\r\n---\r\nBody")
    link.symlink_to(real)
    add_answers(link, ["New?"], shown="link.md")
    assert real.read_bytes() == b"---\r\ntitle: T\r\nanswers:\r\n  - New?\r\n---\r\nBody"
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.md", "real.md"]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, and one that is not UTF-8, are errors that name it."""
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: \xe4\n---\n")
    for name in ("latin.md", "missing.md"):
        with pytest.raises(KbgenError) as caught:
            add_answers(tmp_path / name, ["New?"], shown=name)
        assert str(caught.value.where) == name
