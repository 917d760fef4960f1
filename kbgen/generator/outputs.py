"""Outputs: what the site shall hold, compared with what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kbgen.articles.encoding import Encoding
from kbgen.generator.inputs import digest_of, file_digest
from kbgen.generator.manifest import Written
from kbgen.generator.sync import Staging
from kbgen.outputs.compression import is_packed, packed


@dataclass(kw_only=True)
class Outputs:
    """The files of one site, old and new."""

    staging: Staging
    before: dict[str, Written]
    """What the site holds now."""
    known: dict[str, Written]
    """What the last build wrote."""
    encodings: tuple[Encoding, ...] = ()
    """How text files are packed."""
    wanted: dict[str, str] = field(default_factory=dict)
    """What the site shall hold: the digest of each file."""
    staged: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)

    def put(self, path: str, data: bytes) -> None:
        """Let the site hold a file, with its packed forms; it is staged only where it differs from what is there."""
        for output in self.stage(path, data):
            self.note(*output)

    def stage(self, path: str, data: bytes) -> Iterator[tuple[str, str, int, bool]]:
        """Stage a file and its packed forms unless the site has the very same: for each, what `note` takes."""
        digest, size, staged = stage(self.staging, self.before, path, data)
        yield path, digest, size, staged
        for encoding in self.encodings if is_packed(path) else ():
            name = f"{path}{encoding.ending}"
            if not staged and self.has(name) and self.has(path):
                now = self.before[name]
                yield name, now.digest, now.size, False
            else:
                for form, small in packed(path, data, (encoding,)):
                    yield form, *stage(self.staging, self.before, form, small)

    def note(self, path: str, digest: str, size: int, staged: bool) -> None:
        """Let the site hold a file that `stage` has seen to."""
        self.wanted[path] = digest
        self.sizes[path] = size
        (self.staged.add if staged else self.staged.discard)(path)

    def keep(self, path: str) -> None:
        """Let a file of the last build stay as it is."""
        for name in (path, *(f"{path}{encoding.ending}" for encoding in self.encodings)):
            if name in self.before:
                self.wanted[name] = self.before[name].digest
                self.sizes[name] = self.before[name].size

    def has(self, path: str) -> bool:
        """Whether the file of the last build is still there, as it was."""
        now, then = self.before.get(path), self.known.get(path)
        return now is not None and then is not None and now.digest == then.digest

    @property
    def unwanted(self) -> set[str]:
        """Files in the folder that are no longer part of the site."""
        return self.before.keys() - self.wanted.keys()


def stage(staging: Staging, before: dict[str, Written], path: str, data: bytes) -> tuple[str, int, bool]:
    """Stage a file unless the site has the very same: its digest, its size, and whether it was staged."""
    digest = digest_of(data)
    old = before.get(path)
    if old is not None and old.digest == digest and old.size == len(data):
        return digest, len(data), False
    staging.write(path, data)
    return digest, len(data), True


def survey(site: Path) -> tuple[dict[str, os.stat_result], dict[str, int]]:
    """Every file below the site's folder, and when each of its folders last changed."""
    files: dict[str, os.stat_result] = {}
    folders: dict[str, int] = {}
    waiting = [("", str(site))]
    while waiting:
        prefix, place = waiting.pop()
        with suppress(OSError):
            folders[prefix] = os.stat(place).st_mtime_ns  # noqa: PTH116 - ten thousand times
            with os.scandir(place) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                    else:
                        files[f"{prefix}{entry.name}"] = entry.stat(follow_symlinks=False)
    return files, folders


def untouched(site: Path, outputs: dict[str, Written], folders: dict[str, int]) -> bool:
    """Whether the site's folder is exactly as a build left it; says no where only reading every file could tell."""
    try:
        for path, mtime in folders.items():
            if os.stat(f"{site}/{path}").st_mtime_ns != mtime:  # noqa: PTH116 - ten thousand times
                return False
        for path, written in outputs.items():
            stat = os.lstat(f"{site}/{path}")
            if (stat.st_size, stat.st_mtime_ns) != (written.size, written.mtime_ns):
                return False
    except OSError:
        return False
    return True


def present(site: Path, known: dict[str, Written], files: dict[str, os.stat_result]) -> dict[str, Written]:
    """What the site holds, of the given files below it; one that changed since it was written is read."""
    found = {}
    for path, stat in files.items():
        written = known.get(path)
        if written is None or (stat.st_size, stat.st_mtime_ns) != (written.size, written.mtime_ns):
            digest = file_digest(f"{site}/{path}")
            written = Written(digest=digest, size=stat.st_size, mtime_ns=stat.st_mtime_ns)
        found[path] = written
    return found


def written(site: Path, outputs: Outputs, folders: dict[str, int]) -> dict[str, Written]:
    """What the site holds once everything is in place; brings the times of `folders` up to date."""
    found = {}
    touched = {path.rpartition("/")[0] for path in outputs.staged | outputs.unwanted}
    for path, digest in outputs.wanted.items():
        old = outputs.before.get(path)
        if old is None or path in outputs.staged:
            stat = os.stat(f"{site}/{path}")  # noqa: PTH116 - ten thousand times
            old = Written(digest=digest, size=stat.st_size, mtime_ns=stat.st_mtime_ns)
        found[path] = old
    parents = {
        "/".join(parts[:n]) for parts in (folder.split("/") for folder in touched) for n in range(len(parts) + 1)
    }
    for folder in parents:
        key = f"{folder}/" if folder else ""
        try:
            folders[key] = os.stat(f"{site}/{folder}").st_mtime_ns  # noqa: PTH116
        except FileNotFoundError:
            folders.pop(key, None)
    return found
