"""Syncing: what a build made takes its place in the site, file by file, so that the site is whole at any moment.

New files wait in a staging folder beside the site. When all are there, a journal says what shall happen; then each is
renamed into place, pages after the assets that they name, and what is no longer wanted goes last. Whoever is stopped in
between leaves the journal, and the next build goes on from there. Without a journal, what was staged is forgotten.
"""

from __future__ import annotations

import errno
import filecmp
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kbgen.errors import KbgenError
from kbgen.outputs.files import write_whole

MARKS = ("site.webmanifest", "sitemap.xml")
"""Files that tell a built site, of this version or an older one; a folder without either is never pruned."""


ROOM = "make room on the disk or check who may write there; the old site is as it was"


@dataclass(frozen=True, kw_only=True)
class Synced:
    """How many files were written, left as they were and removed."""

    written: int
    same: int
    removed: int


@dataclass(frozen=True)
class Staging:
    """The place where a site's new files wait."""

    site: Path

    @property
    def folder(self) -> Path:
        """The staging folder: on the site's own file system, so that renaming is one step."""
        return self.site.parent / f".{self.site.name}.part"

    @property
    def journal(self) -> Path:
        """What shall happen once everything is staged."""
        return self.site.parent / f".{self.site.name}.journal"

    def recover(self) -> None:
        """Finish what a build that was stopped had begun to put in place, or forget what it had only staged."""
        if self.journal.is_file():
            ordered, gone = self._planned()
            self._apply([path for path in ordered if (self.folder / path).is_file()], gone)
        self.forget()

    def _planned(self) -> tuple[list[str], list[str]]:
        """What the journal says; nothing where it is not whole, as then nothing was begun."""
        try:
            plan = json.loads(self.journal.read_text(encoding="utf-8"))
            return list(plan["write"]), list(plan["remove"])
        except (ValueError, KeyError, TypeError):
            return [], []

    def forget(self) -> None:
        """Remove the staging folder."""
        if self.folder.exists():
            shutil.rmtree(self.folder, ignore_errors=True)
        self.journal.unlink(missing_ok=True)

    def write(self, path: str, data: bytes) -> None:
        """Stage one file; raises a `KbgenError` where the disk refuses."""
        file = f"{self.folder}/{path}"
        try:
            try:
                _write(file, data)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
                _write(file, data)
        except OSError as error:
            raise KbgenError(f"the site cannot be written: {error.strerror}", hint=ROOM) from error

    def put_in_place(self, written: Collection[str], unwanted: Collection[str]) -> None:
        """Make the staged files `written` the site's, and remove those `unwanted`."""
        if not written and not unwanted:
            return
        ordered = sorted(written, key=_turn)
        gone = sorted(unwanted, key=lambda path: (not path.endswith(".html"), path))
        write_whole(self.journal, json.dumps({"write": ordered, "remove": gone}))
        self._apply(ordered, gone)
        self.journal.unlink()

    def _apply(self, ordered: Collection[str], unwanted: Iterable[str]) -> None:
        if ordered and not self.site.exists() and self._holds(ordered):
            self.folder.replace(self.site)
            return
        made: set[str] = set()
        site, staged = str(self.site), str(self.folder)
        for path in ordered:
            if self._moved_with_folder(path):
                continue
            folder = path.rpartition("/")[0]
            if folder not in made:
                _make_room(self.site, PurePosixPath(path))
                made.add(folder)
            try:
                os.replace(f"{staged}/{path}", f"{site}/{path}")  # noqa: PTH105 - ten thousand times
            except OSError as error:
                self._put(path, error)
        folders: set[str] = set()
        for path in unwanted:
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):  # a folder has taken its place
                (self.site / path).unlink()
            folders.update(str(parent) for parent in PurePosixPath(path).parents)
        _remove_empty(self.site, folders - {"."})

    def _put(self, path: str, error: OSError) -> None:
        """Put a file in place that could not be renamed: a folder is in its way, or another disk is mounted there."""
        if (self.site / path).is_dir():
            shutil.rmtree(self.site / path)
            (self.folder / path).replace(self.site / path)
        elif error.errno == errno.EXDEV:
            write_whole(self.site / path, (self.folder / path).read_bytes())
        else:
            raise error

    def _holds(self, ordered: Collection[str]) -> bool:
        return len(ordered) == sum(1 for _ in _files(self.folder))

    def _moved_with_folder(self, path: str) -> bool:
        """Move the folder of a new page, where the site has none yet and the page is all that it holds."""
        folder, _, name = path.rpartition("/")
        if name != "index.html" or not folder or os.path.lexists(self.site / folder):
            return False
        if not (self.site / folder).parent.is_dir() or len(list((self.folder / folder).iterdir())) > 1:
            return False
        try:
            (self.folder / folder).replace(self.site / folder)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            return False
        return True


def _turn(path: str) -> tuple[int, str]:
    """When a file is put in place: after those that it names."""
    return (2 if path.endswith(".html") else int(path.endswith(".json") and path.count("/") == 1)), path


def _write(file: str, data: bytes) -> None:
    with open(file, "wb") as stream:  # noqa: PTH123 - ten thousand times
        stream.write(data)


def sync(new: Path, site: Path) -> Synced:
    """Make `site` hold exactly what the folder `new` holds, which lies on the same file system and is used up."""
    staging = Staging(site)
    wanted = set(_files(new))
    there = set(_files(site))
    written = [path for path in wanted if path not in there or not filecmp.cmp(new / path, site / path, shallow=False)]
    if new != staging.folder:
        new.replace(staging.folder)
    staging.put_in_place(written, there - wanted)
    return Synced(written=len(written), same=len(wanted) - len(written), removed=len(there - wanted))


def refuse_foreign(site: Path) -> None:
    """Raise a `KbgenError` where `site` holds a person's files."""
    if not site.exists():
        return
    if not site.is_dir():
        raise KbgenError(f"'{site}' is a file, not a folder", hint="name another folder with --site-dir")
    if any(site.iterdir()) and not any((site / mark).exists() for mark in MARKS):
        raise KbgenError(
            f"'{site}' holds files that no build wrote, and a build would remove them",
            hint="empty the folder, or name another with --site-dir",
        )


def _make_room(site: Path, path: PurePosixPath) -> None:
    """Create the folder of a file; where a file stands in the way of a folder, it goes."""
    for parent in reversed(path.parents):
        place = site / parent
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(parents=True, exist_ok=True)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if not path.is_dir() or path.is_symlink():
            yield path.relative_to(folder).as_posix()


def _remove_empty(site: Path, folders: Iterable[str]) -> None:
    for folder in sorted(folders, key=len, reverse=True):
        place = site / folder
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
