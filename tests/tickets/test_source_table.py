"""Facts about the table of sources: how the format of an export is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.tickets.sources.csv import read_csv
from kbgen.tickets.sources.interface import Source
from kbgen.tickets.sources.jsonl import read_jsonl
from kbgen.tickets.sources.table import ENDINGS, SOURCES, source_for


@pytest.mark.parametrize(
    ("name", "source"),
    [("a.csv", read_csv), ("a.TSV", read_csv), ("a.jsonl", read_jsonl), ("a.b.ndjson", read_jsonl)],
)
def test_ending_names_the_format(tmp_path: Path, name: str, source: Source) -> None:
    """The format is guessed by the file's ending, in capitals or not."""
    (tmp_path / name).touch()
    assert source_for(tmp_path / name, None) is source


def test_named_format_goes_before_the_ending(tmp_path: Path) -> None:
    """A format that the user names counts, whatever the file is called."""
    (tmp_path / "a.csv").touch()
    assert source_for(tmp_path / "a.csv", "jsonl") is read_jsonl


def test_unknown_ending_is_an_error_that_shows_the_option(tmp_path: Path) -> None:
    """An ending that names no format is answered with the option that does."""
    (tmp_path / "a.xlsx").touch()
    with pytest.raises(KbgenError) as caught:
        source_for(tmp_path / "a.xlsx", None)
    assert caught.value.hint == "say which it is: --format csv|jsonl"


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """A path that leads to no file is said to do so before its format is guessed."""
    with pytest.raises(KbgenError, match="there is no file"):
        source_for(tmp_path / "none", None)


def test_every_ending_leads_to_a_source() -> None:
    """The table of endings names only formats of the table of sources."""
    assert set(ENDINGS.values()) == set(SOURCES)
