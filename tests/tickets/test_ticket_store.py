"""Facts about the ticket store: one file that keeps every ticket once."""

from __future__ import annotations

import json
import random
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.tickets.store import Saved, TicketStore
from kbgen.tickets.ticket import Ticket

ONE = Ticket(
    id="1", subject="Export", text="How?", replies=("Press it.",), requester="ab12", created="2026-03-05", tags=("pdf",)
)


def test_what_is_stored_comes_back(tmp_path: Path) -> None:
    """Tickets come back as they were stored, in the order of their ids."""
    two = replace(ONE, id="0", text="Grüße 🎉", replies=(), tags=())
    store = TicketStore(tmp_path)
    assert store.save([ONE, two]) == Saved(new=2, changed=0, known=0)
    assert store.tickets() == (two, ONE)


def test_same_ticket_again_changes_nothing(tmp_path: Path) -> None:
    """A ticket that is known already is not counted, and the file stays as it is, byte for byte."""
    store = TicketStore(tmp_path)
    store.save([ONE])
    before = (tmp_path / "tickets.sqlite").read_bytes()
    assert store.save([ONE]) == Saved(new=0, changed=0, known=1)
    assert (tmp_path / "tickets.sqlite").read_bytes() == before


def test_changed_ticket_replaces_the_old(tmp_path: Path) -> None:
    """A ticket with a known id and another text counts as changed and stands in place of the old one."""
    store = TicketStore(tmp_path)
    store.save([ONE])
    assert store.save([replace(ONE, text="Why?")]) == Saved(new=0, changed=1, known=0)
    assert [ticket.text for ticket in store.tickets()] == ["Why?"]


def test_nothing_is_stored_where_reading_fails(tmp_path: Path) -> None:
    """An export that turns out unreadable half-way stores none of its tickets."""

    def broken() -> Iterator[Ticket]:
        yield ONE
        raise KbgenError("the file is not UTF-8")

    store = TicketStore(tmp_path)
    with pytest.raises(KbgenError):
        store.save(broken())
    assert store.tickets() == ()


def test_empty_folder_holds_no_ticket(tmp_path: Path) -> None:
    """Before the first import there are no tickets, and asking leaves no file behind."""
    assert TicketStore(tmp_path / "state").tickets() == ()
    assert not (tmp_path / "state").exists()


def test_damaged_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    """A store that is no database any more is an error with a way out."""
    (tmp_path / "tickets.sqlite").write_bytes(b"no database" * 500)
    for use in (lambda: TicketStore(tmp_path).save([ONE]), TicketStore(tmp_path).tickets):
        with pytest.raises(KbgenError) as caught:
            use()
        assert "delete" in caught.value.hint


def test_key_is_made_once_and_private(tmp_path: Path) -> None:
    """The key is 32 random bytes, stays the same, and only its owner may read it."""
    key = TicketStore(tmp_path).key()
    assert len(key) == 32
    assert TicketStore(tmp_path).key() == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert TicketStore(tmp_path / "other").key() != key


def test_empty_key_is_no_key(tmp_path: Path) -> None:
    """A key file that was cut short is not used: everybody knows the empty key."""
    (tmp_path / "key").write_bytes(b"")
    try:
        key = TicketStore(tmp_path).key()
    except KbgenError:
        return
    assert len(key) == 32


@pytest.mark.parametrize("use", [TicketStore.key, lambda store: store.save([ONE])], ids=["key", "save"])
def test_folder_that_cannot_be_made_is_an_error(tmp_path: Path, use: object) -> None:
    """Where the folder for caches cannot be made, a person reads what is wrong instead of a traceback."""
    (tmp_path / "state").write_text("a file stands here")
    with pytest.raises(KbgenError):
        use(TicketStore(tmp_path / "state"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(replace, st.just(ONE), id=st.text(st.characters(exclude_categories=["Cs"]), max_size=8))))
def test_each_id_is_stored_once(tmp_path_factory: pytest.TempPathFactory, tickets: list[Ticket]) -> None:
    """However often an id comes, the store holds it once."""
    store = TicketStore(tmp_path_factory.mktemp("store"))
    store.save(tickets)
    assert [t.id for t in store.tickets()] == sorted({t.id for t in tickets}, key=str.encode)


def test_tickets_are_streamed_and_named_ones_found(tmp_path: Path) -> None:
    """Tickets come one at a time, or only those with the ids that are asked for; unknown ids are passed over."""
    store = TicketStore(tmp_path)
    many = [replace(ONE, id=f"{number:04}") for number in range(1200)]
    store.save(many)
    assert next(store.stream()) == many[0]
    wanted = [ticket.id for ticket in many[100:900]]
    assert list(store.of([*reversed(wanted), "0100", "none"])) == many[100:900]
    assert len(store) == 1200


def test_of_several_with_one_id_their_order_decides_nothing(tmp_path: Path) -> None:
    """An export that holds a ticket twice gives the one with more replies, in whatever order they come."""
    twice = [replace(ONE, text="a"), replace(ONE, text="b", replies=("x", "y")), replace(ONE, text="c", replies=())]
    kept = set()
    for number in range(6):
        store = TicketStore(tmp_path / str(number))
        store.save(random.Random(number).sample(twice, 3))  # noqa: S311
        kept.update(ticket.text for ticket in store.tickets())
    assert kept == {"b"}


def test_only_the_owner_reads_and_git_looks_away(tmp_path: Path) -> None:
    """The file is private, also one that was not; the folder tells git to ignore it, unless it has rules of its own."""
    (tmp_path / "tickets.sqlite").touch(0o644)
    TicketStore(tmp_path).save([ONE])
    assert stat.S_IMODE((tmp_path / "tickets.sqlite").stat().st_mode) == 0o600
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    assert [file.name for file in tmp_path.glob(".import*")] == []
    (tmp_path / ".gitignore").write_text("own")
    TicketStore(tmp_path).save([ONE])
    assert (tmp_path / ".gitignore").read_text() == "own"


def old_store(folder: Path, *tickets: dict[str, object]) -> TicketStore:
    """A store as the first version wrote it: objects as text."""
    folder.mkdir(exist_ok=True)
    with sqlite3.connect(folder / "tickets.sqlite") as db:
        db.execute("CREATE TABLE ticket (id TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID")
        db.executemany("INSERT INTO ticket VALUES (?, ?)", ((ticket["id"], json.dumps(ticket)) for ticket in tickets))
    db.close()
    return TicketStore(folder)


def test_store_of_an_older_kbgen_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    """The first version's rows are read as they are, and written anew with the next import."""
    store = old_store(tmp_path, {"plan": "", **asdict(ONE)})
    assert store.tickets() == (ONE,)
    assert store.save([replace(ONE, id="2")]) == Saved(new=1, changed=0, known=0)
    assert [ticket.id for ticket in store.tickets()] == ["1", "2"]


@pytest.mark.parametrize("harm", ["PRAGMA user_version = 99", "UPDATE ticket SET data = x'00'", "DELETE FROM layout"])
def test_store_of_a_later_kbgen_or_a_damaged_one_is_an_error(tmp_path: Path, harm: str) -> None:
    """What cannot be understood is an error with a way out, never a traceback and never thrown away."""
    store = TicketStore(tmp_path)
    store.save([ONE])
    with sqlite3.connect(tmp_path / "tickets.sqlite") as db:
        db.execute(harm)
    db.close()
    with pytest.raises(KbgenError) as caught:
        store.tickets()
    assert "import the tickets again" in caught.value.hint
    if "ticket SET" not in harm:
        with pytest.raises(KbgenError):
            store.save([ONE])
