"""Building one project in several ways: on what earlier builds left, anew in a copy, and with plain MkDocs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from difflib import unified_diff
from pathlib import Path
from typing import Any

from centres import run, tree
from mkdocs.config.config_options import Hooks

from kbgen.articles.settings import load_settings
from kbgen.errors import KbgenError
from kbgen.generator.build import BuildRequest, build
from kbgen.outputs.manifest import NAME as PUBLISHED

STATE = ".kbgen"
SITE = "site"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a build ended: the site as it stands after it, what was warned of, and why it failed, if it did."""

    site: dict[str, bytes]
    warnings: tuple[str, ...]
    error: str
    """`""` where the site was built."""


def build_on(folder: Path, day: date, env: Mapping[str, str] | None = None) -> Outcome:
    """What `kbgen build` makes of a project, on top of all that earlier builds left there."""
    return _outcome(folder, day, env or {}, publishes=True)


def build_anew(copy: Path, day: date, env: Mapping[str, str] | None = None) -> Outcome:
    """What `kbgen build --no-cache` makes of a copy of a project."""
    return _outcome(copy, day, env or {}, cache=False)


def build_with_mkdocs(copy: Path, day: date, env: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The site that plain `mkdocs build` makes of a copy of a project."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = run(*command, cwd=copy, env={**QUIET, **(env or {}), **_epoch(day)})
    assert done.code == 0, done.err
    return tree(copy / SITE)


def copy_of(folder: Path, scratch: Path) -> Path:
    """A copy of a project below the folder `scratch`, with nothing of what builds left but what they published.

    A build of the copy leaves the project untouched; its pages are the same, as the folder has the same name.
    """
    copy = scratch / folder.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(SITE, STATE, "__pycache__"))
    if (folder / STATE / PUBLISHED).is_file():
        (copy / STATE).mkdir()
        shutil.copy(folder / STATE / PUBLISHED, copy / STATE)
    return copy


def _epoch(day: date) -> dict[str, str]:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=12)
    return {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}


def _outcome(folder: Path, day: date, env: Mapping[str, str], **how: bool) -> Outcome:
    Hooks._load_hook.cache_clear()  # MkDocs reads a hook once a process; a build here stands for one of its own
    with _environment(env):
        try:
            warnings = build(_request(folder, day, how)).warnings
        except KbgenError as error:
            return Outcome(site=_site(folder), warnings=(), error=str(error).replace(str(folder), "…"))
    return Outcome(site=_site(folder), warnings=tuple(w.replace(str(folder), "…") for w in warnings), error="")


def _request(folder: Path, day: date, how: Mapping[str, bool]) -> BuildRequest:
    known = {field.name for field in fields(BuildRequest)}
    options: dict[str, Any] = {name: value for name, value in how.items() if name in known}
    return BuildRequest(settings=load_settings(folder / "mkdocs.yml"), site=folder / SITE, today=day, **options)


def _site(folder: Path) -> dict[str, bytes]:
    return tree(folder / SITE)


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in env}
    os.environ.update(env)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def difference(ours: Mapping[str, bytes], wanted: Mapping[str, bytes]) -> str:
    """In which files two sites differ, and how the first of them does; `""` where they are the same."""
    names = sorted(name for name in {*ours, *wanted} if ours.get(name) != wanted.get(name))
    if not names:
        return ""
    name = names[0]
    lines = unified_diff(
        _lines(ours.get(name)), _lines(wanted.get(name)), f"ours/{name}", f"wanted/{name}", lineterm="", n=0
    )
    return "\n".join(
        [f"{len(names)} files differ: {', '.join(names[:20])}", *(line[:300] for line in list(lines)[:20])]
    )


def _lines(data: bytes | None) -> list[str]:
    return ["(no such file)"] if data is None else data.decode(errors="backslashreplace").splitlines()
