"""Facts about identity: which topic is one that was known before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbgen.topics.identity import SAME, changes, matched, unused, with_earlier_ids, with_remembered_ids
from kbgen.topics.lock import Change
from kbgen.topics.topic import Topic


def topic(id_: str, *tickets: str, phrases: tuple[str, ...] = ()) -> Topic:
    return Topic(id=id_, label="x", phrases=phrases, examples=(), tickets=tickets, people=0, first="", last="")


def test_earlier_id_goes_to_the_most_alike() -> None:
    """Of two topics that share tickets with an earlier one, the one that shares more keeps its id."""
    earlier = (topic("t-old", "1", "2", "3", "4"),)
    renamed = with_earlier_ids((topic("t-a", "1", "8"), topic("t-b", "2", "3", "4")), earlier)
    assert [topic.id for topic in renamed] == ["t-a", "t-old"]


def test_topic_with_few_tickets_in_common_is_new() -> None:
    """Below the share that makes topics the same, a topic has its own id."""
    new = topic("t-new", *"1abcdefg")
    assert SAME > 1 / 11
    assert with_earlier_ids((new,), (topic("t-old", "1", "2", "3", "4"),)) == (new,)


def test_ids_are_assigned_best_overall() -> None:
    """Two earlier ids go to two topics so that as many tickets as possible stay with their id."""
    earlier = (topic("t-1", "a", "b", "c"), topic("t-2", "d", "e", "f"))
    renamed = with_earlier_ids((topic("t-x", "d", "e", "f"), topic("t-y", "a", "b", "c", "g")), earlier)
    assert [topic.id for topic in renamed] == ["t-2", "t-1"]


def test_new_tickets_make_no_other_topic() -> None:
    """Many tickets that no topic held before do not take a topic's id away."""
    (grown,) = with_earlier_ids((topic("t-new", "1", "2", "3", *map(str, range(10, 60))),), (topic("t-old", *"123"),))
    assert grown.id == "t-old"


def test_topics_are_known_again_by_their_phrases() -> None:
    """Where tickets are not known, topics that share phrases are the same."""
    (found,) = with_remembered_ids(
        (topic("t-new", "9", phrases=("pdf", "export")),), {"t-1": ("pdf", "export", "file")}
    )
    assert found.id == "t-1"


def test_gone_id_leads_to_its_heir() -> None:
    """An id whose tickets mostly went into another topic leads there; one whose tickets are in none leads nowhere."""
    found = changes({"t-1": "abcd", "t-2": "xyz"}, {"t-3": "abcq"}, "2026-01-01")
    assert found["t-1"] == Change(kind="merged_into", topic="t-3", on="2026-01-01")
    assert "t-2" not in found


def test_new_id_names_its_origin() -> None:
    """A topic made of a part of another that goes on is said to be split from it."""
    found = changes({"t-1": "abcdefgh"}, {"t-1": "abcde", "t-2": "fgh"}, "2026-01-01")
    assert found == {"t-2": Change(kind="split_from", topic="t-1", on="2026-01-01")}


def test_taken_id_is_made_longer() -> None:
    """Two topics never have one id, even where their digests begin alike."""
    assert unused("t-abcdef", "abcdef99", {"t-abcdef", "t-abcdef9"}) == "t-abcdef99"


groups = st.lists(st.frozensets(st.sampled_from("abcdefghijkl"), min_size=1), max_size=6)


@given(groups, groups, st.booleans())
def test_every_id_is_given_once(found: list[frozenset[str]], known: list[frozenset[str]], known_only: bool) -> None:
    """Whatever overlaps, each id goes to one group at most, and equal groups keep theirs."""
    ids = {f"t-{n}": group for n, group in enumerate(known)}
    kept = matched(found, ids, known_only=known_only)
    assert len(set(kept.values())) == len(kept)
    assert set(kept) <= set(range(len(found)))
    same = matched(known, ids)
    assert sorted(known[n] for n in same) == sorted(known) if len(set(known)) == len(known) else True
