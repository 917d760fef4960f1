"""Inputs: the files that a site is made of, each known by what it holds.

A file whose size, times and place on the disk are as they were is not read again; everything else is, so that a fresh
clone, whose times mean nothing, is judged by contents.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED = frozenset({".git", ".kbgen"})
"""Folders that hold nothing of a site."""
DEEPEST = 40
"""Levels of folders; what lies deeper is a link that leads in a circle."""
COARSE_NS, FINE_NS = 2_000_000_000, 50_000_000
"""How long after its last change a file may change again without a new time: on file systems that count seconds, and
on all others."""

Seen = tuple[int, int, int, int, str]
"""Size, times of content and entry in nanoseconds, number on the disk, and digest of a file."""
Files = dict[str, Seen]


def digest_of(data: bytes) -> str:
    """16 hex digits that change with the data."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


@dataclass(kw_only=True)
class Inputs:
    """What has been seen of the files of one site, by the name of their folder and their path below it."""

    folders: dict[str, Files] = field(default_factory=dict)
    scanned_at: int = 0
    """When looking began, in nanoseconds since 1970."""

    def digest(self, folder: str) -> str:
        """16 hex digits that change with any file of a folder."""
        files = self.folders.get(folder, {})
        return digest_of("".join(f"{path}\0{files[path][4]}\0" for path in sorted(files)).encode())

    def same_as(self, other: Inputs, *, but: str = "") -> bool:
        """Whether the files hold what those of `other` hold, the folder `but` left out."""
        if self.folders.keys() != other.folders.keys():
            return False
        return not any(self.changed(other, name) for name in self.folders if name != but)

    def changed(self, other: Inputs, folder: str) -> set[str]:
        """The files of a folder that are new, gone, or not what they were in `other`."""
        now, then = self.folders[folder], other.folders[folder]
        if now == then:
            return set()
        both = now.keys() & then.keys()
        return (now.keys() ^ then.keys()) | {path for path in both if now[path][4] != then[path][4]}

    def settled(self, other: Inputs) -> bool:
        """Whether nothing at all was noticed that `other` did not know."""
        return self.folders == other.folders


Place = Path | Mapping[str, Path]
"""A folder, or files with a name for each."""


def look(folders: Mapping[str, Place], before: Inputs | None = None) -> Inputs:
    """See every file of the given places; reads those that `before` does not vouch for."""
    inputs = Inputs(scanned_at=time.time_ns())
    before = before or Inputs()
    for name, place in folders.items():
        known = before.folders.get(name, {})
        entries = _below(place) if isinstance(place, Path) else _single(place)
        inputs.folders[name] = dict(sorted(_seen(entries, known, before.scanned_at)))
    return inputs


def _seen(
    entries: Iterable[tuple[str, str, os.stat_result]], known: Files, scanned_at: int
) -> Iterator[tuple[str, Seen]]:
    for path, file, stat in entries:
        signature = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        old = known.get(path)
        if old is not None and tuple(old[:4]) == signature and not _may_have_changed(stat, scanned_at):
            yield path, old
        else:
            yield path, (*signature, file_digest(file))


def _may_have_changed(stat: os.stat_result, scanned_at: int) -> bool:
    """Whether the file is so young that a change after the last look may bear the same time."""
    coarse = stat.st_mtime_ns % 1_000_000_000 == 0
    return stat.st_mtime_ns > scanned_at - (COARSE_NS if coarse else FINE_NS)


def file_digest(file: str | Path) -> str:
    """The digest of a file, `""` where it cannot be read."""
    digest = hashlib.blake2b(digest_size=8)
    try:
        with open(file, "rb") as stream:  # noqa: PTH123 - ten thousand times
            while part := stream.read(1 << 20):
                digest.update(part)
    except OSError:
        return ""
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[tuple[str, str, os.stat_result]]:
    """Every file below a folder: its path there, where it lies, and what the disk says of it."""
    waiting = [("", str(folder))]
    while waiting:
        prefix, place = waiting.pop()
        if prefix.count("/") > DEEPEST:
            continue  # a link that leads back
        with suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                with suppress(OSError):  # a link that leads nowhere
                    if entry.name in SKIPPED:
                        continue
                    if entry.is_dir():
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                    else:
                        yield f"{prefix}{entry.name}", entry.path, entry.stat()


def _single(files: Mapping[str, Path]) -> Iterator[tuple[str, str, os.stat_result]]:
    for name, file in files.items():
        with suppress(OSError):
            yield name, str(file), file.stat()
