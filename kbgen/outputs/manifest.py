"""The manifest: which articles the last build published, so that a vanished one is noticed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kbgen.outputs.files import write_whole

NAME = "published.json"


def read_published(state: Path) -> frozenset[str]:
    """Paths of the articles that the last build published; empty before the first build."""
    try:
        data = json.loads((state / NAME).read_text(encoding="utf-8"))
        paths = data["articles"]
        return frozenset(str(path) for path in paths) if isinstance(paths, list) else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


def write_published(state: Path, paths: Iterable[str]) -> None:
    """Note what has been published."""
    write_whole(state / NAME, json.dumps({"schema_version": 1, "articles": sorted(paths)}, indent=1) + "\n")
