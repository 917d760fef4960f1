"""Inputs: which files have changed since they were last seen, and which are read to find out."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from centres import ROOT, run, write_files

from kbgen.generator.inputs import Inputs, digest_of, file_digest, look

OLD = 1_600_000_000_123_456_789
"""A time long before any look, in nanoseconds."""


def _place(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of files that look as if they had been there for long."""
    write_files(folder, files)
    for name in files:
        os.utime(folder / name, ns=(OLD, OLD))
    return folder


def _let_it_be_young(file: Path) -> None:
    """Give a file a time that stays ahead of the clock for the length of a test."""
    moment = time.time_ns() // 1000 * 1000 + 60_000_000_001
    os.utime(file, ns=(moment, moment))


def _changed(folder: Path, before: Inputs) -> set[str]:
    return look({"content": folder}, before).changed(before, "content")


def test_what_is_seen(tmp_path: Path) -> None:
    """Each file is known by its path below its folder, with slashes, and by what it holds."""
    inputs = look({"content": _place(tmp_path, {"a.md": "A", "g/ä b.md": "B"})})
    assert list(inputs.folders["content"]) == ["a.md", "g/ä b.md"]
    assert [seen[4] for seen in inputs.folders["content"].values()] == [digest_of(b"A"), digest_of(b"B")]


def test_nothing_has_changed(tmp_path: Path) -> None:
    """A second look at the same files finds nothing new."""
    folder = _place(tmp_path, {"a.md": "A", "g/b.md": "B"})
    before = look({"content": folder})
    after = look({"content": folder}, before)
    assert after.changed(before, "content") == set()
    assert after.same_as(before)
    assert after.settled(before)


def test_new_changed_and_gone(tmp_path: Path) -> None:
    """Files that came, went or hold something else are named; the others are not."""
    folder = _place(tmp_path, {"a.md": "A", "b.md": "B", "c.md": "C"})
    before = look({"content": folder})
    write_files(folder, {"a.md": "Another", "d.md": "D"})
    (folder / "c.md").unlink()
    assert _changed(folder, before) == {"a.md", "c.md", "d.md"}


def test_a_change_that_hides(tmp_path: Path) -> None:
    """A file of the same size that was given back its time is noticed, as the disk remembers the change."""
    folder = _place(tmp_path, {"a.md": "one", "b.md": "two"})
    before = look({"content": folder})
    time.sleep(0.02)  # a disk may count in steps of ten milliseconds
    _place(folder, {"a.md": "ONE"})
    assert _changed(folder, before) == {"a.md"}


def test_a_file_in_the_place_of_another(tmp_path: Path) -> None:
    """Another file of the same size and time that took the place of the old one is noticed."""
    folder = _place(tmp_path / "content", {"a.md": "one"})
    _place(tmp_path, {"waiting.md": "ONE"})
    before = look({"content": folder})
    (tmp_path / "waiting.md").replace(folder / "a.md")
    assert _changed(folder, before) == {"a.md"}


def test_two_files_that_change_places(tmp_path: Path) -> None:
    """Where two files of one size and time swap their names, both are noticed."""
    folder = _place(tmp_path, {"a.md": "one", "b.md": "two"})
    before = look({"content": folder})
    (folder / "a.md").rename(folder / "c.md")
    (folder / "b.md").rename(folder / "a.md")
    (folder / "c.md").rename(folder / "b.md")
    assert _changed(folder, before) == {"a.md", "b.md"}


def test_a_touched_file_is_as_it_was(tmp_path: Path) -> None:
    """New times alone are no change, but they are worth remembering."""
    folder = _place(tmp_path, {"a.md": "A"})
    before = look({"content": folder})
    os.utime(folder / "a.md", (2_000_000_000, 2_000_000_000))
    after = look({"content": folder}, before)
    assert after.same_as(before)
    assert not after.settled(before)


def test_a_copy_is_known_by_its_contents(tmp_path: Path) -> None:
    """In a fresh clone, where every time and place on the disk is new, nothing has changed."""
    before = look({"content": _place(tmp_path / "one", {"a.md": "A", "g/b.md": "B"})})
    shutil.copytree(tmp_path / "one", tmp_path / "two", copy_function=shutil.copyfile)
    after = look({"content": tmp_path / "two"}, before)
    assert after.same_as(before)
    assert after.digest("content") == before.digest("content")


COUNT = """\
import json, sys
from pathlib import Path
from kbgen.generator.inputs import Inputs, look
folders = {"content": Path(sys.argv[1])}
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
before = look(folders)
first, opened[:] = list(opened), []
before.scanned_at += int(sys.argv[2])
look(folders, before)
print(json.dumps([len([p for p in part if p.startswith(sys.argv[1])]) for part in (first, opened)]))
"""


@pytest.mark.parametrize(("later", "read"), [(0, 1), (120_000_000_000, 0)])
def test_what_is_read(tmp_path: Path, later: int, read: int) -> None:
    """A second look opens no file but those so young that they may have changed again within the same moment."""
    folder = _place(tmp_path, {"a.md": "A", "g/b.md": "B"})
    (folder / "young.md").write_text("C")
    _let_it_be_young(folder / "young.md")
    done = run(sys.executable, "-c", COUNT, folder, str(later), cwd=ROOT)
    assert json.loads(done.out) == [3, read], done.err


