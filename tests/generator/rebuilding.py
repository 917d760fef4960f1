"""Building a small help centre again and again, and seeing what each build touched."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from builds import copy_of, difference
from centres import TODAY, run, tree

from kbgen.articles.settings import load_settings
from kbgen.generator.build import BuildRequest, Built, build

GIT = {f"GIT_{who}_{what}": "a@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def built(folder: Path, *, today: str = TODAY, site: str = "site", config: str = "mkdocs.yml", **how: Any) -> Built:  # noqa: ANN401 - fields of a request
    """Build a help centre in this process, on top of what earlier builds left."""
    request = BuildRequest(
        settings=load_settings(folder / config),
        site=folder / site,
        today=date.fromisoformat(today),
        publishes=site == "site",
        **how,
    )
    return build(request)


def difference_from_anew(folder: Path, scratch: Path, *, today: str = TODAY) -> str:
    """How the site differs from what a build makes of a copy that has nothing of it; `""` where they are the same."""
    copy = copy_of(folder, scratch)
    done = built(copy, today=today)
    assert done.rendered == done.pages
    return difference(tree(folder / "site"), tree(copy / "site"))


@dataclass(frozen=True, kw_only=True)
class Touched:
    """What a build did to the files of a site."""

    written: set[str]
    removed: set[str]


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """How the disk tells every file of a site from one that takes its place."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): _stamp(path.stat()) for path in files}


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_ino


def touched(site: Path, before: Mapping[str, tuple[int, int]]) -> Touched:
    """What has happened to the files of a site since `before`."""
    now = stamps(site)
    return Touched(
        written={path for path, stamp in now.items() if before.get(path) != stamp}, removed=before.keys() - now.keys()
    )


def edit(file: Path, old: str, new: str) -> None:
    """Let a file say `new` where it said `old`."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def commit(folder: Path, day: str = "2026-11-20") -> None:
    """Put a help centre into git as it is."""
    (folder / ".gitignore").write_text("/site/\n/.kbgen/\n")
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Edit"]):
        done = run("git", *command, cwd=folder, env={**GIT, **dates})
        assert done.code == 0, done.err
