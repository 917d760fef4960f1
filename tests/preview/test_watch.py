"""The watch: what counts as a source, and that no change to one is missed."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from centres import wait_until, write_files
from hypothesis import given
from hypothesis import strategies as st

from kbgen.preview.watch import SKIPPED, Sources, Watch, sources

ROOT = Path("/help")
CENTRE = Sources(root=ROOT, content=ROOT / "content", site=ROOT / "site", themes=(ROOT / "overrides",))


@pytest.mark.parametrize(
    "path",
    [
        "content/a.md",
        "content/accounts/reset your password.md",
        "content/accounts/screen.png",
        "content/videos/tour.en.vtt",
        "content/accounts",
        "content",
        "content/.pages",
        "mkdocs.yml",
        "redirects.yml",
        "feedback.json",
        "overrides/main.html",
        "overrides/partials/logo.webp",
        "hooks/dates.py",
        "includes/words.md",
    ],
)
def test_a_source_counts(path: str) -> None:
    """Articles with all that lies beside them, folders, settings, templates with their pictures, hooks."""
    assert CENTRE.hold(ROOT / path)


@pytest.mark.parametrize(
    "path",
    [
        ".git/index.lock",
        ".git/refs/heads/main.yml",
        ".kbgen/preview/index.html",
        ".kbgen/preview-status.json",
        ".venv/lib/page.html",
        "node_modules/x/index.js",
        "site/index.html",
        "site",
        "serve.log",
        "votes.sqlite",
        "votes.sqlite-wal",
        "tickets.csv",
        "hooks/__pycache__/dates.cpython-311.pyc",
        "content/.obsidian/workspace.json",
        "content/__pycache__/x.md",
        "content/.a.md.swp",
        "content/.a.md.swx",
        "content/a.md~",
        "content/4913",
        "content/#a.md#",
        "content/.#a.md",
        "content/a.md___jb_tmp___",
        "content/a.md___jb_old___",
        "content/.goutputstream-5QXU12",
        "content/.a.md.kate-swp",
        "content/.a.md.xyz.part",
        "content/a.md.tmp",
        "content/a.md.tmp.12345.678",
        "content/.~lock.plan.odt#",
        "content/~$plan.docx",
        "content/.DS_Store",
        "../elsewhere/a.md",
    ],
)
def test_what_is_no_source_does_not_count(path: str) -> None:
    """State, built sites, logs, databases, and what editors and systems leave for a moment."""
    assert not CENTRE.hold((ROOT / path) if not path.startswith("..") else Path("/elsewhere/a.md"))


NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["C"]), min_size=1, max_size=12
)
NAMED = NAMES.filter(lambda name: name not in {".", ".."})


@given(st.lists(NAMES.filter(lambda name: name[0] != "." and name not in SKIPPED), max_size=3), NAMES)
def test_every_markdown_file_in_content_counts(folders: list[str], name: str) -> None:
    """Whatever it is called, unless it is hidden or a lock of an Office program."""
    path = CENTRE.content.joinpath(*folders, f"{name}.md")
    assert CENTRE.hold(path) is not name.startswith((".#", "._", ".~lock.", "~$", ".goutputstream-"))


@given(st.lists(NAMED, max_size=2), NAMED, NAMED)
def test_nothing_in_a_hidden_folder_counts(folders: list[str], hidden: str, name: str) -> None:
    """In content as elsewhere."""
    below = Path(*folders, f".{hidden}", name)
    assert not CENTRE.hold(CENTRE.content / below)
    assert not CENTRE.hold(ROOT / "extra" / below)


def test_sources_are_what_the_settings_name(tmp_path: Path) -> None:
    """Also outside the folder of mkdocs.yml; what cannot be read has MkDocs' defaults."""
    root = tmp_path.resolve()
    config = root / "help" / "mkdocs.yml"
    write_files(
        root, {"help/mkdocs.yml": "docs_dir: ../texts\nsite_dir: out\ntheme: {name: kbgen, custom_dir: look}\n"}
    )
    assert sources(config) == Sources(
        root=root / "help", content=root / "texts", site=root / "help/out", themes=(root / "help/look",)
    )
    config.write_text("docs_dir: [")
    assert sources(config).content == root / "help" / "docs"


def test_caches_and_built_sites_are_not_even_watched(tmp_path: Path) -> None:
    """A folder that lies within another is not watched twice."""
    files = ["content/a.md", "site/index.html", ".git/x", "node_modules/x/y", "hooks/a.py", "look/main.html"]
    write_files(tmp_path, {"mkdocs.yml": "docs_dir: content\ntheme: {custom_dir: look}\n", **dict.fromkeys(files, "")})
    watched = sources(tmp_path / "mkdocs.yml").folders()
    assert [folder.name for folder in watched] == ["content", "hooks", "look"]


@contextmanager
def watching(root: Path) -> Iterator[threading.Event]:
    changed = threading.Event()
    write_files(root, {"mkdocs.yml": "docs_dir: content\n", "content/a.md": "old", "votes.sqlite": ""})
    watch = Watch(sources(root / "mkdocs.yml"), changed)
    changed.clear()
    try:
        yield changed
    finally:
        watch.close()


def test_no_change_is_missed_from_the_first_moment_on(tmp_path: Path) -> None:
    """Saved in place, saved by renaming, removed, moved with its folder; the settings too."""
    with watching(tmp_path) as changed:
        content = tmp_path / "content"
        for change in (
            lambda: (content / "a.md").write_text("new"),
            lambda: (content / "a.md.tmp").write_text("newer") and (content / "a.md.tmp").replace(content / "a.md"),
            lambda: (content / "deep/er").mkdir(parents=True),
            lambda: (content / "a.md").rename(content / "deep/er/b.md"),
            lambda: (content / "deep").rename(content / "flat"),
            (content / "flat/er/b.md").unlink,
            lambda: (tmp_path / "mkdocs.yml").write_text("docs_dir: content\nsite_name: X\n"),
        ):
            change()
            assert changed.wait(5)
            wait_until(lambda: not changed.wait(0.1) or changed.clear() or False)
            changed.clear()


def test_a_database_that_grows_changes_nothing(tmp_path: Path) -> None:
    """Nor do swap files; the save that comes after them does."""
    with watching(tmp_path) as changed:
        (tmp_path / "votes.sqlite").write_bytes(b"votes")
        (tmp_path / "content/.a.md.swp").write_text("half")
        assert not changed.wait(0.2)
        (tmp_path / "content/a.md").write_text("whole")
        assert changed.wait(5)


def test_a_folder_made_anew_is_watched_anew(tmp_path: Path) -> None:
    """Git removes a folder and makes it again when branches differ: the watch of the old one has gone blind."""
    config = tmp_path / "mkdocs.yml"
    write_files(tmp_path, {"mkdocs.yml": "docs_dir: content\n", "content/a.md": "", "other/x": ""})
    watch = Watch(sources(config), threading.Event())
    assert watch.is_of(sources(config))
    subprocess.run(["mv", tmp_path / "content", tmp_path / "gone"], check=True)
    write_files(tmp_path, {"content/a.md": ""})
    assert not watch.is_of(sources(config))
    watch.close()
