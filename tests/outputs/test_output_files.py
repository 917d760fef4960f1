"""Writing files so that each is whole."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.outputs.files import write_whole


@pytest.mark.parametrize(("data", "expected"), [("ä\n", b"\xc3\xa4\n"), (b"\x00\xff", b"\x00\xff"), ("", b"")])
def test_write(tmp_path: Path, data: str | bytes, expected: bytes) -> None:
    """Text is written as UTF-8 and bytes as they are, into folders that need not exist, with nothing left beside."""
    file = tmp_path / "a/b/file.txt"
    write_whole(file, data)
    assert file.read_bytes() == expected
    assert list(file.parent.iterdir()) == [file]


def test_replace(tmp_path: Path) -> None:
    """A file that exists is replaced."""
    file = tmp_path / "file.txt"
    write_whole(file, "a long old text")
    write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "new"


def test_folder_in_the_way(tmp_path: Path) -> None:
    """A folder of the same name stays, and the error says what could not be written."""
    (tmp_path / "file.txt/inside").mkdir(parents=True)
    with pytest.raises(KbgenError, match="cannot be written: Is a directory"):
        write_whole(tmp_path / "file.txt", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_file_in_the_way(tmp_path: Path) -> None:
    """A file where a folder must be is an error for people."""
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(KbgenError, match="cannot be written") as caught:
        write_whole(tmp_path / "a/b/c.txt", "x")
    assert caught.value.where is not None
    assert caught.value.where.path == str(tmp_path / "a/b/c.txt")


def test_text_that_is_no_unicode(tmp_path: Path) -> None:
    """A text that cannot be written as UTF-8 leaves the old file whole."""
    file = tmp_path / "file.txt"
    write_whole(file, "old")
    with pytest.raises((KbgenError, UnicodeEncodeError)):
        write_whole(file, "\ud800")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


FULL_DISK = """
import resource, sys
from pathlib import Path
from kbgen.errors import KbgenError
from kbgen.outputs.files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), "x" * 5000)
except KbgenError as error:
    print(error)
    sys.exit(1)
"""


def test_full_disk(tmp_path: Path) -> None:
    """A disk that takes no more leaves the old file whole and nothing beside it, and a person reads what to do."""
    file = tmp_path / "file.txt"
    file.write_text("old", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it writes, too
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, file], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "cannot be written: File too large" in done.stdout
    assert "make room on the disk" in done.stdout
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_reader_sees_old_or_new(tmp_path: Path) -> None:
    """Who reads while a file is replaced again and again always reads one whole version."""
    file = tmp_path / "file.txt"
    versions = {letter * 50_000 for letter in "ab"}
    write_whole(file, "a" * 50_000)
    seen: set[str] = set()
    stop = threading.Event()

    def reader() -> None:
        while not stop.is_set():
            seen.add(file.read_text(encoding="utf-8"))

    thread = threading.Thread(target=reader)
    thread.start()
    for turn in range(200):
        write_whole(file, "ab"[turn % 2] * 50_000)
    stop.set()
    thread.join()
    assert seen
    assert seen <= versions


def test_two_writers(tmp_path: Path) -> None:
    """Two threads that write the same file both succeed, and the file is one of the two."""
    file = tmp_path / "file.txt"
    failed: list[KbgenError] = []
    together = threading.Barrier(4)

    def writer(letter: str) -> None:
        together.wait()
        try:
            for _ in range(300):
                write_whole(file, letter * 20_000)
        except KbgenError as error:
            failed.append(error)

    threads = [threading.Thread(target=writer, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(file.read_text(encoding="utf-8"))) == 1
