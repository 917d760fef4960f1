"""Facts about the writer of drafts: what a person wrote is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.draft import Draft, make_draft
from kbgen.drafts.writer import Kept, Unchanged, Written, is_untouched, read_text, sealed, unsealed, write_draft
from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import Topic


@pytest.fixture
def draft(topic: Topic, words: Embedding, answered: Callable[..., tuple[Ticket, ...]]) -> Draft:
    return make_draft(topic, answered("Press Export.", "Press Export."), (), words)


def test_draft_is_written_once(tmp_path: Path, draft: Draft) -> None:
    """A draft goes to content/drafts/ under its topic's id; written again it stays as it is."""
    path = tmp_path / "drafts" / "t-abc123.md"
    assert write_draft(tmp_path, draft) == Written(path=path)
    before = path.stat().st_mtime_ns
    assert write_draft(tmp_path, draft) == Unchanged(path=path)
    assert path.stat().st_mtime_ns == before


def test_untouched_draft_follows_its_topic(tmp_path: Path, draft: Draft) -> None:
    """A draft that nobody edited is renewed when the topic has changed."""
    path = write_draft(tmp_path, draft).path
    assert write_draft(tmp_path, replace(draft, title="Another title")) == Written(path=path)
    assert "Another title" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("Press Export", "Press the button"),
        lambda text: text + "\n",
        lambda text: text.replace("- [ ]", "- [x]", 1),
        lambda text: text.replace("title: ", "title: My ", 1),
        unsealed,
        lambda _: "",
        lambda _: "Only my own words",
    ],
    ids=["word", "line", "box", "title", "seal removed", "emptied", "rewritten"],
)
def test_edited_draft_is_never_overwritten(tmp_path: Path, draft: Draft, edit: Callable[[str], str]) -> None:
    """Whatever a person changed, kbgen leaves the file alone and says so."""
    path = write_draft(tmp_path, draft).path
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    before = path.read_bytes()
    assert write_draft(tmp_path, replace(draft, title="Another title")) == Kept(path=path)
    assert path.read_bytes() == before


def test_edit_in_another_encoding_is_an_edit(tmp_path: Path, draft: Draft) -> None:
    """A file that is no UTF-8 any more was edited by somebody."""
    path = write_draft(tmp_path, draft).path
    path.write_bytes(path.read_bytes() + b"\xff")
    assert isinstance(write_draft(tmp_path, draft), Kept)


def test_line_ends_of_windows_are_no_edit(tmp_path: Path, draft: Draft) -> None:
    """A draft that git checked out with line ends of Windows still counts as untouched."""
    path = write_draft(tmp_path, draft).path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert isinstance(write_draft(tmp_path, draft), Unchanged)


def test_no_half_written_file_stays(tmp_path: Path, draft: Draft) -> None:
    """Beside the draft nothing is left in the folder."""
    path = write_draft(tmp_path, draft).path
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
