"""Building a site: what has not changed stays, and the old site is whole until the new one is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from kbgen.errors import KbgenError
from kbgen.generator.plan import Plan
from kbgen.generator.request import BuildRequest, Built, Warm
from kbgen.generator.sync import ROOM, Staging, refuse_foreign

__all__ = ["BuildRequest", "Built", "Warm", "build", "finish"]

FEW = 20
"""Articles that are not worth laying the whole site out for, where only their texts have changed."""


def build(request: BuildRequest, warm: Warm | None = None) -> Built:
    """Build the site; raises a `KbgenError` and leaves the old site as it is where that cannot be done.

    With `warm` given, call `finish` after each build.
    """
    began = time.perf_counter()
    request = replace(request, site=request.site.resolve())
    try:
        with _alone(request):
            if not request.site.is_relative_to(request.settings.state):
                refuse_foreign(request.site)
            Staging(request.site).recover()
            if warm:
                warm.finish()
            built = _build(Plan(request, warm))
    except OSError as error:
        raise KbgenError(f"the site cannot be written: {error.strerror or error}", hint=ROOM) from error
    return replace(built, took=time.perf_counter() - began)


def finish(request: BuildRequest, warm: Warm) -> None:
    """Do what a build has left to do once the changed page can be seen."""
    if warm.later:
        with _alone(request):
            warm.finish()


@contextmanager
def _alone(request: BuildRequest) -> Iterator[None]:
    """Wait for another build of the same help centre to end."""
    request.caches.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl  # noqa: PLC0415 - not every system has it
    except ImportError:
        yield
        return
    with (request.caches / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _remove_left_over(request)
        yield


def _remove_left_over(request: BuildRequest) -> None:
    """Remove what a build that was killed had begun to write."""
    for folder in (request.caches, request.settings.state):
        for file in folder.glob(".*.part"):
            if file.is_file():
                file.unlink()


def _build(plan: Plan) -> Built:
    """The shortest way that is right; MkDocs is loaded only where there is something to render."""
    changed = plan.changed_content()
    if changed == set():
        return plan.unchanged()
    if changed and len(changed) <= FEW and not plan.request.explain and all(path.endswith(".md") for path in changed):
        from kbgen.generator.quick import quick  # noqa: PLC0415

        built = quick(plan, changed)
        if built:
            return built
    from kbgen.generator.driver import drive  # noqa: PLC0415

    return drive(plan)
