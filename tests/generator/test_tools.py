"""Tools: what the machine tells a build, beside the files of the help centre."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from centres import run, write_files
from rebuilding import GIT, commit

from kbgen.generator.tools import environment, git_state, settings_files, tools


def _environment(folder: Path, text: str) -> Mapping[str, str]:
    write_files(folder, {"mkdocs.yml": text})
    return environment({"mkdocs.yml": folder / "mkdocs.yml"})


def test_the_same_tools_have_the_same_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest of the tools lasts, and changes when a package comes or is of another version."""
    before = tools()
    assert tools() == before
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert tools() == before
    (tmp_path / "some_plugin-1.0.dist-info").mkdir()
    with_package = tools()
    assert with_package != before
    (tmp_path / "some_plugin-1.0.dist-info").rename(tmp_path / "some_plugin-1.1.dist-info")
    assert tools() not in {before, with_package}


@pytest.mark.parametrize(
    "text",
    [
        "copyright: !ENV HOLDER\n",
        "copyright: !ENV [HOLDER, Nobody]\n",
        "copyright: !ENV [OTHER_HOLDER, HOLDER, 'Nobody at all']\n",
        "copyright: !ENV ['HOLDER', \"x\"]\n",
        "extra: {a: !ENV HOLDER}\n",
        "extra:\n  a: [1, !ENV [HOLDER]]\n",
    ],
)
def test_variables_that_settings_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A variable that mkdocs.yml names with !ENV counts with its value, however it is written."""
    monkeypatch.setenv("HOLDER", "Acme")
    assert _environment(tmp_path, text)["HOLDER"] == "Acme"
    monkeypatch.delenv("HOLDER")
    assert _environment(tmp_path, text)["HOLDER"] is None


def test_other_variables_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What mkdocs.yml does not name may change without anybody noticing."""
    monkeypatch.setenv("HOLDER", "Acme")
    assert _environment(tmp_path, "site_name: HOLDER\n") == {}


def test_settings_that_inherit(tmp_path: Path) -> None:
    """Files named by INHERIT count, and those that they inherit from in turn, even where they lead in a circle."""
    write_files(
        tmp_path,
        {
            "mkdocs.yml": "INHERIT: base.yml\nsite_name: A\n",
            "base.yml": "INHERIT: './shared/more.yml'  # for all\n",
            "shared/more.yml": "INHERIT: ../mkdocs.yml\ncopyright: !ENV HOLDER\n",
        },
    )
    files = settings_files(tmp_path / "mkdocs.yml")
    assert {path.resolve() for path in files.values()} == {
        tmp_path / "mkdocs.yml",
        tmp_path / "base.yml",
        tmp_path / "shared/more.yml",
    }
    assert "HOLDER" in environment(files)


def test_settings_that_inherit_from_nothing(tmp_path: Path) -> None:
    """A base that does not exist is not there; MkDocs says so itself."""
    write_files(tmp_path, {"mkdocs.yml": "INHERIT: none.yml\n"})
    assert list(settings_files(tmp_path / "mkdocs.yml")) == ["mkdocs.yml"]


def test_settings_in_any_encoding(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 stop nobody from looking for variables."""
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: Caf\xe9\ncopyright: !ENV HOLDER\n")
    assert list(environment({"mkdocs.yml": tmp_path / "mkdocs.yml"})) == ["HOLDER"]


def test_outside_git_there_is_no_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, and without git, there is nothing to say."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git_state(tmp_path) == ""
    monkeypatch.setenv("PATH", "")
    assert git_state(tmp_path) == ""


def test_commits_and_what_is_staged_are_seen(tmp_path: Path) -> None:
    """The state of git changes with a commit and with `git add`, and not with a file that is merely edited."""
    write_files(tmp_path, {"content/a.md": "A"})
    commit(tmp_path)
    before = git_state(tmp_path / "content")
    assert before
    write_files(tmp_path, {"content/a.md": "Another"})
    assert git_state(tmp_path / "content") == before
    assert run("git", "add", "-A", cwd=tmp_path).code == 0
    staged = git_state(tmp_path / "content")
    assert run("git", "commit", "-q", "-m", "Edit", cwd=tmp_path, env=GIT).code == 0
    assert len({before, staged, git_state(tmp_path / "content")}) == 3
