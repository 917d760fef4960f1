"""The builder: builds when a source changes, and says how that went, until the preview ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kbgen.errors import KbgenError
from kbgen.generator.build import Built
from kbgen.preview.status import Status, StatusFile
from kbgen.preview.watch import Sources, Watch, sources

LONGEST_WAIT = 5.0
"""Seconds for which git may be changing files before its lock counts as left over."""


@dataclass(kw_only=True)
class Builder:
    """Runs in a thread of its own; `rebuild` is all it knows of building."""

    config_file: Path
    rebuild: Callable[[], Built]
    """Builds the site from what the files say now; raises a `KbgenError` and leaves the old site as it was."""
    built: Callable[[Built], None]
    failed: Callable[[KbgenError], None]
    finish: Callable[[], None]
    """Does what is left to do once open pages know of a build."""
    status: StatusFile
    number: int = 0
    """The last build that succeeded."""
    changed: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    watch: Watch | None = None

    def run(self) -> None:
        """Build now, and again after every change, until stopped."""
        while not self.stopped.is_set():
            _await_git(self.config_file.absolute().parent)
            self.changed.clear()
            self._watch(sources(self.config_file))
            self._build()
            self.changed.wait()
        if self.watch:
            self.watch.close()

    def stop(self) -> None:
        """End when the build that runs now, if any, is done."""
        self.stopped.set()
        self.changed.set()

    def _watch(self, of: Sources) -> None:
        """Watch other folders when the settings name others, or when git made them anew."""
        if self.watch and self.watch.is_of(of):
            return
        if self.watch:
            self.watch.close()
        try:
            self.watch = Watch(of, self.changed)
        except KbgenError as error:
            self.watch = None
            self.failed(error)

    def _build(self) -> None:
        """Build once, and tell how it went."""
        try:
            done = self.rebuild()
            self.number += 1
            self.status.write(Status(build=self.number))
            self.finish()
            self.built(done)
        except KbgenError as error:
            self._fail(error)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin of somebody else must not end the preview
            self._fail(KbgenError(f"the site was not built: {type(error).__name__}: {error}"))

    def _fail(self, error: KbgenError) -> None:
        """Tell the error, unless files have changed meanwhile: then it may be of half a change, and a build is due."""
        if not self.changed.is_set():
            self.status.write(Status(build=self.number, error=str(error)))
            self.failed(error)


def _await_git(folder: Path) -> None:
    """Wait while git changes files, as it does for a moment when it switches branches."""
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            lock = parent / ".git" / "index.lock"
            while _is_fresh(lock):
                time.sleep(0.01)
            return


def _is_fresh(lock: Path) -> bool:
    try:
        return time.time() - lock.stat().st_mtime < LONGEST_WAIT
    except OSError:
        return False
