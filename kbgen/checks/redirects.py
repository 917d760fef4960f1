"""Articles that moved without a redirect, and redirects that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kbgen.articles.lifecycle import Stage
from kbgen.checks.interface import Finding, HelpCentre, Level, finding
from kbgen.errors import KbgenError
from kbgen.outputs.redirects import FILE, GONE, Redirect, redirects

ID = "redirects"


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each vanished article and each redirect that cannot work."""
    try:
        known = redirects(centre.library, centre.settings.root / FILE)
    except KbgenError as problem:
        yield finding(ID, problem)
        return
    claimed: dict[str, Redirect] = {}
    for redirect in known:
        yield from _faults(centre, redirect, claimed.setdefault(redirect.source_path, redirect))
    yield from _vanished(centre, {path for redirect in known for path in redirect.covers})


def _faults(centre: HelpCentre, redirect: Redirect, first: Redirect) -> Iterator[Finding]:
    in_file = redirect.where.path == FILE
    path = FILE if in_file else centre.shown(redirect.where.path)
    error = partial(Finding, id=ID, level=Level.ERROR, path=path, line=redirect.where.line)
    if not redirect.source_path:
        yield error(message=f"'{redirect.source}' is no path of an article", hint="for example old/path.md")
        return
    if first.target != redirect.target:
        yield error(
            message=f"'{redirect.source}' redirects to '{redirect.target}' here and to '{first.target}' elsewhere",
            hint="keep one of the two",
        )
    library = centre.library
    existing = library.by_path.get(redirect.source_path)
    if existing and library.stage(existing) is Stage.PUBLISHED:
        yield error(
            message=f"'{redirect.source}' redirects, but an article stands there",
            hint="remove the redirect, or move the article",
        )
    target = library.by_path.get(redirect.target)
    if redirect.target != GONE and (target is None or library.stage(target) is not Stage.PUBLISHED):
        yield error(
            message=f"'{redirect.source}' redirects to '{redirect.target}', which is not on the site",
            hint=f"name a published article, or write '{GONE}' when it was removed on purpose",
        )


def _vanished(centre: HelpCentre, redirected: set[str]) -> Iterator[Finding]:
    read = set(centre.library.by_path)
    refused = {p.where.path for p in centre.library.problems if p.where}
    for path in sorted(centre.published_before - read - redirected):
        if centre.shown(path) not in refused:
            yield Finding(
                id=ID,
                level=Level.ERROR,
                path=centre.shown(path),
                message="this published article has gone, and nothing redirects from it",
                hint=f"add 'redirect_from: [{path}]' where it is now, or '{path}: {GONE}' to {FILE}",
            )
