"""The table of services: every export that kbgen reads, by the name of where it comes from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kbgen.errors import KbgenError, Where
from kbgen.feedback.takeover.columns import shown
from kbgen.feedback.takeover.exported import Exported, open_exported
from kbgen.feedback.takeover.form import FORM
from kbgen.feedback.takeover.ga4 import GA4
from kbgen.feedback.takeover.interface import Service, Votes
from kbgen.feedback.takeover.matomo import MATOMO
from kbgen.feedback.takeover.own import KBGEN
from kbgen.feedback.takeover.plausible import PLAUSIBLE
from kbgen.feedback.takeover.umami import UMAMI

SERVICES: dict[str, Service] = {
    "kbgen": KBGEN,
    "plausible": PLAUSIBLE,
    "umami": UMAMI,
    "matomo": MATOMO,
    "ga4": GA4,
    "form": FORM,
}
"""The first one that knows a file reads it."""


def read_votes(file: Path, service: str | None = None, day: date | None = None) -> Votes:
    """The votes in a file and the rows that are none; of the service named, or of the one that the file shows.

    Raises a `KbgenError` where the file is none that is known or cannot be used.
    """
    exported = open_exported(file)
    return SERVICES[service or _service(exported)].read(exported, day)


def _service(exported: Exported) -> str:
    name = next((name for name, service in SERVICES.items() if service.knows(exported)), "")
    if not name:
        known = "; ".join(service.title for service in SERVICES.values())
        raise KbgenError(
            f"kbgen does not know this file by its columns: {shown(exported)}",
            where=Where(path=exported.file.name),
            hint=f"it knows: {known}. If it is one of them, say which with --format {'|'.join(SERVICES)}",
        )
    return name
