"""Both stores, SQLite and a real PostgreSQL: the same ballots give the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from ballots import DAY, a_ballot, a_vote
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql import Cluster

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.search import Search
from kbgen.feedback.store.interface import Store, StoreError
from kbgen.feedback.store.merge import Place, merged
from kbgen.feedback.store.table import open_store
from kbgen.feedback.tally import Comment, Mislead, Tally
from kbgen.feedback.vote import Reason

MESSAGE = Message(id=str(UUID(int=1)), email="kim@example.com", message="Help!\n👍", article="a.md")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'votes.sqlite'}"
    return str(request.getfixturevalue("postgresql").database())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as opened:
        yield opened


def held(store: Store) -> list[Ballot]:
    return [replace(ballot, visitor="") for ballot in store.ballots()]


def numbers(store: Store) -> list[tuple[str, bool, int]]:
    return [(tally.article, tally.helpful, tally.n) for tally in store.tallies()]


def test_round_trip(store: Store) -> None:
    """What is saved is read, field by field, in the order in which it came."""
    ballots = [
        a_ballot(3),
        a_ballot(1, helpful=False, reason=Reason.NOT_WHAT_I_LOOKED_FOR, comment="Où?\n👍", query="refund"),
        a_ballot(2, helpful=None, article="ä b.md", section="before-you-start", held="links"),
    ]
    store.save(ballots, DAY)
    assert held(store) == ballots


def test_after_reopening(url: str) -> None:
    """Votes outlive the process that took them."""
    with closing(open_store(url)) as first:
        first.save([a_ballot(1)], DAY)
    with closing(open_store(url, create=False)) as second:
        assert held(second) == [a_ballot(1)]


def test_same_id(store: Store) -> None:
    """A vote that is sent twice counts once, and a changed mind replaces the first, in the first one's place."""
    store.save([a_ballot(1), a_ballot(2)], DAY)
    store.save([a_ballot(1)], DAY)
    changed = a_ballot(1, helpful=False, reason=Reason.WRONG, comment="No.")
    store.save([changed], DAY)
    assert held(store) == [changed, a_ballot(2)]


def test_same_visitor(store: Store) -> None:
    """The last vote of a visitor counts, under whatever id it came."""
    store.save([a_ballot(1, visitor="kim"), a_ballot(2, visitor="lee")], DAY)
    store.save([a_ballot(3, visitor="kim", helpful=False)], DAY)
    assert held(store) == [a_ballot(3, helpful=False), a_ballot(2)]


def test_one_ballot_in_the_place_of_two(store: Store) -> None:
    """A ballot with the id of one and the visitor of another replaces both, in the place of the first."""
    store.save([a_ballot(1, visitor="kim"), a_ballot(2, visitor="lee"), a_ballot(3)], DAY)
    store.save([a_ballot(2, visitor="kim", helpful=False)], DAY)
    assert held(store) == [a_ballot(2, helpful=False), a_ballot(3)]


def test_a_changed_mind_keeps_the_first_day(store: Store) -> None:
    """A vote that is changed days later is still the vote of its day, so that a digest knows it again."""
    store.save([a_ballot(1)], DAY)
    store.save([a_ballot(1, helpful=False, day=DAY + timedelta(3))], DAY)
    (tally,) = store.tallies()
    assert (tally.helpful, tally.first, tally.last) == (False, DAY, DAY)


def test_one_comment_is_deleted(store: Store) -> None:
    """The vote beside it stays."""
    store.save([a_ballot(1, comment="I am Kim"), a_ballot(2, comment="Step 3?")], DAY)
    assert store.redact([a_vote(1).id, "unknown"]) == 1
    assert [comment.text for comment in store.comments()] == ["Step 3?"]
    assert numbers(store) == [("g/a.md", True, 2)]
    assert store.check() == []


def test_searches_that_hardly_anybody_made_go_first(store: Store) -> None:
    """What was asked once or twice is shown to nobody, and goes after a month."""
    store.save([a_search("often")] * 3 + [a_search("once")], DAY - timedelta(40))
    store.save([a_search("new")], DAY)
    old = DAY - timedelta(400)
    assert store.forget(comments=old, searches=old, rare=DAY - timedelta(30)) == 1
    assert [count.query for count in store.searches(old)] == ["new", "often"]


