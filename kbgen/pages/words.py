"""The words of the interface, in the language of the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

MATERIAL = {
    "skip": "action.skip",
    "search": "search",
    "copy_code": "clipboard.copy",
    "copied_code": "clipboard.copied",
    "contents": "toc",
    "updated": "source.file.date.updated",
    "edit": "action.edit",
    "dismiss": "announce.dismiss",
}
"""Words that Material says in some sixty languages, by its own key; used where we have no file for the language."""


def words(folder: Path, language: str, material: Callable[[str], str], overrides: Mapping[str, str]) -> dict[str, str]:
    """Every word of the interface by its key.

    `folder` holds one file for each language of ours; English stands in for what a language lacks. `material`
    translates a key of Material's; `overrides` are what the site would rather say.
    """
    own = _read(folder / f"{language}.yml")
    taken = {} if own else {key: material(name) for key, name in MATERIAL.items() if material(name)}
    frame = {"language": material("language") or language, "direction": material("direction") or "ltr"}
    return {**_read(folder / "en.yml"), **taken, **own, **frame, **overrides}


def _read(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in data.items()}
