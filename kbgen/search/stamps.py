"""Stamps: which entries of a built site have changed since somebody looked, found without reading the others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kbgen.errors import KbgenError, Where


class Stamp(NamedTuple):
    """How a file was when it was read."""

    size: int
    mtime: int
    """Nanoseconds since 1970."""
    digest: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    """How a folder differs from what is known of it; files by their names."""

    stamps: dict[str, Stamp]
    """How every file is now."""
    changed: dict[str, bytes]
    """What stands in those that are new or say something else."""
    gone: frozenset[str]

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        return bool(self.changed or self.gone)


def changes(folder: Path, known: Mapping[str, Stamp]) -> Changes:
    """Compare the JSON files in a folder with their stamps; only a file of another size or time is read."""
    stamps: dict[str, Stamp] = {}
    changed: dict[str, bytes] = {}
    for name, size, mtime in _listing(folder):
        before = known.get(name)
        if before and (before.size, before.mtime) == (size, mtime):
            stamps[name] = before
            continue
        data = _read(folder / name)
        stamps[name] = Stamp(size, mtime, digest_of(data))
        if not before or before.digest != stamps[name].digest:
            changed[name] = data
    return Changes(stamps=stamps, changed=changed, gone=frozenset(known.keys() - stamps.keys()))


def digest_of(data: bytes) -> str:
    """What tells two texts apart."""
    return hashlib.blake2b(data, digest_size=10).hexdigest()


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of each file, by name."""
    try:
        with os.scandir(folder) as files:
            stats = [(file.name, file.stat()) for file in files if file.name.endswith(".json")]
    except FileNotFoundError:
        return []
    return sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KbgenError(
            f"the search entry cannot be read: {error.strerror}",
            where=Where(path=str(file)),
            hint="build the site anew: kbgen build",
        ) from error
