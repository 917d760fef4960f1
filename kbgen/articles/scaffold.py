"""Scaffolding: the files of a new help centre."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from kbgen.errors import KbgenError, Where


@dataclass(frozen=True, kw_only=True)
class Scaffolded:
    """What was written, and what was left alone because it was there before; paths below the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def scaffold(folder: Path, *, name: str, url: str) -> Scaffolded:
    """Write the files of a new help centre into `folder`; a file that exists is never touched."""
    written, kept = [], []
    for path, source in sorted(_starter_files(files("kbgen.articles") / "starter")):
        target = folder / path
        if target.exists():
            kept.append(path)
            continue
        text = Template(source.read_text(encoding="utf-8")).safe_substitute(name=_quoted(name), url=_quoted(url))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise KbgenError(
                f"cannot be written: {error.strerror}", where=Where(path=str(target)), hint="choose another folder"
            ) from error
        written.append(path)
    return Scaffolded(written=tuple(written), kept=tuple(kept))


def _quoted(text: str) -> str:
    """A text as a YAML scalar on one line."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _starter_files(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _starter_files(item, f"{prefix}{item.name}/")
        elif not item.name.endswith(".pyc"):
            found.append((prefix + item.name.replace("dot-", "."), item))
    return found
