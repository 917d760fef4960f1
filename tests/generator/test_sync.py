"""Syncing: what was staged takes its place in the site, whatever stands there and whoever is stopped in between."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from centres import ROOT, run, tree, write_files

from kbgen.errors import KbgenError
from kbgen.generator.sync import Staging, Synced, refuse_foreign, sync

OLD: dict[str, str | bytes] = {
    "index.html": "old",
    "a/index.html": "old a",
    "gone/index.html": "gone",
    "gone/far/index.html": "gone, too",
    "assets/old.css": "old",
    "sitemap.xml": "old",
}
NEW: dict[str, str | bytes] = {
    "index.html": "new",
    "a/index.html": "new a",
    "b/index.html": "new b",
    "c/index.html": "new c",
    "c/picture.png": "new",
    "assets/new.css": "new",
    "sitemap.xml": "new",
}
UNWANTED = sorted(OLD.keys() - NEW.keys())


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    """An old site, with the files of a new one staged beside it."""
    write_files(tmp_path / "site", OLD)
    staging = Staging(tmp_path / "site")
    for path, data in NEW.items():
        staging.write(path, str(data).encode())
    return staging


def _text(folder: Path) -> dict[str, str | bytes]:
    return {path: data.decode() for path, data in tree(folder).items()}


def _is_clean(staging: Staging) -> bool:
    """Whether nothing is left beside the site."""
    return [path.name for path in staging.site.parent.iterdir()] == ["site"]


def test_what_is_staged_takes_its_place(staging: Staging) -> None:
    """The site holds the new files and none of those unwanted, without their folders; no journal is left."""
    staging.put_in_place(NEW, UNWANTED)
    assert _text(staging.site) == NEW
    assert not (staging.site / "gone").exists()
    assert not staging.journal.exists()
    staging.forget()
    assert _is_clean(staging)


def test_a_new_site_is_one_step(staging: Staging) -> None:
    """Where there is no site yet, the whole staging folder becomes it."""
    shutil.rmtree(staging.site)
    staging.put_in_place(NEW, ())
    assert _text(staging.site) == NEW
    assert _is_clean(staging)


def test_nothing_to_do(staging: Staging) -> None:
    """Without anything to write or to remove, nothing happens at all."""
    before = staging.site.stat()
    staging.put_in_place((), ())
    assert _text(staging.site) == OLD
    assert staging.site.stat() == before


@pytest.mark.parametrize("folder_is_moved", [False, True])
@pytest.mark.parametrize("done", range(len(NEW) + 1))
def test_a_stopped_build_is_finished(staging: Staging, done: int, *, folder_is_moved: bool) -> None:
    """After whichever file a build was stopped, the next one goes on from there; what is gone already may be gone."""
    ordered = sorted(NEW, key=lambda path: (path.endswith(".html"), path))
    staging.journal.write_text(json.dumps({"write": ordered, "remove": UNWANTED}))
    for path in ordered[:done]:
        (staging.site / path).parent.mkdir(parents=True, exist_ok=True)
        (staging.folder / path).replace(staging.site / path)
    if folder_is_moved and done == len(NEW):
        (staging.folder / "b").rmdir()  # as where a page went with its folder
    Staging(staging.site).recover()
    assert _text(staging.site) == NEW
    assert _is_clean(staging)


@pytest.mark.parametrize("done", range(1, len(UNWANTED) + 1))
def test_a_build_that_was_stopped_while_removing_is_finished(staging: Staging, done: int) -> None:
    """The same where the new files were in place and some of the old ones already gone."""
    staging.put_in_place(NEW, ())
    staging.journal.write_text(json.dumps({"write": sorted(NEW), "remove": UNWANTED}))
    for path in UNWANTED[:done]:
        (staging.site / path).unlink()
    Staging(staging.site).recover()
    assert _text(staging.site) == NEW
    assert not (staging.site / "gone").exists()
    assert _is_clean(staging)


def test_a_new_site_that_was_stopped_is_finished(staging: Staging) -> None:
    """Where the first build was stopped before or after its one step, the site is whole after the next."""
    shutil.rmtree(staging.site)
    staging.journal.write_text(json.dumps({"write": sorted(NEW), "remove": []}))
    Staging(staging.site).recover()
    assert _text(staging.site) == NEW
    staging.journal.write_text(json.dumps({"write": sorted(NEW), "remove": []}))
    Staging(staging.site).recover()
    assert _text(staging.site) == NEW
    assert _is_clean(staging)


def test_without_a_journal_what_was_staged_is_forgotten(staging: Staging) -> None:
    """A build that was stopped before everything was staged has changed nothing, and leaves nothing."""
    Staging(staging.site).recover()
    assert _text(staging.site) == OLD
    assert _is_clean(staging)


def test_nothing_to_recover(tmp_path: Path) -> None:
    """Before the first build there is nothing to finish and nothing to forget."""
    Staging(tmp_path / "site").recover()
    assert list(tmp_path.iterdir()) == []


WATCH = """\
import json, sys
from pathlib import Path
from kbgen.generator.sync import Staging
staging, new, unwanted = Staging(Path(sys.argv[1])), json.loads(sys.argv[2]), json.loads(sys.argv[3])
seen = []
def heard(event, args):
    if event in {"os.rename", "os.remove"}:
        seen.append((event, str(args[1 if event == "os.rename" else 0])))
