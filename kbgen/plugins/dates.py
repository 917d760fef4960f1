"""Dates: the day of the last commit of each article."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

log = logging.getLogger("mkdocs.plugins.kbgen.articles")


def commit_days(folder: Path) -> dict[str, str]:
    """The day (ISO) of the last commit of every committed, unchanged file below `folder`, by its path there.

    Empty outside git and in a shallow clone, whose history cannot tell; the latter is a warning.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true":
        return {}
    if _git(folder, "rev-parse", "--is-shallow-repository") == "true":
        log.warning("this is a shallow clone: articles carry no 'updated' day; fetch the whole history to have it")
        return {}
    days: dict[str, str] = {}
    day = ""
    listing = _git(folder, "log", "--format=%x01%cs", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
    for part in listing.replace("\x01", "\x00\x01").split("\x00"):
        text = part.strip("\n")
        if text.startswith("\x01"):
            day = text[1:]
        elif text:
            days.setdefault(text, day)
    for line in _git(folder, "status", "--porcelain", "-z", "--", ".").split("\x00"):
        days.pop(_below(folder, line[3:]), None)
    return days


def _below(folder: Path, path: str) -> str:
    """A path from the top of the repository as a path below `folder`."""
    return path.removeprefix(_git(folder, "rev-parse", "--show-prefix")) if path else ""


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode(errors="replace").strip("\n") if done.returncode == 0 else ""
