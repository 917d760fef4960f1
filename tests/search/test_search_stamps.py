"""Stamps: which files of a folder have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.search.stamps import changes


def test_first_look(tmp_path: Path) -> None:
    """Where nothing is known, every JSON file is new."""
    (tmp_path / "1.json").write_text("a")
    (tmp_path / "2.json").write_text("b")
    (tmp_path / "2.json.gz").write_text("packed")
    found = changes(tmp_path, {})
    assert found
    assert found.changed == {"1.json": b"a", "2.json": b"b"}
    assert found.stamps["1.json"].size == 1


def test_nothing_changed(tmp_path: Path) -> None:
    """A file of the same size and time is not read again."""
    file = tmp_path / "1.json"
    file.write_text("a")
    known = changes(tmp_path, {}).stamps
    stat = file.stat()
    file.write_text("b")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not changes(tmp_path, known)


def test_written_anew_with_the_same_text(tmp_path: Path) -> None:
    """A file of another time that says the same has not changed, but its stamp has."""
    file = tmp_path / "1.json"
    file.write_text("a")
    known = changes(tmp_path, {}).stamps
    os.utime(file, ns=(1, 1))
    found = changes(tmp_path, known)
    assert not found
    assert found.stamps != known
    assert found.stamps["1.json"].digest == known["1.json"].digest


def test_changed_and_gone(tmp_path: Path) -> None:
    """A file with another text is read, one that is missing is named."""
    for name in "12":
        (tmp_path / f"{name}.json").write_text(name)
    known = changes(tmp_path, {}).stamps
    (tmp_path / "1.json").write_text("longer")
    (tmp_path / "2.json").unlink()
    found = changes(tmp_path, known)
    assert (found.changed, found.gone) == ({"1.json": b"longer"}, {"2.json"})


def test_no_folder(tmp_path: Path) -> None:
    """A site without articles has no folder of entries, and all that was known has gone."""
    (tmp_path / "1.json").write_text("a")
    known = changes(tmp_path, {}).stamps
    assert changes(tmp_path / "none", known).gone == {"1.json"}


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A file that the system will not hand out is an error that says to build anew."""
    (tmp_path / "1.json").symlink_to("/proc/self/mem")  # reading it fails with an input/output error
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        changes(tmp_path, {})
    assert "kbgen build" in caught.value.hint
