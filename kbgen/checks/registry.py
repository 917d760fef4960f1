"""The registry: every check by its id, and how they are run together."""

from __future__ import annotations

from collections.abc import Iterable

from kbgen.checks import answers, boxes, file, front_matter, links, redirects, settings, structure, video
from kbgen.checks.interface import Check, Finding, HelpCentre, Level

CHECKS: dict[str, Check] = {
    module.ID: module.check
    for module in (settings, file, front_matter, structure, boxes, links, redirects, video, answers)
}


def findings(centre: HelpCentre, ids: Iterable[str] = ()) -> list[Finding]:
    """What the checks named by `ids` find, all of them where none is named; by file, line and id."""
    chosen = list(dict.fromkeys(ids)) or list(CHECKS)
    found = [item for check in chosen for item in CHECKS[check](centre)]
    return sorted(found, key=lambda f: (f.path, f.line, f.column, f.id, f.message))


def errors(found: Iterable[Finding]) -> list[Finding]:
    """Those findings that stop a build."""
    return [item for item in found if item.level is Level.ERROR]
