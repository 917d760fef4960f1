"""Facts about JSONL exports: one object a line, and no line stops the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.tickets.sources.interface import Reading
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, SkippedRow

Rows = list[RawTicket | SkippedRow]
Read = Callable[..., Rows]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a JSONL file of the given objects, or lines."""

    def rows(*lines: object, **columns: str) -> Rows:
        file = tmp_path / "tickets.jsonl"
        parts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        file.write_bytes(b"\n".join(parts))
        return list(read_tickets(file, "jsonl", Reading(columns=columns)))

    return rows


def test_id_and_text_are_enough(read: Read) -> None:
    """A file of `{"id", "text"}` needs no flag; a number is as good an id as a text."""
    assert read({"id": 7, "text": " How? "}) == [RawTicket(id="7", subject="", text="How?")]


def test_every_field_is_read(read: Read) -> None:
    """Each field of a ticket has its key."""
    fields = {"created": "2026-03-05", "subject": "Export", "requester": "a@b.example", "tags": ["pdf"]}
    assert read({"id": "7", "text": "How?", "replies": ["One."], **fields}) == [
        RawTicket(
            id="7",
            created="2026-03-05",
            subject="Export",
            text="How?",
            replies=("One.",),
            requester="a@b.example",
            tags=("pdf",),
        )
    ]


def test_only_what_agents_said_in_public_is_a_reply(read: Read) -> None:
    """Of objects with an author those of agents count; customers' words and private notes are left out."""
    replies = [
        {"author": "customer", "text": "Still broken"},
        {"author": "agent", "text": "Press it."},
        {"author": "agent", "text": "He is rude.", "private": True},
        {"text": "Done."},
        None,
    ]
    assert read({"id": 1, "text": "x", "replies": replies})[0].replies == ("Press it.", "Done.")


def test_broken_lines_are_skipped_and_the_rest_is_read(read: Read) -> None:
    """What is no JSON, no object, no UTF-8, too deep or without a message is skipped, with its line."""
    lines = (b"{", b"[1]", b"\xff", b'{"text": ' + b"[" * 100_000, b"", {"id": 6, "text": "x"}, {"id": 7, "text": ""})
    rows = read(*lines)
    assert [row.line for row in rows if isinstance(row, SkippedRow)] == [1, 2, 3, 4, 7]
    assert [row.id for row in rows if isinstance(row, RawTicket)] == ["6"]


def test_byte_order_mark_is_no_part_of_the_first_line(read: Read) -> None:
    """A file that begins with a byte order mark is read like any other."""
    assert read(b'\xef\xbb\xbf{"id": 1, "text": "x"}')[0].id == "1"


def test_half_of_a_surrogate_pair_does_no_harm(read: Read) -> None:
    """A broken escape becomes a question mark instead of a text that cannot be stored."""
    assert read(b'{"id": 1, "text": "\\ud800 x"}')[0].text == "? x"


def test_other_keys_can_be_named(read: Read) -> None:
    """Keys with names of their own are read where they are named."""
    assert read({"nr": 1, "frage": "Wie?"}, id="nr", text="frage")[0].text == "Wie?"


def test_keys_that_cannot_be_guessed_are_an_error_that_lists_them(read: Read) -> None:
    """Where no key is known to hold the message, the import stops and lists the keys."""
    with pytest.raises(KbgenError) as caught:
        read({"nr": 1, "frage": "Wie?"})
    assert "nr, frage" in caught.value.hint


def test_key_that_the_first_line_lacks_is_read_from_the_others(read: Read) -> None:
    """A first ticket without subject and replies does not take these from all the others."""
    _, second = read({"id": 1, "text": "x"}, {"id": 2, "text": "y", "subject": "Export", "replies": ["Press it."]})
    assert (second.subject, second.replies) == ("Export", ("Press it.",))


@pytest.mark.parametrize("first", [{}, {"id": 1}, {"exported_at": "2026-03-05"}])
def test_first_line_without_a_message_is_skipped(read: Read, first: dict[str, object]) -> None:
    """A first line that is no ticket is skipped like any other broken line."""
    assert [type(row) for row in read(first, {"id": 2, "text": "x"})] == [SkippedRow, RawTicket]


def test_tags_in_one_text_are_split(read: Read) -> None:
    """Tags in one text are parted as in CSV."""
    assert read({"id": 1, "text": "x", "tags": "pdf, print"})[0].tags == ("pdf", "print")


def test_replies_and_tags_that_are_no_text_vanish(read: Read) -> None:
    """Numbers with a point, truth values and lists are no replies and no tags; they leave no empty ones behind."""
    (ticket,) = read({"id": 1, "text": "x", "replies": [True, 1.5, ["y"], "z"], "tags": [{}, "pdf"]})
    assert (ticket.replies, ticket.tags) == (("z",), ("pdf",))


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """A file that is not there is an error that names it."""
    with pytest.raises(KbgenError, match="there is no file"):
        list(read_tickets(tmp_path / "none.jsonl", "jsonl"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.fixed_dictionaries({"id": JSON, "text": JSON}, optional={"subject": JSON, "replies": JSON, "tags": JSON})


@settings(max_examples=150, deadline=None)
@given(st.lists(OBJECTS.map(lambda o: json.dumps(o).encode()) | st.binary(max_size=40), max_size=4))
def test_any_lines_are_rows_or_an_error(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    """Whatever stands in the lines, they come as tickets and skipped rows, or as a `KbgenError`."""
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_bytes(b"\n".join(lines))
    try:
        rows = list(read_tickets(file, "jsonl"))
    except KbgenError:
        return
    for row in rows:
        assert isinstance(row, RawTicket | SkippedRow)
        if isinstance(row, RawTicket):
            assert row.id
            assert row.text
            row.text.encode()
