"""What somebody wants built, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kbgen.articles.settings import SiteSettings
from kbgen.generator.sync import Synced
from kbgen.generator.workers import cores

if TYPE_CHECKING:
    from kbgen.generator.manifest import Manifest

DAMAGED = "a part of what earlier builds kept was damaged; it is made anew"


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
    offline: bool = False
    """Whether the pages are read from a disk, where browsers load no modules and fetch nothing."""
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
        return {"vote_service": self.vote_service, "offline": str(self.offline)}


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


@dataclass(kw_only=True)
class Warm:
    """What a process that builds again and again keeps in memory, so that a saved article is shown at once."""

    manifest: Manifest | None = None
    tools: str = ""
    desk: object = None
    """MkDocs, set up for rendering single pages."""
    later: Callable[[], None] | None = None
    """What is left to do once the changed page can be seen: search and the caches."""

    def finish(self) -> None:
        """Do what is left to do."""
        later, self.later = self.later, None
        if later:
            later()
