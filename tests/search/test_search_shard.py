"""The shard: what is written is what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.search import shard
from kbgen.search.shard import IMPACTS, PREFIX, Group, Shard, decode, shard_of

word = st.text(st.sampled_from("abcdefé中1"), min_size=1, max_size=9)
postings = st.dictionaries(st.integers(0, 1 << 22), st.integers(1, IMPACTS), min_size=1, max_size=60)
groups = st.builds(lambda forms, found: Group(forms=forms, postings=found), st.sets(word, max_size=5), postings)
shards = st.builds(
    lambda own, other: Shard(groups=own, elsewhere=other),
    st.dictionaries(word, groups, max_size=6),
    st.dictionaries(word, st.sets(word, min_size=1, max_size=3), max_size=4),
)


@given(shards)
def test_round_trip(made: Shard) -> None:
    """A shard is read as it was written: stems, forms, postings, and forms whose stems lie elsewhere."""
    read = decode(made.encode())
    assert read.elsewhere == made.elsewhere
    assert read.groups.keys() == made.groups.keys()
    for stem, group in made.groups.items():
        assert (read.groups[stem].forms, read.groups[stem].postings) == (group.forms, group.postings)
        assert read.groups[stem].count == len(group.postings)
    assert read.stems == made.stems


@given(shards)
def test_written_again(made: Shard) -> None:
    """What was read is written as it stood, whatever the order in which it came."""
    text = made.encode()
    assert decode(text).encode() == text
    turned = Shard(groups=dict(reversed(made.groups.items())), elsewhere=dict(reversed(made.elsewhere.items())))
    assert turned.encode() == text


def test_common_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a word that too many articles have, the postings that count most are kept, and how many there were."""
    monkeypatch.setattr(shard, "MOST_POSTINGS", 3)
    made = Shard(groups={"the": Group(forms={"the"}, postings={1: 5, 2: 9, 3: 5, 4: 1, 5: 7})})
    group = decode(made.encode()).groups["the"]
    assert (group.postings, group.count) == ({1: 5, 2: 9, 5: 7}, 5)


@given(word, st.integers(0, 12))
def test_place_of_a_word(typed: str, power: int) -> None:
    """The first characters decide where a word lies, so its completions lie there, too."""
    place = shard_of(typed, 1 << power)
    assert 0 <= place < 1 << power
    assert shard_of(typed[:PREFIX] + "x" * (len(typed) >= PREFIX), 1 << power) == place


@pytest.mark.parametrize("text", ["a\n", "a\tb\n", "a\t!\t\n", "a\t0\t?\n", "a\t0\t00\tx\n", "a > b > c\n"])
def test_damaged(text: str) -> None:
    """A shard that was not written by `encode` is refused."""
    with pytest.raises((ValueError, KeyError, IndexError)):
        decode(text)
