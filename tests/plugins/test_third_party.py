"""Plugins of other people: what they do to pages shows in a help centre, and `mkdocs build` makes the same site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import QUIET, build_with_mkdocs, copy_of, difference
from centres import INDEX, TODAY, article, kbgen, run, tree, write_files

pytestmark = pytest.mark.slow

OURS = ("kbgen/articles", "kbgen/search", "kbgen/redirects")
LOOKS = {
    "lean": ({"name": "kbgen"}, {}),
    "material": (
        {"name": "material", "font": False, "custom_dir": "overrides"},
        {"overrides/main.html": '{% extends "kbgen/material.html" %}\n'},
    ),
}
PICTURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A plugin at work: its options, the files of a help centre that uses it, and what it must have done where."""

    options: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str | bytes]
    pages: Mapping[str, str]
    """What must be in each file, as a regular expression, by its path below the site."""
    first: bool = False
    """Whether it must stand before kbgen's own plugins."""
    looks: tuple[str, ...] = ("lean",)
    extra: Mapping[str, Any] = field(default_factory=dict)


CASES = {
    "/redirects": Case(  # the stroke tells it from `kbgen/redirects`, which MkDocs finds first in a theme named kbgen
        options={"redirect_maps": {"old/page.md": "a/first.md"}},
        files={"a/first.md": article("First", kind="faq")},
        pages={"old/page/index.html": "url=../../a/first/"},
    ),
    "glightbox": Case(
        files={"a/first.md": article("First", "![Sketch](sketch.png)\n", kind="faq"), "a/sketch.png": PICTURE},
        pages={"a/first/index.html": 'class="glightbox"', "assets/javascripts/glightbox.min.js": "GLightbox"},
        looks=("lean", "material"),
    ),
    "awesome-nav": Case(
        files={
            "a/zoo.md": article("Zoo", kind="faq"),
            "a/ant.md": article("Ant", kind="faq"),
            "a/.nav.yml": "nav:\n  - zoo.md\n  - ant.md\n",
        },
        pages={"a/zoo/index.html": r'href="\./" class="md-nav__link.*href="\.\./ant/" class="md-nav__link"'},
        looks=("material",),
    ),
    "macros": Case(
        files={
            "a/first.md": article("First", "We have {{ plans }} plans.\n", kind="faq"),
            "a/other.md": article("Other", "See {{ config.site_name }}.\n", kind="faq"),
        },
        pages={
            "a/first/index.html": r"We have three plans\.",
            "a/other/index.html": r"See Acme help\.",
        },
        extra={"plans": "three"},
    ),
    "i18n": Case(
        options={
            "docs_structure": "suffix",
            "languages": [
                {"locale": "en", "default": True, "name": "English", "build": True},
                {"locale": "de", "name": "Deutsch", "build": True},
            ],
        },
        files={
            "index.de.md": "---\ntitle: Acme Hilfe\n---\n",
            "a/first.md": article("First", "English words.\n", kind="faq"),
            "a/first.de.md": article("Erste", "Deutsche Worte.\n", kind="faq"),
        },
        pages={"a/first/index.html": r"English words\.", "de/a/first/index.html": r"Deutsche Worte\."},
        first=True,
    ),
    "git-revision-date-localized": Case(
        options={"type": "iso_date", "enable_creation_date": True},
        files={"a/first.md": article("First", "Since {{ git_revision_date_localized }}.\n", kind="faq")},
        pages={"a/first/index.html": "2026-10-05"},
    ),
}


def _project(folder: Path, name: str, look: str) -> Path:
    """The help centre of a case, committed on the fifth of October."""
    case = CASES[name]
    theme, files = LOOKS[look]
    theirs = [{name: dict(case.options)}] if case.options else [name]
    config = {
        "site_name": "Acme help",
        "site_url": "https://help.example.com/",
        "docs_dir": "content",
        "theme": theme,
        "plugins": [*theirs, *OURS] if case.first else [*OURS, *theirs],
        "extra": dict(case.extra),
    }
    content = {f"content/{path}": data for path, data in {"index.md": INDEX, **case.files}.items()}
    write_files(folder, {"mkdocs.yml": yaml.safe_dump(config), ".gitignore": "/site/\n/.kbgen/\n", **files, **content})
    _commit(folder)
    return folder


def _commit(folder: Path) -> None:
    who = {f"GIT_{who}_{what}": "writer@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{who}_DATE": "2026-10-05T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        assert run("git", *command, cwd=folder, env={**who, **when}).code == 0


def _built(folder: Path) -> dict[str, bytes]:
    done = kbgen("build", "--date", TODAY, cwd=folder, env=QUIET)
    assert done.code == 0, done.err
    return tree(folder / "site")


CASES_AND_LOOKS = [(name, look) for name, case in CASES.items() for look in case.looks]


@pytest.mark.parametrize(("name", "look"), CASES_AND_LOOKS)
def test_a_plugin_of_somebody_else_does_its_work(tmp_path: Path, name: str, look: str) -> None:
    """What the plugin is for is on the site, and plain `mkdocs build` makes the same bytes."""
    folder = _project(tmp_path / "project", name, look)
    site = _built(folder)
    for page, words in CASES[name].pages.items():
        assert re.search(words, site[page].decode(), re.DOTALL), page
    if look == CASES[name].looks[0]:
        theirs = build_with_mkdocs(copy_of(folder, tmp_path / "mkdocs"), date.fromisoformat(TODAY))
        assert difference(site, theirs) == ""


def test_a_title_for_awesome_nav_is_kept(tmp_path: Path) -> None:
    """What a `.nav.yml` calls a section stays, as what `nav:` in mkdocs.yml calls it does."""
    folder = _project(tmp_path / "project", "awesome-nav", "lean")
    write_files(folder, {"content/a/.nav.yml": "title: Animals\n"})
    entries = [data for name, data in _built(folder).items() if name.startswith("search/en/a/")]
    assert any(b'"trail":["Animals"]' in entry for entry in entries)
