"""Outputs: what the site shall hold, compared with what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from centres import write_files

from kbgen.generator.inputs import digest_of
from kbgen.generator.manifest import Written
from kbgen.generator.outputs import Outputs, present, survey, untouched, written
from kbgen.generator.sync import Staging

FILES: dict[str, str | bytes] = {"index.html": "<html>", "a/index.html": "A", "a/b/index.html": "B"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that holds what a build wrote."""
    write_files(tmp_path / "site", FILES)
    return tmp_path / "site"


def _holds(site: Path) -> tuple[dict[str, Written], dict[str, int]]:
    files, folders = survey(site)
    return present(site, {}, files), folders


def _outputs(site: Path) -> Outputs:
    there, _ = _holds(site)
    return Outputs(staging=Staging(site), before=there, known=dict(there))


def test_survey(site: Path) -> None:
    """Every file and every folder below the site is found; of a missing site there is nothing."""
    (site / "empty").mkdir()
    files, folders = survey(site)
    assert set(files) == set(FILES)
    assert set(folders) == {"", "a/", "a/b/", "empty/"}
    assert survey(site / "none") == ({}, {})


def test_survey_follows_no_link(site: Path) -> None:
    """A link in the site is a file of its own, wherever it leads: what is behind it is none of the site's."""
    (site / "link").symlink_to(site.parent)
    (site / "broken").symlink_to("nowhere")
    files, folders = survey(site)
    assert {"link", "broken"} < set(files)
    assert "link/" not in folders


def test_an_untouched_site(site: Path) -> None:
    """A site is untouched until somebody changes, removes, adds or replaces a file or a folder."""
    there, folders = _holds(site)
    assert untouched(site, there, folders)


@pytest.mark.parametrize("deed", ["edit", "remove", "add", "add a folder", "remove a folder", "link"])
def test_a_touched_site(site: Path, deed: str) -> None:
    """Whatever somebody does to the site shows."""
    os.utime(site / "a/b", (1_000_000, 1_000_000))
    there, folders = _holds(site)
    if deed == "edit":
        (site / "a/index.html").write_text("Another")
    elif deed == "remove":
        (site / "a/index.html").unlink()
    elif deed == "add":
        (site / "a/b/stray.html").write_text("")
    elif deed == "add a folder":
        (site / "a/b/c").mkdir()
    elif deed == "remove a folder":
        (site / "a/b/index.html").unlink()
        (site / "a/b").rmdir()
    else:
        (site / "a/index.html").unlink()
        (site / "a/index.html").symlink_to("../index.html")
    assert not untouched(site, there, folders)


def test_present_reads_what_changed(site: Path) -> None:
    """A file that looks as it was written counts as what was written; any other is judged by what it holds."""
    there, _ = _holds(site)
    known = {path: Written(digest="as written", size=w.size, mtime_ns=w.mtime_ns) for path, w in there.items()}
    (site / "a/index.html").write_text("Another")
    files, _ = survey(site)
    found = present(site, known, files)
    assert found["index.html"].digest == "as written"
    assert found["a/index.html"].digest == digest_of(b"Another")


def test_only_what_differs_is_staged(site: Path) -> None:
    """A file that the site has already is wanted, but not written again."""
    outputs = _outputs(site)
    outputs.put("index.html", b"<html>")
    outputs.put("a/index.html", b"Another")
    outputs.put("c/index.html", b"C")
    assert outputs.staged == {"a/index.html", "c/index.html"}
    assert outputs.wanted.keys() == {"index.html", "a/index.html", "c/index.html"}
    assert outputs.unwanted == {"a/b/index.html"}
    assert outputs.sizes == {"index.html": 6, "a/index.html": 7, "c/index.html": 1}
    assert (outputs.staging.folder / "c/index.html").read_bytes() == b"C"
    assert not (outputs.staging.folder / "index.html").exists()


def test_the_last_word_counts(site: Path) -> None:
    """A file that is put twice is what it was put to be the second time."""
    outputs = _outputs(site)
    outputs.put("index.html", b"Another")
    outputs.put("index.html", b"<html>")
    assert outputs.staged == set()
    assert outputs.wanted["index.html"] == digest_of(b"<html>")


def test_files_that_stay(site: Path) -> None:
    """A file of the last build is still there unless it was changed or removed since."""
    outputs = _outputs(site)
    assert outputs.has("index.html")
    assert not outputs.has("none.html")
    (site / "index.html").write_text("spoilt")
    files, _ = survey(site)
    outputs.before = present(site, outputs.known, files)
    assert not outputs.has("index.html")
    assert outputs.has("a/index.html")
    outputs.keep("a/index.html")
    assert outputs.wanted == {"a/index.html": digest_of(b"A")}
    assert outputs.staged == set()


def test_what_is_noted_holds(site: Path) -> None:
    """After a site was brought up to date, it is untouched by what is noted of it: also where folders came and went."""
    files, folders = survey(site)
    there = present(site, {}, files)
    outputs = Outputs(staging=Staging(site), before=there, known=there)
    outputs.keep("index.html")
    outputs.put("a/index.html", b"Another")
    outputs.put("c/d/index.html", b"D")
    outputs.staging.put_in_place(outputs.staged, outputs.unwanted)
    noted = written(site, outputs, folders)
    assert untouched(site, noted, folders)
    assert set(folders) == {"", "a/", "c/", "c/d/"}
    assert {path: w.digest for path, w in noted.items()} == outputs.wanted