sys.addaudithook(heard)
staging.put_in_place(new, unwanted)
print(json.dumps(seen))
"""


def test_the_order_of_what_happens(staging: Staging) -> None:
    """The journal comes first, then assets, then pages, then what is no longer wanted goes; the journal goes last."""
    done = run(sys.executable, "-c", WATCH, staging.site, json.dumps(list(NEW)), json.dumps(UNWANTED), cwd=ROOT)
    assert done.code == 0, done.err
    seen = [(event, path) for event, path in json.loads(done.out) if not path.endswith(".part")]
    assert (seen[0], seen[-1]) == (("os.rename", str(staging.journal)), ("os.remove", str(staging.journal)))
    steps = [(event, Path(path).relative_to(staging.site)) for event, path in seen[1:-1]]
    kinds = ["asset" if p.suffix not in {".html", ""} else "page" if e == "os.rename" else "old" for e, p in steps]
    kinds = ["old" if event == "os.remove" else kind for (event, _), kind in zip(steps, kinds, strict=True)]
    assert kinds == sorted(kinds, key=["asset", "page", "old"].index)
    assert set(kinds) == {"asset", "page", "old"}


def _folder_for_file(staging: Staging) -> None:
    (staging.site / "a/index.html").unlink()
    write_files(staging.site, {"a/index.html/inside.html": "x", "a/index.html/far/inside.html": "y"})


def _link_for_folder(staging: Staging) -> None:
    (staging.site.parent / "elsewhere").mkdir()
    (staging.site / "c").symlink_to("../elsewhere")


def _link_for_file(staging: Staging) -> None:
    write_files(staging.site.parent, {"elsewhere/page.html": "somebody's"})
    (staging.site / "index.html").unlink()
    (staging.site / "index.html").symlink_to("../elsewhere/page.html")


@pytest.mark.parametrize("obstacle", [_folder_for_file, _link_for_folder, _link_for_file])
def test_what_stands_in_the_way_goes(staging: Staging, obstacle: Callable[[Staging], None]) -> None:
    """Folders give way to files, and links to either; what a link led to is left alone."""
    obstacle(staging)
    elsewhere = _text(staging.site.parent / "elsewhere")
    there = {path.relative_to(staging.site).as_posix() for path in staging.site.rglob("*") if not path.is_dir()}
    staging.put_in_place(NEW, there - NEW.keys())
    assert _text(staging.site) == NEW
    assert not [path for path in staging.site.rglob("*") if path.is_symlink()]
    assert _text(staging.site.parent / "elsewhere") == elsewhere


def test_a_link_that_is_unwanted_goes(staging: Staging) -> None:
    """A link in the site that no build made is removed, and what it leads to stays."""
    write_files(staging.site.parent, {"elsewhere/thesis.txt": "years of work"})
    (staging.site / "link").symlink_to("../elsewhere")
    (staging.site / "file").symlink_to("../elsewhere/thesis.txt")
    staging.put_in_place(NEW, [*UNWANTED, "link", "file"])
    assert _text(staging.site) == NEW
    assert _text(staging.site.parent / "elsewhere") == {"thesis.txt": "years of work"}


def test_folders_that_are_not_empty_stay(staging: Staging) -> None:
    """Only folders that hold nothing any more are removed."""
    write_files(staging.site, {"gone/kept.txt": "kept"})
    staging.put_in_place(NEW, UNWANTED)
    assert _text(staging.site) == {**NEW, "gone/kept.txt": "kept"}


def test_a_folder_becomes_a_site(tmp_path: Path) -> None:
    """`sync` makes a site hold exactly what a folder holds, and counts what it did; equal files are left alone."""
    write_files(tmp_path / "site", {**OLD, "same.css": "same"})
    write_files(tmp_path / ".site.part", {**NEW, "same.css": "same"})
    before = (tmp_path / "site/same.css").stat()
    assert sync(tmp_path / ".site.part", tmp_path / "site") == Synced(written=7, same=1, removed=3)
    assert _text(tmp_path / "site") == {**NEW, "same.css": "same"}
    assert (tmp_path / "site/same.css").stat().st_ino == before.st_ino
    assert (tmp_path / "site/same.css").stat().st_mtime_ns == before.st_mtime_ns


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    """A folder that holds a person's files is never taken for a site, nor is a file."""
    write_files(tmp_path, {"mine/thesis.txt": "years of work", "file": ""})
    with pytest.raises(KbgenError, match="holds files that no build wrote") as refused:
        refuse_foreign(tmp_path / "mine")
    assert "--site-dir" in refused.value.hint
    with pytest.raises(KbgenError, match="is a file, not a folder"):
        refuse_foreign(tmp_path / "file")


