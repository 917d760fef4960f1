"""Facts about the writer of drafts: what a person wrote is never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.settings import SiteSettings
from kbgen.drafts.writer import (
    Kept,
    PutBeside,
    Unchanged,
    Written,
    is_untouched,
    news,
    read_text,
    sealed,
    unsealed,
    write_draft,
)
from kbgen.errors import KbgenError

NAME = "t-abc123.md"
TEXT = "---\ntitle: Export\n---\n\n1. Press Export.\n\n- [ ] Say more.\n"
NEWER = TEXT.replace("1. Press Export.\n", "1. Open Settings.\n2. Press Export.\n")


def put(centre: SiteSettings, edit: Callable[[str], str]) -> Path:
    """A draft that kbgen wrote and a person edited."""
    path = write_draft(centre, NAME, TEXT).path
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def test_draft_is_written_once(centre: SiteSettings) -> None:
    """A draft goes to content/drafts/ under its topic's id; written again it stays as it is."""
    path = centre.content / "drafts" / NAME
    assert write_draft(centre, NAME, TEXT) == Written(path=path)
    before = path.stat().st_mtime_ns
    assert write_draft(centre, NAME, TEXT) == Unchanged(path=path)
    assert path.stat().st_mtime_ns == before


def test_untouched_draft_follows_its_topic(centre: SiteSettings) -> None:
    """A draft that nobody edited is renewed when the tickets say more."""
    path = write_draft(centre, NAME, TEXT).path
    assert write_draft(centre, NAME, NEWER) == Written(path=path)
    assert "Open Settings" in path.read_text(encoding="utf-8")


EDITS = {
    "word": lambda text: text.replace("Press Export", "Press the button"),
    "line": lambda text: text + "\n",
    "box": lambda text: text.replace("- [ ]", "- [x]", 1),
    "title": lambda text: text.replace("title: ", "title: My ", 1),
    "seal removed": unsealed,
    "emptied": lambda _: "",
    "rewritten": lambda _: "Only my own words",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edited_draft_is_never_overwritten(centre: SiteSettings, edit: Callable[[str], str]) -> None:
    """Whatever a person changed, kbgen leaves the file alone, also when the tickets say more."""
    path = put(centre, edit)
    before = path.read_bytes()
    assert isinstance(write_draft(centre, NAME, TEXT), Kept | PutBeside)
    assert isinstance(write_draft(centre, NAME, NEWER), PutBeside)
    assert path.read_bytes() == before


def test_news_stand_beside_an_edited_draft(centre: SiteSettings) -> None:
    """Where the tickets say more than when a person began to edit, the new version says on top what is new."""
    put(centre, EDITS["box"])
    outcome = write_draft(centre, NAME, NEWER)
    assert isinstance(outcome, PutBeside)
    assert outcome.new == ("Open Settings.",)
    beside = outcome.beside.read_text(encoding="utf-8")
    assert outcome.beside == centre.state / "drafts" / NAME
    assert "not in the one that a person edited:\n\n- Open Settings.\n-->" in beside
    assert write_draft(centre, NAME, NEWER) == outcome
    assert outcome.beside.read_text(encoding="utf-8") == beside


def test_same_tickets_put_nothing_beside(centre: SiteSettings) -> None:
    """Where the tickets say what they said, an edited draft is kept and nothing is written."""
    put(centre, EDITS["word"])
    assert isinstance(write_draft(centre, NAME, TEXT), Kept)
    assert not (centre.state / "drafts").exists()


def test_counts_alone_are_no_news() -> None:
    """More tickets behind the same step are no reason to look again."""
    assert news("- Step 1: said by 4 tickets.\n", "- Step 1: said by 5 tickets.\n") == ()


def test_news_cannot_end_their_comment(centre: SiteSettings) -> None:
    """A line that would end the comment on top of the new version does not."""
    put(centre, EDITS["word"])
    outcome = write_draft(centre, NAME, TEXT.replace("Press Export.", "Press --> Export."))
    assert isinstance(outcome, PutBeside)
    assert outcome.beside.read_text(encoding="utf-8").count("-->") == 2


def test_edit_in_another_encoding_is_an_edit(centre: SiteSettings) -> None:
    """A file that is no UTF-8 any more was edited by somebody."""
    path = write_draft(centre, NAME, TEXT).path
    path.write_bytes(path.read_bytes() + b"\xff")
    assert isinstance(write_draft(centre, NAME, TEXT), Kept)


def test_line_ends_of_windows_are_no_edit(centre: SiteSettings) -> None:
    """A draft that git checked out with line ends of Windows still counts as untouched."""
    path = write_draft(centre, NAME, TEXT).path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert isinstance(write_draft(centre, NAME, TEXT), Unchanged)


def test_no_half_written_file_stays(centre: SiteSettings) -> None:
    """Beside the draft nothing is left in the folder."""
    path = write_draft(centre, NAME, TEXT).path
    assert list(path.parent.iterdir()) == [path]


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_seal_breaks_with_any_edit(added: str) -> None:
    """A sealed text is untouched, without its seal it is the text again, and any addition breaks the seal."""
    text = "---\ntitle: x\n---\n\nBody\n"
    assert is_untouched(sealed(text))
    assert unsealed(sealed(text)) == text
    assert is_untouched(sealed(text) + added) == (added == "")


def test_missing_draft_is_an_error(tmp_path: Path) -> None:
    """A draft that is not there is an error that says where drafts are."""
    with pytest.raises(KbgenError, match="there is no draft") as caught:
        read_text(tmp_path / "none.md")
    assert caught.value.hint == "drafts are in content/drafts/"


def test_draft_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    """Broken UTF-8 and a folder in place of a file are errors, not tracebacks."""
    (tmp_path / "a.md").write_bytes(b"\xff")
    for path in (tmp_path / "a.md", tmp_path):
        with pytest.raises(KbgenError):
            read_text(path)
