"""The watch: tells when a file changed that the site is made of."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import watchfiles
import yaml

from kbgen.articles.yaml_tree import child, compose, is_null
from kbgen.errors import KbgenError
from kbgen.feedback.digest_file import FILE as DIGEST

SOURCES = (".yml", ".yaml", ".html", ".css", ".js", ".xml", ".svg", ".py", ".md")
"""Endings of what a site is made of beside its content; logs and vote databases of our own are not."""

SKIPPED = frozenset({"__pycache__", "node_modules", "venv", "site-packages"})
"""Folders that hold nothing of a site; so do all whose names begin with a dot."""

TEMPORARY = re.compile(
    r"""
    ~$ | ^~\$ | ^\.~lock\. | ^\#.*\#$ | ^\.\#      # back-ups and locks of vi, Office and Emacs
    | \.sw[a-z]$ | \.swpx$ | ^4913$ | \.kate-swp$  # swap files, and the file vim tries a folder with
    | ___jb_(tmp|old)___ | ^\.goutputstream-       # JetBrains and GNOME write these, then rename
    | \.part$ | \.tmp(\.\d+)*$ | \.crdownload$ | \.py[co]$
    | ^\.DS_Store$ | ^Thumbs\.db$ | ^desktop\.ini$ | ^\._
    """,
    re.VERBOSE,
)
"""Names of files that editors and systems leave for a moment."""

DEBOUNCE = 50
STEP = 10
"""Milliseconds: a build begins when nothing has changed for a step, and at the latest after the other."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where the files lie that a site is made of."""

    root: Path
    """The folder of mkdocs.yml."""
    content: Path
    site: Path
    themes: tuple[Path, ...] = ()
    """Folders of templates."""

    def hold(self, path: Path) -> bool:
        """Whether a change at `path` may change the site."""
        if TEMPORARY.search(path.name) or path.is_relative_to(self.site):
            return False
        whole = next((folder for folder in self._whole if path.is_relative_to(folder)), None)
        base = whole or (self.root if path.is_relative_to(self.root) else None)
        if base is None or any(map(_is_skipped, path.relative_to(base).parts[:-1])):
            return False
        leads_there = any(folder.is_relative_to(path) for folder in self._whole)
        return whole is not None or leads_there or path.suffix in SOURCES or path.name == DIGEST

    @property
    def _whole(self) -> tuple[Path, ...]:
        """Folders of which every file counts."""
        return (self.content, *self.themes)

    def folders(self) -> tuple[Path, ...]:
        """The folders to watch with all that lies below them: no caches, and not the built site."""
        own = (path for path in _children(self.root) if path.is_dir() and not _is_skipped(path.name))
        wanted = {*own, *filter(Path.is_dir, self._whole)} - {self.site}
        return tuple(sorted(path for path in wanted if wanted.isdisjoint(path.parents)))


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in SKIPPED


def _children(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def sources(config_file: Path) -> Sources:
    """What a `mkdocs.yml` names as its sources; what cannot be read of it has MkDocs' defaults."""
    root = config_file.absolute().parent.resolve()
    node: yaml.Node | None = None
    with suppress(OSError, UnicodeDecodeError, KbgenError):
        node = compose(config_file.read_text(encoding="utf-8-sig"), config_file.name)

    def folder(*names: str, default: str = "") -> Path:
        found = child(node, *names)
        named = found.value if isinstance(found, yaml.ScalarNode) and not is_null(found) else default
        return (root / named).resolve()

    theme = folder("theme", "custom_dir")
    return Sources(
        root=root,
        content=folder("docs_dir", default="docs"),
        site=folder("site_dir", default="site"),
        themes=() if theme == root else (theme,),
    )


class Watch:
    """Sets `changed` whenever a source changes, from the moment it is made until it is closed."""

    def __init__(self, of: Sources, changed: threading.Event) -> None:
        """Begin to watch; raises a `KbgenError` where the system does not let us."""
        self.of = of
        self._changed = changed
        self._closed = threading.Event()
        self._folders = _identities(of)
        try:
            self._start([of.root], recursive=False)
            self._start([folder for folder, _ in self._folders], recursive=True)
        except OSError as error:
            self.close()
            raise KbgenError(
                f"changes cannot be watched: {error}",
                hint="try again with WATCHFILES_FORCE_POLLING=true before the command",
            ) from error

    def is_of(self, of: Sources) -> bool:
        """Whether it watches just these sources, and none of their folders was made anew since."""
        return of == self.of and _identities(of) == self._folders

    def close(self) -> None:
        """Watch no more."""
        self._closed.set()

    def _start(self, folders: list[Path], *, recursive: bool) -> None:
        if not folders:
            return
        changes = watchfiles.watch(
            *folders,
            watch_filter=lambda _, path: self.of.hold(Path(path)),
            debounce=DEBOUNCE,
            step=STEP,
            stop_event=self._closed,
            rust_timeout=STEP,
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
            raise_interrupt=False,
        )
        self._note(next(changes, set()))  # from here on nothing is missed
        threading.Thread(target=self._run, args=(changes,), name="kbgen-watch", daemon=True).start()

    def _run(self, changes: Iterator[set[watchfiles.main.FileChange]]) -> None:
        for some in changes:
            self._note(some)

    def _note(self, some: set[watchfiles.main.FileChange]) -> None:
        if some:
            self._changed.set()


def _identities(of: Sources) -> list[tuple[Path, int]]:
    """The folders to watch, each with a number that it has not got again when it is made anew."""
    found = []
    for folder in of.folders():
        with suppress(OSError):
            found.append((folder, folder.stat().st_ino))
    return found
