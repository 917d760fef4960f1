"""The entry: what stands in a file of the site is what the readers of search get."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from indexes import an_entry, write_index

from kbgen.errors import KbgenError
from kbgen.search.entry import entry_of, read_entries, read_entry
from kbgen.search.part import Part
from kbgen.search.reader import open_site

ENTRY = an_entry("a.md", "A", ("", "x"), ("p", "y"), answers=("how", "why"), about="What it is.")


def test_round_trip() -> None:
    """An entry comes back as it was written, with tuples for lists."""
    assert read_entry(ENTRY.as_json()) == ENTRY
    assert ENTRY.parts[1] == Part(anchor="p", heading="p", text="y")


def test_prior() -> None:
    """What readers said of an article stands in its entry; where nobody said anything, the entry says nothing of it."""
    liked = replace(ENTRY, prior=0.04)
    assert read_entry(liked.as_json()) == liked
    assert "prior" not in ENTRY.as_json()


def test_prior_in_the_order(tmp_path: Path) -> None:
    """Between articles that fit alike, the one that helped more readers comes first."""
    names = ("a.md", "b.md", "c.md")
    alike = [an_entry(name, "Get a refund", ("", "Ask for a refund.")) for name in names]
    for best in range(3):
        write_index(tmp_path, [replace(entry, prior=0.02 * (n == best)) for n, entry in enumerate(alike)])
        assert open_site(tmp_path, "en").order("get a refund")[0] == names[best]


def test_entry_of_data() -> None:
    """JSON that somebody else has read is an entry, too."""
    import json

    assert entry_of(json.loads(ENTRY.as_json())) == ENTRY


def test_every_entry_of_a_site(tmp_path: Path) -> None:
    """The entries of all languages come by their paths."""
    german = an_entry("de/a.md", "Ein Artikel", lang="de")
    write_index(tmp_path, [german, ENTRY])
    assert read_entries(tmp_path) == (ENTRY, german)


def test_no_site(tmp_path: Path) -> None:
    """Without a built site the error says to build it."""
    with pytest.raises(KbgenError, match="there is no built site in 'site/'") as caught:
        read_entries(tmp_path / "site")
    assert "kbgen build" in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b"1", b'{"answers": [], "parts": []}', b'{"parts": [1]}'])
def test_damaged(tmp_path: Path, data: bytes) -> None:
    """A damaged entry is an error that names its file and says to build anew."""
    write_index(tmp_path, [ENTRY])
    (file,) = (tmp_path / "search/en/a").iterdir()
    file.write_bytes(data)
    with pytest.raises(KbgenError, match="cannot be read") as caught:
        read_entries(tmp_path)
    assert caught.value.where
    assert caught.value.where.path == str(file)
    assert "kbgen build" in caught.value.hint
