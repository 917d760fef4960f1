"""Building a site: what has not changed stays, and the old site is whole until the new one is."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kbgen.articles.settings import SiteSettings
from kbgen.errors import KbgenError
from kbgen.generator.inputs import Inputs, Place, look
from kbgen.generator.manifest import Manifest, ManifestFile
from kbgen.generator.outputs import present, survey, untouched
from kbgen.generator.sync import Staging, Synced, refuse_foreign
from kbgen.generator.tools import environment, git_state, settings_files, tools
from kbgen.generator.workers import cores
from kbgen.outputs.manifest import NAME as PUBLISHED
from kbgen.outputs.redirects import FILE as REDIRECTS



TEMPLATES = "templates"
"""The folder for templates made ready to run, among what builds keep."""
FEW = 20
"""Articles that are not worth laying the whole site out for, where only their texts have changed."""


@dataclass(frozen=True, kw_only=True)
class BuildRequest:
    """What to build, and how."""

    settings: SiteSettings
    site: Path
    """Where the site shall stand."""
    today: date
    strict: bool = False
    publishes: bool = False
    """Whether this is the site that readers get; only then are its articles noted as published."""
    vote_service: str = ""
    """Where votes go instead of `extra.kbgen.feedback.service`; for trying out."""
    cache: bool = True
    """Whether what earlier builds kept may be used."""
    workers: int = field(default_factory=cores)
    explain: bool = False
    """Whether somebody wants to know why a page was kept."""

    @property
    def caches(self) -> Path:
        """The folder of what builds keep."""
        return self.settings.state / "build"

    @property
    def options(self) -> dict[str, str]:
        """What the command was told that changes pages."""
        return {"vote_service": self.vote_service}


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build did."""

    articles: int
    synced: Synced
    warnings: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What somebody may want to know who wonders why it took so long."""
    pages: int = 0
    """Pages of the site."""
    rendered: int = 0
    """Pages that were made anew."""
    why: dict[str, list[str]] = field(default_factory=dict)
    """Why each of them was, by the path of its source."""
    last: dict[str, list[str]] = field(default_factory=dict)
    """Why each of the other pages was, the last time; only where the request asks for it."""
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each of them took."""
    size: int = 0
    """Bytes of the site."""
    took: float = 0.0
    """Seconds that the build took."""


def build(request: BuildRequest, warm: dict[str, Any] | None = None) -> Built:
    """Build the site; raises a `KbgenError` and leaves the old site as it is where that cannot be done."""
    began = time.perf_counter()
    try:
        with _alone(request):
            refuse_foreign(request.site)
            Staging(request.site).recover()
            built = Plan(request).build(warm)
    except OSError as error:
        from kbgen.generator.pages import ROOM

        raise KbgenError(f"the site cannot be written: {error.strerror or error}", hint=ROOM) from error
    return replace(built, took=time.perf_counter() - began)


@contextmanager
def _alone(request: BuildRequest) -> Iterator[None]:
    """Wait for another build of the same help centre to end."""
    request.caches.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # a system without such locks
        yield
        return
    with (request.caches / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Plan:
    """What is there, what the last build knew, and what follows from it."""

    def __init__(self, request: BuildRequest) -> None:
        """Read what the last build kept."""
        self.request = request
        settings = request.settings
        self.root = settings.root
        self.file = ManifestFile(request.caches, request.site, self.root)
        self.manifest = self.file.read() if request.cache else None
        self.inputs: Inputs | None = None
        self.site_is_known = False
        """Whether the site holds exactly what the manifest says."""
        self.notes: list[str] = []
        if request.cache and self.manifest is None and self.file.exists():
            self.notes.append("what the last build kept is damaged or of another version; everything is built anew")

    @cached_property
    def tools(self) -> str:
        """What takes part, by version."""
        return tools()

    @cached_property
    def settings_files(self) -> dict[str, Path]:
        """The settings files, by name."""
        return settings_files(self.request.settings.config_file)

    def places(self, themes: dict[str, str]) -> dict[str, Place]:
        """Where the inputs lie, with the theme's folders `themes`, relative to the root."""
        request = self.request
        beside = {REDIRECTS: self.root / REDIRECTS, PUBLISHED: request.settings.state / PUBLISHED}
        folders = {name: (self.root / folder) for name, folder in themes.items()}
        return {"content": request.settings.content, "settings": self.settings_files, "beside": beside, **folders}

    def is_comparable(self) -> bool:
        """Whether everything but the files of the content is as the last build knew it; sees all inputs on the way."""
        known, request = self.manifest, self.request
        if known is None or known.objection or known.options != request.options or known.tools != self.tools:
            return False
        if not known.holds_on(request.today) or known.environment != environment(self.settings_files):
            return False
        if request.strict and known.warnings:
            return False
        self.inputs = look(self.places(known.places), known.inputs)
        same = self.inputs.same_as(known.inputs, but="content") and known.git == git_state(request.settings.content)
        self.site_is_known = self._site_is_ours(known)
        return same and self.site_is_known

    def _site_is_ours(self, known: Manifest) -> bool:
        """Whether the site holds what the last build wrote, and nothing else."""
        site = self.request.site
        if untouched(site, known.outputs, known.folders):
            return True
        files, folders = survey(site)
        there = present(site, known.outputs, files)
        if {path: now.digest for path, now in there.items()} != {p: w.digest for p, w in known.outputs.items()}:
            return False
        known.outputs, known.folders, known.inputs.scanned_at = there, folders, 0
        return True

    def unchanged(self, known: Manifest, inputs: Inputs) -> Built:
        """What there is to say where nothing has changed."""
        if not inputs.settled(known.inputs) or not known.inputs.scanned_at:
            known.inputs = inputs
            self.file.write(known)
        return Built(
            articles=known.articles,
            synced=Synced(written=0, same=len(known.outputs), removed=0),
            warnings=tuple(known.warnings),
            pages=known.pages,
            last=self._last() if self.request.explain else {},
            size=sum(written.size for written in known.outputs.values()),
        )

    def _last(self) -> dict[str, list[str]]:
        """Why each page was made anew the last time."""
        from kbgen.generator.store import Store

        store = Store(self.request.caches)
        try:
            return {path: facts.why for path, facts in store.pages(self.file.site).items()}
        finally:
            store.close()

    def build(self, warm: dict[str, Any] | None = None) -> Built:
        """Build what has changed, or everything; `warm` keeps what the next build in this process can use."""
        if self.is_comparable() and self.manifest and self.inputs:
            changed = self.inputs.changed(self.manifest.inputs, "content")
            if not changed:
                return self.unchanged(self.manifest, self.inputs)
            if not self.request.explain and 0 < len(changed) <= FEW and all(path.endswith(".md") for path in changed):
                from kbgen.generator.quick import quick

                built = quick(self, self.manifest, self.inputs, changed, {} if warm is None else warm)
                if built:
                    return built
        from kbgen.generator.driver import drive

        return drive(self)
