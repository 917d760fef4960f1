"""Every situation below tests/sites: built on earlier builds, built anew and built by MkDocs, it is the same site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from builds import build_anew, build_on, build_with_mkdocs, copy_of, difference
from centres import ROOT, TODAY, article

from kbgen.articles.settings import load_settings

pytestmark = pytest.mark.slow

SITES = sorted(path.name for path in (ROOT / "tests/sites").iterdir() if (path / "mkdocs.yml").is_file())
DAY = date.fromisoformat(TODAY)


def _articles(folder: Path) -> list[Path]:
    """Every article that is no section's page, by its path."""
    content = load_settings(folder / "mkdocs.yml").content
    return sorted(path for path in content.rglob("*.md") if path.stem not in {"index", "README"})


def _retitle(folder: Path) -> None:
    source = _articles(folder)[0]
    source.write_text(re.sub(r"^title: .*$", "title: Another title", source.read_text(), count=1, flags=re.MULTILINE))


def _reword(folder: Path) -> None:
    source = _articles(folder)[-1]
    source.write_text(f"{source.read_text()}\n## One more part\n\nOne more sentence.\n")


def _add(folder: Path) -> None:
    (_articles(folder)[0].parent / "brand-new.md").write_text(article("A brand-new article", kind="faq"))


def _rename_section(folder: Path) -> None:
    (_articles(folder)[0].parent / "index.md").write_text(article("A section of another name"))


def _rename_site(folder: Path) -> None:
    settings = folder / "mkdocs.yml"
    settings.write_text(re.sub(r"^site_name: .*$", "site_name: Renamed", settings.read_text(), flags=re.MULTILINE))


def _do_nothing(folder: Path) -> None:
    """A build of what has just been built."""
    assert (folder / "site").is_dir()


EDITS: Mapping[str, Callable[[Path], None]] = {
    "nothing": _do_nothing,
    "retitle": _retitle,
    "reword": _reword,
    "add": _add,
    "name a section": _rename_section,
    "name the site": _rename_site,
}


@pytest.mark.parametrize("name", SITES)
def test_a_situation_after_edits_is_the_same_however_it_is_built(tmp_path: Path, name: str) -> None:
    """After each edit site and warnings are those of a build anew; in the end `mkdocs build` makes the same bytes."""
    folder = Path(shutil.copytree(ROOT / "tests/sites" / name, tmp_path / "project"))
    build_on(folder, DAY)
    for edit, do in EDITS.items():
        do(folder)
        anew = build_anew(copy_of(folder, tmp_path / "anew"), DAY)
        ours = build_on(folder, DAY)
        assert (ours.error, ours.warnings) == (anew.error, anew.warnings), edit
        assert difference(ours.site, anew.site) == "", edit
    assert difference(ours.site, build_with_mkdocs(copy_of(folder, tmp_path / "mkdocs"), DAY)) == ""
