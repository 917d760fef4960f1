"""Dates: the day of the last commit of each article."""

from __future__ import annotations

import hashlib
import json
import logging
import subprocess
from pathlib import Path

from kbgen.outputs.files import write_whole

log = logging.getLogger("mkdocs.plugins.kbgen.articles")


def commit_days(folder: Path, *, kept: Path | None = None) -> dict[str, str]:
    """The day (ISO) of the last commit of every committed, unchanged file below `folder`, by its path there.

    Empty outside git and in a shallow clone, whose history cannot tell; the latter is a warning. The file `kept`
    remembers what the history said as long as there is no new commit.
    """
    if _git(folder, "rev-parse", "--is-inside-work-tree") != "true":
        return {}
    if _git(folder, "rev-parse", "--is-shallow-repository") == "true":
        log.warning("this is a shallow clone: articles carry no 'updated' day; fetch the whole history to have it")
        return {}
    head = _git(folder, "rev-parse", "HEAD", "--show-prefix")
    days = _remembered(kept, head) if kept else {}
    if not days:
        days = _history(folder)
        if kept:
            write_whole(kept, json.dumps({"head": head, "days": days, "digest": _digest(days)}))
    prefix = head.partition("\n")[2]
    for line in _git(
        folder, "--no-optional-locks", "status", "--porcelain", "--untracked-files=all", "-z", "--", "."
    ).split("\x00"):
        days.pop(line[3:].removeprefix(prefix), None)
    return days


def _remembered(kept: Path, head: str) -> dict[str, str]:
    try:
        data = json.loads(kept.read_text(encoding="utf-8"))
        return dict(data["days"]) if data["head"] == head and data["digest"] == _digest(data["days"]) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _digest(days: dict[str, str]) -> str:
    """Tells whether a file was damaged."""
    return hashlib.blake2b(repr(sorted(days.items())).encode(), digest_size=8).hexdigest()


def _history(folder: Path) -> dict[str, str]:
    """The day of the last commit of every file that was ever committed below a folder."""
    days: dict[str, str] = {}
    day = ""
    listing = _git(folder, "log", "--format=%x01%cs", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
    for part in listing.replace("\x01", "\x00\x01").split("\x00"):
        text = part.strip("\n")
        if text.startswith("\x01"):
            day = text[1:]
        elif text:
            days.setdefault(text, day)
    return days


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode(errors="replace").strip("\n") if done.returncode == 0 else ""