def test_a_young_file_is_read_again(tmp_path: Path) -> None:
    """A file that was changed just before the look is never vouched for by its times alone."""
    file = tmp_path / "young.md"
    file.write_text("one")
    _let_it_be_young(file)
    before = look({"content": tmp_path})
    seen = before.folders["content"]["young.md"]
    before.folders["content"]["young.md"] = (*seen[:4], "something else")
    assert _changed(tmp_path, before) == {"young.md"}


def test_a_file_of_whole_seconds_is_young_for_longer(tmp_path: Path) -> None:
    """Where a time has no fraction of a second, the disk may count seconds, so the file stays young for two."""
    now = time.time_ns() // 1_000_000_000
    for name, age in (("coarse.md", 0), ("old.md", 60)):
        (tmp_path / name).write_text("one")
        os.utime(tmp_path / name, (now - age, now - age))
    before = look({"content": tmp_path})
    files = before.folders["content"]
    files |= {name: (*seen[:4], "something else") for name, seen in files.items()}
    assert _changed(tmp_path, before) == {"coarse.md"}


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """A link to the folder that it lies in is followed for a while, not for ever."""
    folder = _place(tmp_path / "content", {"g/a.md": "A"})
    (folder / "g/again").symlink_to(folder / "g")
    (folder / "self").symlink_to("self")
    inputs = look({"content": folder})
    assert "g/a.md" in inputs.folders["content"]
    assert "self" not in inputs.folders["content"]
    assert len(inputs.folders["content"]) < 100
    assert look({"content": folder}, inputs).same_as(inputs)


def test_links_are_followed(tmp_path: Path) -> None:
    """A linked folder and a linked file count with what they lead to; a link that leads nowhere is passed over."""
    folder = _place(tmp_path / "content", {"a.md": "A"})
    _place(tmp_path / "elsewhere", {"b.md": "B", "c.md": "C"})
    (folder / "g").symlink_to(tmp_path / "elsewhere")
    (folder / "c.md").symlink_to(tmp_path / "elsewhere/c.md")
    (folder / "gone.md").symlink_to(tmp_path / "nowhere")
    before = look({"content": folder})
    assert set(before.folders["content"]) == {"a.md", "c.md", "g/b.md", "g/c.md"}
    write_files(tmp_path / "elsewhere", {"c.md": "Another"})
    assert _changed(folder, before) == {"c.md", "g/c.md"}


def test_what_is_passed_over(tmp_path: Path) -> None:
    """Folders of git and of kbgen have no say in a site."""
    names = (".git", "g/.kbgen")
    folder = _place(tmp_path, {"a.md": "A", **{f"{name}/b.md": "B" for name in names}, "h/.git": "C"})
    assert set(look({"content": folder}).folders["content"]) == {"a.md"}


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    """A folder that is not there holds nothing; when it comes, its files are new."""
    before = look({"content": tmp_path / "content"})
    assert before.folders == {"content": {}}
    assert _changed(_place(tmp_path / "content", {"a.md": "A"}), before) == {"a.md"}


def test_single_files(tmp_path: Path) -> None:
    """Files that stand alone have names of their own; those that are not there are left out, until they come."""
    files = {"redirects.yml": tmp_path / "redirects.yml", "published.json": _place(tmp_path, {"p": "P"}) / "p"}
    before = look({"beside": files})
    assert set(before.folders["beside"]) == {"published.json"}
    write_files(tmp_path, {"redirects.yml": "old.md: new.md\n"})
    assert look({"beside": files}, before).changed(before, "beside") == {"redirects.yml"}


def test_which_folder_has_changed(tmp_path: Path) -> None:
    """A folder may be left out of the comparison; one that came or went is a change of its own."""
    one, two = _place(tmp_path / "one", {"a.md": "A"}), _place(tmp_path / "two", {"a.md": "A"})
    before = look({"content": one, "theme0": two})
    write_files(one, {"a.md": "Another"})
    after = look({"content": one, "theme0": two}, before)
    assert after.same_as(before, but="content")
    assert not after.same_as(before)
    assert not look({"content": one}, before).same_as(before, but="content")
    assert after.digest("content") != before.digest("content")
    assert after.digest("theme0") == before.digest("theme0")


def test_a_file_by_another_name_is_another_input(tmp_path: Path) -> None:
    """The digest of a folder changes when a file is renamed, whatever it holds."""
    folder = _place(tmp_path, {"a.md": "A", "b.md": "B"})
    before = look({"content": folder})
    (folder / "a.md").rename(folder / "c.md")
    assert look({"content": folder}).digest("content") != before.digest("content")


def test_digests(tmp_path: Path) -> None:
    """A file has the digest of its bytes, however many there are; one that cannot be read has none."""
    data = os.urandom(1 << 20) * 2 + b"end"
    (tmp_path / "a").write_bytes(data)
    assert file_digest(tmp_path / "a") == digest_of(data)
    assert len(digest_of(b"")) == 16
    assert file_digest(tmp_path / "none") == file_digest(tmp_path) == ""
