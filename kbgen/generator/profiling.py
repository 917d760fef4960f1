"""Profiling: where the time of a build goes, by Markdown extension, by template and by article."""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kbgen.generator.build import BuildRequest, Built, build

Times = list[tuple[str, float]]
"""Names with seconds, the slowest first."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Seconds spent in the code of each extension and template itself, and on each article."""

    extensions: Times
    templates: Times
    articles: Times


def profiled(request: BuildRequest) -> tuple[Built, Profile]:
    """Build everything anew in one process, and look where the time goes."""
    profiler = cProfile.Profile()
    built = profiler.runcall(build, replace(request, cache=False, workers=1))
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    own = [(file, time) for (file, _, _), (_, _, time, _, _) in stats.items()]
    return built, Profile(
        extensions=_sums(own, _extension),
        templates=_sums(own, _template),
        articles=sorted(built.seconds.items(), key=lambda item: (-item[1], item[0])),
    )


def _sums(times: Times, name_of: Callable[[str], str]) -> Times:
    sums: dict[str, float] = defaultdict(float)
    for file, seconds in times:
        if name := name_of(file):
            sums[name] += seconds
    return sorted(sums.items(), key=lambda item: -item[1])


def _extension(file: str) -> str:
    """The Markdown extension that a file of code belongs to; Markdown's own processors count as one."""
    path = Path(file)
    if path.suffix != ".py":
        return ""
    package = path.parent.name
    if package in {"extensions", "pymdownx"}:
        return f"{'markdown.' if package == 'extensions' else ''}{package}.{path.stem}"
    return "markdown itself" if package == "markdown" else ""


def _template(file: str) -> str:
    parts = Path(file).parts
    return "/".join(parts[-3:] if "partials" in parts else parts[-1:]) if file.endswith(".html") else ""
