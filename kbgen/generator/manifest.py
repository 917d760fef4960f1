"""The manifest: what the last build read and wrote, so that the next one does only what is new."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kbgen.generator.inputs import Inputs, digest_of
from kbgen.outputs.files import write_whole

FORMAT = 1


@dataclass(kw_only=True)
class Written:
    """A file of the site: what it holds, and how the disk tells that nobody changed it since."""

    digest: str
    size: int
    mtime_ns: int


@dataclass(kw_only=True)
class PageFacts:
    """What is remembered of a page from build to build."""

    because: dict[str, str]
    """Everything that has a say in the page, by the name that a person is told, each as a digest."""
    body: str
    """The stamp of its body."""
    template: str
    outputs: list[str]
    """The files that it makes below the site."""
    has_entry: bool = False
    """Whether it can be found by search."""
    fixed: str = ""
    """The digest of all of the article that other pages may show or depend on."""
    url: str = ""
    anchors: list[str] = field(default_factory=list)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    lookups: dict[str, str] = field(default_factory=dict)
    reads: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    """Why it was made anew the last time."""


@dataclass(kw_only=True)
class Manifest:
    """What one build of one site read, decided and wrote."""

    tools: str
    """Digest of the versions of everything that took part."""
    options: dict[str, str]
    """What the command was told that changes pages."""
    environment: dict[str, str | None]
    """Environment variables that the settings name, with their values; `None` for those that are not set."""
    git: str
    day: str
    until: str
    """The first later day on which the same files make another site, `""` where there is none."""
    places: dict[str, str]
    """The folders of the theme by name: below the folder of mkdocs.yml, or whole paths."""
    place: str
    """Where the command was given, where that decides which files are included."""
    included: list[str]
    """Files that Markdown extensions read or looked for, relative to the folder of mkdocs.yml."""
    inputs: Inputs
    outputs: dict[str, Written]
    folders: dict[str, int]
    """Folders of the site, and when each last changed: a file that came or went shows there."""
    articles: int
    pages: int
    looks: dict[str, tuple[str, tuple[str, ...] | None]]
    """What each template looks at; holds as long as theme and tools are the same."""
    warnings: list[str]

    def holds_on(self, today: date) -> bool:
        """Whether the same files make the same site on the day `today`."""
        day = date.fromisoformat(self.day)
        return today == day or (day < today and (not self.until or today < date.fromisoformat(self.until)))


class ManifestFile:
    """The file of one site's manifest."""

    def __init__(self, folder: Path, site: Path, root: Path) -> None:
        """`folder` is for caches; each site built from `root` has a manifest of its own."""
        self.site = digest_of(os.path.relpath(site, root).encode())[:8]
        """A short name of the site, for what is kept of it."""
        self.path = folder / f"manifest-{self.site}.json"

    def read(self) -> Manifest | None:
        """The manifest of the last build; `None` where there is none that can be trusted."""
        data = _read(self.path)
        try:
            return _manifest(data) if data else None
        except (KeyError, TypeError, ValueError):
            return None

    def write(self, manifest: Manifest) -> None:
        """Keep the manifest, last of all that a build does."""
        data = {**manifest.__dict__, "inputs": vars(manifest.inputs)}
        data["outputs"] = {path: [w.digest, w.size, w.mtime_ns] for path, w in manifest.outputs.items()}
        _write(self.path, data)

    def forget(self) -> None:
        """Remove the manifest: the site is no longer what it says."""
        self.path.unlink(missing_ok=True)

    def exists(self) -> bool:
        """Whether there is a manifest, whatever it holds."""
        return self.path.exists()


def _manifest(data: dict[str, object]) -> Manifest:
    manifest = Manifest(**data)  # type: ignore[arg-type]
    inputs: dict[str, dict[str, dict[str, tuple[int, int, int, int, str]]]] = data["inputs"]  # type: ignore[assignment]
    outputs: dict[str, tuple[str, int, int]] = data["outputs"]  # type: ignore[assignment]
    folders = {
        name: {path: (*seen[:4], seen[4]) for path, seen in files.items()} for name, files in inputs["folders"].items()
    }
    manifest.inputs = Inputs(folders=folders, scanned_at=inputs["scanned_at"])  # type: ignore[arg-type]
    manifest.outputs = {path: Written(digest=d, size=s, mtime_ns=m) for path, (d, s, m) in outputs.items()}
    return manifest


def _write(file: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_whole(file, f"kbgen {FORMAT} {digest_of(text.encode())}\n{text}")


def _read(file: Path) -> dict[str, object] | None:
    """The data of a file of ours, `None` where it is missing, damaged or of another version."""
    try:
        head, _, text = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode(errors="replace") != f"kbgen {FORMAT} {digest_of(text)}":
        return None
    data = json.loads(text)
    return data if isinstance(data, dict) else None