def test_ten_thousand_votes_of_one_visitor(store: Store) -> None:
    """They count once, and take the room of one."""
    for first in range(0, 10_000, 500):
        store.save([a_ballot(first + number + 1, visitor="kim") for number in range(500)], DAY)
    assert held(store) == [a_ballot(10_000)]
    assert numbers(store) == [("g/a.md", True, 1)]


def test_one_bad_ballot(store: Store) -> None:
    """A group is stored whole or not at all, and the store goes on after a failure."""
    with pytest.raises(StoreError):
        store.save([a_ballot(1), a_ballot(2, article=None)], DAY)
    assert held(store) == []
    store.save([a_ballot(3)], DAY)
    assert held(store) == [a_ballot(3)]


def test_nothing(store: Store) -> None:
    """Saving nothing is no error."""
    store.save([], DAY)
    assert held(store) == []


def test_tallies(store: Store) -> None:
    """Votes that agree are one number with the first and last of their days; held and undone ones are in none."""
    later = DAY + timedelta(9)
    no = {"helpful": False, "reason": Reason.UNCLEAR}
    store.save([a_ballot(1, **no), a_ballot(2, **no, day=later)], DAY)
    store.save([a_ballot(3, helpful=None), a_ballot(4, held="links")], DAY)
    store.save([a_ballot(5), a_ballot(6, section="steps"), a_ballot(7, article="a.md")], DAY)
    same = {"article": "g/a.md", "revision": "0123456789abcdef", "reason": None, "n": 1, "first": DAY, "last": DAY}
    assert store.tallies() == [
        Tally(**{**same, "article": "a.md", "section": "", "helpful": True}),  # type: ignore[arg-type]
        Tally(**{**same, "section": "", "helpful": False, "reason": Reason.UNCLEAR, "n": 2, "last": later}),  # type: ignore[arg-type]
        Tally(**{**same, "section": "", "helpful": True}),  # type: ignore[arg-type]
        Tally(**{**same, "section": "steps", "helpful": True}),  # type: ignore[arg-type]
    ]


def test_comments(store: Store) -> None:
    """The latest comes first; those of held and undone votes are not shown."""
    store.save([a_ballot(1, comment="old"), a_ballot(2, article="b.md", comment="new", helpful=False)], DAY)
    store.save([a_ballot(3, comment="spam", held="links"), a_ballot(4, comment="undone", helpful=None)], DAY)
    assert [comment.text for comment in store.comments()] == ["new", "old"]
    assert store.comments("b.md") == [
        Comment(
            article="b.md", revision="0123456789abcdef", section="", helpful=False, reason=None, text="new", day=DAY
        )
    ]


def test_misleads(store: Store) -> None:
    """Searches that led to the wrong article are counted, most often first."""
    wrong = {"helpful": False, "reason": Reason.NOT_WHAT_I_LOOKED_FOR}
    store.save([a_ballot(n, **wrong, query="refund" if n > 1 else "invoice") for n in range(1, 4)], DAY)
    assert store.misleads() == [
        Mislead(article="g/a.md", query="refund", n=2),
        Mislead(article="g/a.md", query="invoice", n=1),
    ]


def test_held_ballots_are_released(store: Store) -> None:
    """What was held counts once a person let it."""
    store.save([a_ballot(1, held="links"), a_ballot(2)], DAY)
    assert [ballot.vote.id for ballot in store.ballots(held=True)] == [a_vote(1).id]
    assert [ballot.vote.id for ballot in store.ballots(held=False)] == [a_vote(2).id]
    assert store.release([a_vote(1).id, a_vote(2).id, "unknown"]) == 1
    assert numbers(store) == [("g/a.md", True, 2)]
    assert store.check() == []


def test_an_article_is_erased(store: Store) -> None:
    """Every vote on it goes, and no other."""
    store.save([a_ballot(1), a_ballot(2), a_ballot(3, article="b.md")], DAY)
    assert store.erase("g/a.md") == 2
    assert numbers(store) == [("b.md", True, 1)]
    assert store.check() == []


def test_old_words_are_forgotten(store: Store) -> None:
    """Comments and searches go after their time; votes stay."""
    before = DAY - timedelta(400)
    store.save([a_ballot(1, comment="old", day=before), a_ballot(2, comment="new")], DAY)
    store.save([a_search("old")], before)
    store.save([a_search("new")], DAY)
    assert store.forget(comments=DAY - timedelta(365), searches=DAY - timedelta(399), rare=DAY - timedelta(500)) == 2
    assert [comment.text for comment in store.comments()] == ["new"]
    assert [count.query for count in store.searches(date(2000, 1, 1))] == ["new"]
    assert numbers(store) == [("g/a.md", True, 2)]
    assert store.check() == []


