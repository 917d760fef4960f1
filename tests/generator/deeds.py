"""Deeds: what happens to a project's folder that is no edit - files touched, committed, lost or spoilt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from centres import run

Deed = Callable[[Path, int, date], None]


def _touch(folder: Path, number: int, day: date) -> None:
    """Some sources look as if they had been saved anew."""
    del day
    for path in sorted((folder / "content").rglob("*.md"))[number % 3 :: 3]:
        path.touch()


def _grow_old(folder: Path, number: int, day: date) -> None:
    """All sources look older than any build, as after a restore from a backup."""
    del day
    for path in (folder / "content").rglob("*"):
        os.utime(path, (1_000_000 + number, 1_000_000 + number))


def _commit(folder: Path, number: int, day: date) -> None:
    """The project goes into git as it is, which gives its articles a day of their last change."""
    env = {f"GIT_{who}_DATE": f"{day.isoformat()}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    env |= {f"GIT_{who}_{what}": "writer@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    (folder / ".gitignore").write_text("/site/\n/.kbgen/\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", f"Edit {number}"]):
        done = run("git", *command, cwd=folder, env=env)
        assert done.code == 0, done.err


def _lose_site(folder: Path, number: int, day: date) -> None:
    """The site is deleted."""
    del number, day
    shutil.rmtree(folder / "site", ignore_errors=True)


def _spoil_pages(folder: Path, number: int, day: date) -> None:
    """Somebody writes into pages of the site and deletes others."""
    del day
    pages = sorted((folder / "site").rglob("*.html"))
    for page in pages[number % 5 :: 5]:
        page.write_text("spoilt")
    for page in pages[number % 4 :: 7]:
        page.unlink()


def _litter(folder: Path, number: int, day: date) -> None:
    """Somebody puts a file into the site that no build made."""
    del day
    if (folder / "site").is_dir():
        (folder / f"site/stray-{number}.html").write_text("stray")


def _lose_cache(folder: Path, number: int, day: date) -> None:
    """What builds left for the next one is deleted, as `make clean` or a new machine does."""
    del number, day
    for path in (folder / ".kbgen").glob("*"):
        if path.name != "published.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _halve_cache(folder: Path, number: int, day: date) -> None:
    """A file that builds left for the next one is cut short, as by a machine that lost its power."""
    del day
    files = sorted(p for p in (folder / ".kbgen").rglob("*") if p.is_file() and p.name != "published.json")
    for file in files[number % 3 :: 3]:
        os.truncate(file, file.stat().st_size // 2)


DEEDS: Mapping[str, Deed] = {
    "touch sources": _touch,
    "make sources old": _grow_old,
    "commit": _commit,
    "lose the site": _lose_site,
    "spoil pages": _spoil_pages,
    "litter the site": _litter,
    "lose the cache": _lose_cache,
    "halve the cache": _halve_cache,
}
"""Every deed by its name."""
