"""History: how articles read in earlier commits, as git knows it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kbgen.articles import front_matter
from kbgen.articles.article import Article
from kbgen.feedback.revisions import Version, version_of

_LOG = "log --reverse --first-parent -m --raw --no-abbrev -M -z --format= --relative -- ."


@dataclass(frozen=True, kw_only=True)
class History:
    """What the commits of a branch say of the files below one folder; paths are relative to it."""

    folder: Path
    blobs: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """What each Markdown file held, oldest first: the number of the change, and git's name of the text."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Paths that git saw renamed, each with the next one."""
    cut: bool = False
    """Whether it does not reach back to the beginning."""

    def versions(self, wanted: Mapping[str, Iterable[str]]) -> dict[str, list[Version]]:
        """The versions, oldest first, of each article, of which `wanted` gives all paths that it ever had."""
        names = {path: self._blobs(paths) for path, paths in wanted.items()}
        texts = self._texts({name for blobs in names.values() for name in blobs})
        return {
            path: [version for name in blobs if (version := _version(path, texts.get(name, "")))]
            for path, blobs in names.items()
        }

    def _blobs(self, paths: Iterable[str]) -> list[str]:
        return [name for _, name in sorted(change for path in set(paths) for change in self.blobs.get(path, ()))]

    def _texts(self, names: Iterable[str]) -> dict[str, str]:
        wanted = sorted(names)
        if not wanted:
            return {}
        data = _git(self.folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
        return dict(_parts(data))

    def follow(self, path: str) -> str:
        """Where a file that was renamed, perhaps several times, is now."""
        seen = {path}
        while (path := self.renamed.get(path, path)) not in seen:
            seen.add(path)
        return path


def read_history(folder: Path) -> History:
    """The history of the files below a folder; empty where git knows nothing of it."""
    if _git(folder, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        return History(folder=folder)
    cut = _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    blobs: dict[str, list[tuple[int, str]]] = {}
    renamed: dict[str, str] = {}
    for number, (blob, old, new) in enumerate(_changes(_git(folder, *_LOG.split()))):
        if new.endswith(".md") and set(blob) != {"0"}:
            blobs.setdefault(new, []).append((number, blob))
            renamed.pop(new, None)
        if old != new:
            renamed[old] = new
    whole = {path: tuple(changes) for path, changes in blobs.items()}
    return History(folder=folder, blobs=whole, renamed=renamed, cut=cut)


def _changes(listing: bytes) -> Iterator[tuple[str, str, str]]:
    """The changes in a raw log: git's name of the text, and the path before and after."""
    parts = iter(listing.decode(errors="surrogateescape").split("\x00"))
    for part in parts:
        head = part.lstrip("\n")
        if head.startswith(":"):
            *_, blob, kind = head.split(" ")
            old = next(parts, "")
            yield blob, old, next(parts, "") if kind[:1] in {"R", "C"} else old


def _parts(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts in what `git cat-file --batch` prints, by their names."""
    place = 0
    while (end := data.find(b"\n", place)) >= 0:
        name, *kind = data[place:end].decode().split(" ")
        size = int(kind[1]) if len(kind) == 2 else 0
        if len(kind) == 2:
            yield name, data[end + 1 : end + 1 + size].decode("utf-8-sig", errors="replace")
        place = end + 1 + (size + 1 if len(kind) == 2 else 0)


def _version(path: str, text: str) -> Version | None:
    """The version that a text is, `None` where it is no article."""
    source = front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    meta = front_matter.read(source, path, lambda _: None)
    return version_of(Article(path=path, meta=meta, body=source.body, body_line=1)) if meta else None


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