def a_search(query: str) -> Search:
    return Search(query=query, lang="en", results=0, clicked=False, contacted=False)


def test_a_salt_for_a_day(url: str, store: Store) -> None:
    """All processes share the salt of the day; the next day's is another, and takes the visitors with it."""
    with closing(open_store(url)) as other:
        today = store.salt(DAY)
        assert today == store.salt(DAY) == other.salt(DAY)
        assert len(bytes.fromhex(today)) == 32
    store.save([a_ballot(1, visitor="kim")], DAY)
    assert store.salt(DAY + timedelta(1)) != today
    store.save([a_ballot(2, visitor="kim")], DAY)
    assert numbers(store) == [("g/a.md", True, 2)]
    assert store.salt(DAY) != today


def test_a_clock_that_was_wrong(store: Store) -> None:
    """A salt of the future does not outlive the mending of the clock."""
    wrong = store.salt(DAY + timedelta(365))
    assert store.salt(DAY) != wrong
    assert store.salt(DAY + timedelta(365)) != wrong


def test_messages_wait_until_they_were_handed_over(store: Store) -> None:
    """A message is kept until then, once, and its words are gone afterwards; a repeat is known for a day."""
    store.save([MESSAGE, replace(MESSAGE, id=str(UUID(int=2)))], DAY)
    store.save([MESSAGE], DAY)
    assert store.messages() == [MESSAGE, replace(MESSAGE, id=str(UUID(int=2)))]
    assert store.messages(1) == [MESSAGE]
    store.handed_over([MESSAGE.id])
    store.save([MESSAGE], DAY)
    assert [message.id for message in store.messages()] == [str(UUID(int=2))]


def test_exported_ballots_come_back(store: Store, tmp_path: Path) -> None:
    """Ballots of another database are added; those that are here stay as they are."""
    store.save([a_ballot(number, visitor=str(number)) for number in range(1, 1200)], DAY)
    with closing(open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")) as other:
        other.save([a_ballot(7, helpful=False)], DAY)
        assert other.restore(store.ballots()) == 1198
        assert other.restore(store.ballots()) == 0
        assert numbers(other) == [("g/a.md", False, 1), ("g/a.md", True, 1198)]
        assert other.check() == []


def test_closed(store: Store) -> None:
    """A store that was closed takes no votes, and says so."""
    store.close()
    with pytest.raises(StoreError, match="cannot be written"):
        store.save([a_ballot(1)], DAY)


def test_two_stores_on_one_database(url: str, store: Store) -> None:
    """Two services share a database: a vote that both are sent counts once."""
    with closing(open_store(url)) as other:
        store.save([a_ballot(1, visitor="kim")], DAY)
        other.save([a_ballot(2, visitor="kim", helpful=False), a_ballot(1, visitor="lee")], DAY)
        assert numbers(store) == numbers(other) == [("g/a.md", False, 1), ("g/a.md", True, 1)]


def test_a_newer_schema_is_refused(url: str, store: Store) -> None:
    """A database of a newer kbgen is refused and left as it is, with the command that helps."""
    with store.writing() as transaction:  # type: ignore[attr-defined]
        newer = "PRAGMA user_version = 99" if url.startswith("sqlite") else "UPDATE kbgen_schema SET version = 99"
        transaction.rows(newer)
    with pytest.raises(KbgenError, match=r"newer kbgen \(schema 99\)") as caught:
        open_store(url)
    assert "pip install --upgrade kbgen" in caught.value.hint


def test_a_damaged_row_is_found(store: Store) -> None:
    """A vote that is not what was stored is named by its article."""
    store.save([a_ballot(1), a_ballot(2, article="b.md")], DAY)
    assert store.check() == []
    with store.writing() as transaction:  # type: ignore[attr-defined]
        transaction.rows("UPDATE vote SET helpful = 0 WHERE article = 'b.md'")
    assert any("'b.md' is not what was stored" in fault for fault in store.check())


SCRIPT = st.lists(
    st.lists(
        st.builds(
            lambda number, visitor, helpful: a_ballot(number, visitor=visitor, helpful=helpful),
            st.integers(1, 5),
            st.sampled_from(["", "kim", "lee", "ada"]),
            st.sampled_from([True, False, None]),
        ),
        max_size=5,
    ),
    max_size=5,
)
"""Votes, retries, duplicates and changed minds, in groups."""


def one_by_one(groups: list[list[Ballot]]) -> list[Ballot]:
    """What stays where every ballot comes alone: the plain meaning of the rule."""
    kept: list[Ballot] = []
    for ballot in (ballot for group in groups for ballot in group):
        same = [
            place
            for place, other in enumerate(kept)
            if other.vote.id == ballot.vote.id or (ballot.visitor and other.visitor == ballot.visitor)
        ]
        if same:
            kept[same[0]] = ballot
            kept = [other for place, other in enumerate(kept) if place not in same[1:]]
        else:
            kept.append(ballot)
    return kept


@contextmanager
def emptied(store: Store) -> Iterator[Store]:
    for article in {ballot.vote.article for ballot in store.ballots()}:
        store.erase(article)
    yield store


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SCRIPT)
def test_any_ballots(store: Store, groups: list[list[Ballot]]) -> None:
    """Whatever comes in whatever groups, both stores keep what they would keep if each came alone."""
    with emptied(store):
        for group in groups:
            store.save(group, DAY)
        assert held(store) == [replace(ballot, visitor="") for ballot in one_by_one(groups)]
        assert store.check() == []