@pytest.mark.parametrize("mark", ["sitemap.xml", "site.webmanifest"])
def test_a_folder_of_ours_is_not_refused(tmp_path: Path, mark: str) -> None:
    """A folder that is missing or empty, or that holds a mark of a built site, is fine."""
    refuse_foreign(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    refuse_foreign(tmp_path / "empty")
    write_files(tmp_path, {f"site/{mark}": "", "site/other.html": ""})
    refuse_foreign(tmp_path / "site")


@pytest.mark.parametrize("obstacle", ["file", "link", "link to a folder"])
def test_a_folder_in_the_place_of_a_file(tmp_path: Path, obstacle: str) -> None:
    """An unwanted file or link gives way to a folder of the same name, and is not missed when its turn comes."""
    write_files(tmp_path / "site", {"index.html": "old"})
    write_files(tmp_path / "elsewhere", {"thesis.txt": "years of work"})
    if obstacle == "file":
        (tmp_path / "site/b").write_text("in the way")
    else:
        (tmp_path / "site/b").symlink_to("nowhere" if obstacle == "link" else "../elsewhere")
    staging = Staging(tmp_path / "site")
    staging.write("b/index.html", b"new")
    staging.put_in_place(["b/index.html"], ["b"])
    assert tree(tmp_path / "site") == {"index.html": b"old", "b/index.html": b"new"}
    assert tree(tmp_path / "elsewhere") == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("text", ["", '{"write": ["a/ind'])
def test_a_damaged_journal(staging: Staging, text: str) -> None:
    """A journal that is not whole, as a power cut may leave it, is forgotten with what was staged."""
    staging.journal.write_text(text)
    Staging(staging.site).recover()
    assert _text(staging.site) == OLD
    assert _is_clean(staging)
