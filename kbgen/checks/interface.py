"""What a check is: a function from a help centre to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from kbgen.articles.library import Library, load
from kbgen.articles.settings import SiteSettings
from kbgen.errors import KbgenError
from kbgen.outputs.manifest import read_published


class Level(StrEnum):
    """Whether a finding stops a build, or a strict one; a note stops none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend; lines and columns count from 1, and 0 means the whole file."""

    id: str
    level: Level
    path: str
    line: int = 0
    column: int = 0
    message: str
    hint: str = ""

    def as_json(self) -> dict[str, object]:
        """The finding as it stands in `--json`."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class HelpCentre:
    """What a check may look at."""

    settings: SiteSettings
    library: Library
    published_before: frozenset[str]
    """Paths of the articles that the last build published."""
    site: Path | None = None
    """The built site, `None` while it is being built."""

    def shown(self, path: str) -> str:
        """A path below `content/` as a person finds it from the folder of mkdocs.yml."""
        return self.settings.shown(path)


def help_centre(settings: SiteSettings, today: date) -> HelpCentre:
    """The help centre as it stands on the day `today`, with the site that was built last."""
    return HelpCentre(
        settings=settings,
        library=load(settings.content, today, shown=settings.shown),
        published_before=read_published(settings.state),
        site=settings.site,
    )


Check = Callable[[HelpCentre], Iterator[Finding]]


def finding(check: str, error: KbgenError, level: Level = Level.ERROR) -> Finding:
    """An error of a reader as a finding of `check`."""
    where = error.where
    return Finding(
        id=check,
        level=level,
        path=where.path if where else "",
        line=where.line if where else 0,
        column=where.column if where else 0,
        message=error.problem,
        hint=error.hint,
    )
