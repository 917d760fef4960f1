"""The file of a report: for its owner alone, never published, never over what somebody wrote."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kbgen.articles.settings import load_settings
from kbgen.errors import KbgenError
from kbgen.report.file import default_file, refuse_published, write_report


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    """The file has mode 0600, also when it is written anew, in a folder that was not there."""
    file = tmp_path / "new" / "report.html"
    for text in ("<p>one</p>\n", "<p>two</p>\n"):
        write_report(file, text)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().startswith(text)
    assert [path.name for path in file.parent.iterdir()] == ["report.html"]


@pytest.mark.parametrize("change", ["Dear boss, see below.\n", ""])
def test_what_somebody_wrote_is_left_alone(tmp_path: Path, change: str) -> None:
    """A file of another kind and an edited report are refused, and stay as they are."""
    file = tmp_path / "report.html"
    write_report(file, "<p>one</p>\n")
    file.write_text(change + file.read_text() if change else "my notes")
    before = file.read_bytes()
    with pytest.raises(KbgenError, match="somebody edited it") as caught:
        write_report(file, "<p>two</p>\n")
    assert "--output" in caught.value.hint
    assert file.read_bytes() == before


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """The error says which name would do."""
    with pytest.raises(KbgenError, match="this is a folder"):
        write_report(tmp_path, "")


def test_a_report_is_never_published(tmp_path: Path) -> None:
    """Neither in the content nor in the site, by whatever way the path is written; beside the tickets it is fine."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Acme\ndocs_dir: content\n")
    settings = load_settings(tmp_path / "mkdocs.yml")
    for path in ("content/a.html", "site/deep/a.html", "other/../content/a.html"):
        with pytest.raises(KbgenError, match="would be published"):
            refuse_published(tmp_path / path, settings)
    refuse_published(default_file(settings), settings)
    refuse_published(tmp_path / "content-report.html", settings)