@given(SCRIPT)
def test_a_group_is_merged_as_if_one_by_one(groups: list[list[Ballot]]) -> None:
    """Places keep their turn, new ones come after them."""
    before = one_by_one(groups[:1])
    rows = [Place(number, ballot.vote.id, ballot.visitor) for number, ballot in enumerate(before, 1)]
    ballots = [ballot for group in groups[1:] for ballot in group]
    ids, visitors = {b.vote.id for b in ballots}, {b.visitor for b in ballots if b.visitor}
    touched = [row for row in rows if row.id in ids or row.visitor in visitors]
    untouched = [ballot for row, ballot in zip(rows, before, strict=True) if row not in touched]
    places = merged(ballots, touched)
    after = one_by_one([before, ballots])
    assert [place.ballot for place in places] == [ballot for ballot in after if all(ballot is not b for b in untouched)]


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("sqlite://votes.sqlite", "sqlite:///votes.sqlite"),
        ("sqlite:///", "sqlite:///votes.sqlite"),
        ("votes.sqlite", "sqlite:///votes.sqlite"),
        ("", "sqlite:///votes.sqlite"),
        ("sqlit:///votes.sqlite", "did you mean 'sqlite'?"),
        ("postgresq://localhost/votes", "did you mean 'postgresql'?"),
    ],
)
def test_wrong_url(address: str, hint: str) -> None:
    """A URL that names no store is refused with one that does."""
    with pytest.raises(KbgenError) as caught:
        open_store(address)
    assert hint in caught.value.hint


def test_no_server(postgresql: Cluster) -> None:
    """A PostgreSQL that cannot be reached is said, without the password of the URL."""
    url = postgresql.database()
    for wrong in (url.replace(f":{postgresql.port}/", ":9/"), "postgresql://kbgen:secret-word@127.0.0.1:9/votes"):
        with pytest.raises(StoreError, match="cannot be opened") as caught:
            open_store(wrong)
        assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["postgresql://kbgen:se%cret@h/v", "postgresql://kbgen:p@secret@h/v", "postgress://k:secret@h"]
)
def test_a_url_that_cannot_be_read(url: str) -> None:
    """The message says what to do, and repeats no part of a password."""
    with pytest.raises(KbgenError) as caught:
        open_store(url)
    assert "cret" not in str(caught.value)


def test_reading_makes_no_tables(postgresql: Cluster) -> None:
    """Who only reads is told that there are no votes, and no table is made."""
    url = postgresql.database()
    for _ in range(2):
        with pytest.raises(KbgenError, match="there are no votes"):
            open_store(url, create=False)


def test_a_restart_of_the_server_between_two_votes(postgresql: Cluster) -> None:
    """While PostgreSQL is away a vote is refused, and the next one after it came back is stored."""
    with closing(open_store(postgresql.database())) as store:
        store.save([a_ballot(1)], DAY)
        postgresql.stop()
        with pytest.raises(StoreError):
            store.save([a_ballot(2)], DAY)
        postgresql.start()
        store.save([a_ballot(3)], DAY)
        assert held(store) == [a_ballot(1), a_ballot(3)]
