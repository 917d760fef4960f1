"""Scaffolding: the files of a new help centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.articles.kinds import Kind
from kbgen.articles.scaffold import scaffold
from kbgen.articles.settings import load_settings
from kbgen.checks.interface import help_centre
from kbgen.checks.registry import findings
from kbgen.errors import KbgenError

URL = "https://help.example.com/"


def test_files(tmp_path: Path) -> None:
    """A new help centre has its settings, a .gitignore, a home page and a first section."""
    done = scaffold(tmp_path / "help", name="Acme help", url=URL)
    assert {"mkdocs.yml", ".gitignore", "content/index.md", "content/getting-started/index.md"} <= set(done.written)
    assert done.kept == ()
    assert all((tmp_path / "help" / path).is_file() for path in done.written)
    assert ".kbgen" in (tmp_path / "help/.gitignore").read_text(encoding="utf-8")


def test_nothing_to_mend(tmp_path: Path) -> None:
    """Every check is content with a new help centre, and it shows an example of each kind but the course."""
    scaffold(tmp_path, name="Acme help", url=URL)
    centre = help_centre(load_settings(tmp_path / "mkdocs.yml"), date(2026, 11, 23))
    assert findings(replace(centre, site=None)) == []
    assert {article.kind for article in centre.library.articles} >= set(Kind) - {Kind.COURSE}


def test_existing_file(tmp_path: Path) -> None:
    """A file that exists is left as it is, and named."""
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")
    done = scaffold(tmp_path, name="Acme help", url=URL)
    assert done.kept == ("mkdocs.yml",)
    assert "mkdocs.yml" not in done.written
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == "mine"


def test_again(tmp_path: Path) -> None:
    """Making a help centre twice writes nothing the second time."""
    first = scaffold(tmp_path, name="A", url=URL)
    second = scaffold(tmp_path, name="B", url=URL)
    assert (second.written, second.kept) == ((), first.written)


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A place that cannot be written to is an error for people."""
    (tmp_path / "help").write_text("", encoding="utf-8")
    with pytest.raises(KbgenError, match="cannot be written"):
        scaffold(tmp_path / "help", name="A", url=URL)


def test_name_with_quotes(tmp_path: Path) -> None:
    """Quotes, backslashes, dollars and line breaks in the name do no harm."""
    scaffold(tmp_path, name='A "B" \\ $url\n# C: [d', url=URL)
    assert load_settings(tmp_path / "mkdocs.yml").site_name == 'A "B" \\ $url # C: [d'


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip))
def test_any_name(tmp_path: Path, name: str) -> None:
    """Whatever a help centre is called, its settings can be read and hold the name."""
    for file in (tmp_path / "mkdocs.yml", tmp_path / "content/index.md"):
        file.unlink(missing_ok=True)
    scaffold(tmp_path, name=name, url=URL)
    assert load_settings(tmp_path / "mkdocs.yml").site_name == " ".join(name.split())
