"""The store: what was made of each page, kept from build to build."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.generator.manifest import PageFacts
from kbgen.generator.store import NAME, Body, News, Store, unpack

FACTS = PageFacts(
    because={"its text": "cafe"},
    body="stamp",
    template="main.html",
    outputs=["a/index.html"],
    has_entry=True,
    why=["new"],
)
BODY = Body(html="<p>Ä</p>", toc=[("T", "t", 2, [("U", "u", 3, [])])], anchors=["t"], warnings=["w"])
NEWS = News(
    site="one",
    bodies=[("a.md", "stamp", BODY.pack())],
    pages=[("a.md", FACTS, b"around", '{"a": 1}', "terms")],
    shared=b"shared",
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMED = st.dictionaries(TEXTS, TEXTS, max_size=3)
TOCS: st.SearchStrategy[Any] = st.recursive(
    st.just([]), lambda below: st.lists(st.tuples(TEXTS, TEXTS, st.integers(1, 6), below), max_size=2), max_leaves=6
)
BODIES = st.builds(
    Body,
    html=TEXTS,
    toc=TOCS,
    anchors=st.lists(TEXTS, max_size=3),
    links=st.dictionaries(TEXTS, NAMED, max_size=2),
    lookups=NAMED,
    reads=NAMED,
    warnings=st.lists(TEXTS, max_size=2),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path)) as opened:
        yield opened


def _lists(value: object) -> object:
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value


@given(BODIES)
def test_a_packed_body_comes_back(body: Body) -> None:
    """Whatever a body holds, unpacking gives it back; pairs may come back as lists."""
    found = unpack(body.pack())
    assert found
    assert _lists(found.toc) == _lists(body.toc)
    found.toc = body.toc
    assert found == body


@given(BODIES, st.data())
def test_a_damaged_body_is_none(body: Body, data: st.DataObject) -> None:
    """A body of which any bit changed, or the end is lost, is never returned."""
    packed = bytearray(body.pack())
    place = data.draw(st.integers(0, len(packed) - 1))
    assert unpack(bytes(packed[:place])) is None
    packed[place] ^= 1 << data.draw(st.integers(0, 7))
    assert unpack(bytes(packed)) in [None, unpack(body.pack())]


@given(st.binary(max_size=50))
def test_rubbish_is_no_body(data: bytes) -> None:
    """Bytes that no store packed are no body."""
    assert unpack(data) is None


def test_what_is_kept_comes_back(store: Store, tmp_path: Path) -> None:
    """All that a build found out is there for the next one, which opens the store anew."""
    store.keep(NEWS)
    with closing(Store(tmp_path)) as again:
        assert again.body("a.md", "stamp") == unpack(BODY.pack())
        assert again.pages("one") == {"a.md": FACTS}
        assert again.page("one", "a.md") == (FACTS, b"around")
        assert (again.entry("one", "a.md"), again.terms("one")) == ('{"a": 1}', {"a.md": "terms"})
        assert again.shared("one") == b"shared"
        assert not again.damaged


def test_what_was_not_kept_is_empty(store: Store) -> None:
    """A store that knows nothing says so without trouble."""
    assert (store.body("a.md", "stamp"), store.page("one", "a.md"), store.pages("one")) == (None, None, {})
    assert (store.entry("one", "a.md"), store.terms("one"), store.shared("one")) == ("", {}, b"")
    assert not store.damaged


def test_another_stamp_is_another_body(store: Store) -> None:
    """A body is only for who asks with the stamp that it was kept under."""
    store.keep(NEWS)
    assert store.body("a.md", "other") is None


def test_sites_are_apart(store: Store) -> None:
    """What is known of a page of one site is not known of the same page of another."""
    store.keep(NEWS)
    assert store.pages("two") == {}
    assert store.page("two", "a.md") is None
    assert (store.entry("two", "a.md"), store.terms("two"), store.shared("two")) == ("", {}, b"")


def test_pages_that_are_gone_are_forgotten(store: Store) -> None:
    """A page that is no longer there, and an entry that a page no longer has, are removed."""
    store.keep(NEWS)
    store.keep(News(site="one", pages=[("a.md", FACTS, b"around", "", "")]))
    assert (store.entry("one", "a.md"), store.terms("one")) == ("", {})
    assert store.pages("one") == {"a.md": FACTS}
    store.keep(News(site="one", gone={"a.md"}))
    assert store.pages("one") == {}
    assert store.body("a.md", "stamp") is None


def test_keeping_is_all_or_nothing(store: Store, tmp_path: Path) -> None:
    """A build that ends in the middle of keeping has kept nothing of it."""
    store.keep(NEWS)

    def stopped() -> Iterator[tuple[str, str, bytes]]:
        yield ("b.md", "stamp", BODY.pack())
        raise KeyboardInterrupt

    news = News(site="one", gone={"a.md"})
    news.bodies = stopped()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        store.keep(news)
    store.close()
    with closing(Store(tmp_path)) as again:
        assert again.pages("one") == {"a.md": FACTS}
        assert again.body("a.md", "stamp")
        assert again.body("b.md", "stamp") is None


@pytest.mark.parametrize("damage", ["garbage", "halved", "of another version"])
def test_a_damaged_store_begins_anew(tmp_path: Path, damage: str) -> None:
    """A file that is no database, or one of another version, is replaced by an empty store that says so."""
    with closing(Store(tmp_path)) as store:
        store.keep(NEWS)
    file = tmp_path / NAME
    if damage == "of another version":
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA user_version = 999")
    else:
        file.write_bytes(b"garbage " * 1000 if damage == "garbage" else b"")
        if damage == "halved":
            file.write_bytes(b"SQLite format 3\0" + os.urandom(2000))
    with closing(Store(tmp_path)) as store:
        assert store.damaged
        assert store.pages("one") == {}
        store.keep(NEWS)
        assert store.pages("one") == {"a.md": FACTS}


def test_an_empty_file_is_an_empty_store(tmp_path: Path) -> None:
    """A file of no bytes, as a full disk may leave, is filled."""
    (tmp_path / NAME).write_bytes(b"")
    with closing(Store(tmp_path)) as store:
        store.keep(NEWS)
        assert store.pages("one") == {"a.md": FACTS}


def test_damage_that_shows_later(tmp_path: Path) -> None:
    """Where the file is spoilt behind its first page, nothing raises: what cannot be read is not there."""
    with closing(Store(tmp_path)) as store:
        store.keep(NEWS)
    data = bytearray((tmp_path / NAME).read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    (tmp_path / NAME).write_bytes(data)
    with closing(Store(tmp_path)) as store:
        assert store.body("a.md", "stamp") is None
        assert store.pages("one") == {}
        assert store.terms("one") == {}
        store.keep(NEWS)
        assert store.damaged
    with closing(Store(tmp_path)) as store:
        store.keep(NEWS)
        assert store.pages("one") == {"a.md": FACTS}


def test_a_flipped_byte_in_a_kept_body_is_noticed(store: Store) -> None:
    """A body that was damaged within the database is none."""
    packed = bytearray(BODY.pack())
    packed[-3] ^= 1
    store.keep(News(site="one", bodies=[("a.md", "stamp", bytes(packed))]))
    assert store.body("a.md", "stamp") is None


def test_facts_that_cannot_be_read_are_none(store: Store) -> None:
    """Facts that another version wrote are as good as none."""
    store.keep(NEWS)
    store.database.execute("UPDATE page SET facts = '{\"because\": {}}'")
    assert store.pages("one") == {}
    assert store.page("one", "a.md") is None
