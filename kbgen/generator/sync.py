"""Syncing: a finished folder takes the place of an old one, file by file, each renamed into place."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kbgen.errors import KbgenError

MARKS = ("site.webmanifest", "sitemap.xml")
"""Files that tell a built site, of this version or an older one; a folder without either is never pruned."""


@dataclass(frozen=True, kw_only=True)
class Synced:
    """How many files were written, left as they were and removed."""

    written: int
    same: int
    removed: int


def sync(new: Path, site: Path) -> Synced:
    """Make `site` hold exactly what `new` holds.

    Both must lie on one file system. Files that do not differ are left alone, pages come after the assets they
    name, and what is no longer wanted goes last. Raises a `KbgenError` where `site` holds a person's files.
    """
    _refuse_foreign(site)
    wanted = sorted(_files(new), key=lambda path: (path.suffix == ".html", path.as_posix()))
    written = 0
    for path in wanted:
        target = site / path
        if target.is_file() and filecmp.cmp(new / path, target, shallow=False):
            continue
        _make_room(site, path)
        (new / path).replace(target)
        written += 1
    orphans = sorted(set(_files(site)) - set(wanted))
    for path in orphans:
        (site / path).unlink()
    _remove_empty(site)
    return Synced(written=written, same=len(wanted) - written, removed=len(orphans))


def _refuse_foreign(site: Path) -> None:
    if not site.exists():
        return
    if not site.is_dir():
        raise KbgenError(f"'{site}' is a file, not a folder", hint="name another folder with --site-dir")
    if any(site.iterdir()) and not any((site / mark).exists() for mark in MARKS):
        raise KbgenError(
            f"'{site}' holds files that no build wrote, and a build would remove them",
            hint="empty the folder, or name another with --site-dir",
        )


def _make_room(site: Path, path: Path) -> None:
    """Create the folders of a file; where a file stands in the way of a folder or a folder of a file, it goes."""
    for parent in reversed(path.parents):
        folder = site / parent
        if folder.is_file() or folder.is_symlink():
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
    if (site / path).is_dir():
        for file in _files(site / path):
            (site / path / file).unlink()
        _remove_empty(site / path)
        (site / path).rmdir()


def _files(folder: Path) -> Iterator[Path]:
    return (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def _remove_empty(folder: Path) -> None:
    folders = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in folders:
        if not any(path.iterdir()):
            path.rmdir()
