"""The search entry: an article cut at its headings, and the file that holds all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbgen.errors import KbgenError
from kbgen.search.entry import FILE, Entry, as_json, read_entries
from kbgen.search.part import Part

ENTRY = Entry(
    article="g/a.md",
    url="g/a/",
    kind="how-to",
    section="G",
    lang="en",
    title="Ä",
    description="D",
    answers=("how", "why"),
    parts=(Part(anchor="", heading="", text="x"), Part(anchor="p", heading="P", text="y")),
)


def test_round_trip(tmp_path: Path) -> None:
    """What the site holds is what the readers of search get."""
    (tmp_path / "search").mkdir()
    (tmp_path / FILE).write_text(as_json([ENTRY]), encoding="utf-8")
    assert read_entries(tmp_path) == (ENTRY,)


def test_same_bytes() -> None:
    """The order in which pages were built does not show."""
    other = Entry(**{**vars(ENTRY), "article": "b.md"})
    assert as_json([ENTRY, other]) == as_json([other, ENTRY])


def test_no_site(tmp_path: Path) -> None:
    """Without a built site the error says to build it."""
    with pytest.raises(KbgenError, match="there is no built site in 'site/'") as caught:
        read_entries(tmp_path / "site")
    assert "kbgen build" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"entries": [1]}',
        b'{"entries": [{"answers": [], "parts": []}]}',
        b'{"entries": 1}',
    ],
)
def test_damaged(tmp_path: Path, data: bytes) -> None:
    """Damaged entries are an error that says to build anew."""
    (tmp_path / "search").mkdir()
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        read_entries(tmp_path)
    assert "kbgen build" in caught.value.hint
