"""The poll: what was counted becomes ballots, however it is put and however often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.takeover.event import Kind
from kbgen.feedback.takeover.exported import Document
from kbgen.feedback.takeover.poll import Fact, counted
from kbgen.feedback.vote import Reason

FILE = Document(file=Path("votes.json"), data=[])
TEXT = {"article": "a.md", "revision": "0123456789abcdef"}
FIRST = date(2026, 11, 1)


def fact(name: str, helpful: str, day: int = 0, count: int = 1, **more: str) -> dict[str, object]:
    return {"name": name, "helpful": helpful, "day": str(FIRST + timedelta(day)), "count": count, **TEXT, **more}


def poll(facts: Iterable[dict[str, object]], day: date | None = None) -> list[Ballot | SkippedRow]:
    def found(_: object) -> Iterator[Fact]:
        for number, one in enumerate(facts, 1):
            yield Where(path="votes.json", line=number), one

    return list(counted("test", found)(FILE, day))


def said(facts: Iterable[dict[str, object]]) -> list[tuple[int, bool | None, str | None]]:
    return [
        ((one.day - FIRST).days, one.vote.helpful, one.vote.reason) for one in poll(facts) if isinstance(one, Ballot)
    ]


def test_counts() -> None:
    """So many events are so many ballots, each with an id of its own."""
    votes = poll([fact("article_vote", "yes", count=3), fact("article_vote", "no")])
    assert len({one.vote.id for one in votes if isinstance(one, Ballot)}) == 4


def test_undone() -> None:
    """A vote that was taken back does not count, that day or later; where there was none, nothing happens."""
    facts = [fact("article_vote", "no", 0, 2), fact("article_vote", "no", 2), fact("article_vote_undone", "no", 1)]
    assert said(facts) == [(0, False, None), (2, False, None)]
    assert said([*facts, fact("article_vote_undone", "yes", 2, 9)]) == [(0, False, None), (2, False, None)]


def test_reasons() -> None:
    """Reasons go to the votes of their day first, then to those before; there are never more than votes."""
    facts = [
        fact("article_vote", "no", 0, 2),
        fact("article_vote", "no", 1),
        fact("article_vote_reason", "no", 1, 2, reason="wrong"),
    ]
    assert said(facts) == [(0, False, "wrong"), (0, False, None), (1, False, "wrong")]
    assert said([*facts, fact("article_vote_reason", "no", 1, 99, reason="other")])[1] == (0, False, "other")


def test_other_events() -> None:
    """What else the site tells the service is passed over."""
    assert poll([fact("signup", "yes"), {"name": "page_view"}, {}, {"name": []}]) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"article": "(other)"}, "'article'"),
        ({"revision": "(not set)"}, "'revision'"),
        ({"helpful": ""}, "'helpful'"),
        ({"helpful": "5"}, "'helpful'"),
        ({"day": "yesterday"}, "'yesterday' is not a day"),
        ({"day": "20261301"}, "'20261301' is not a day"),
        ({"count": "-1"}, "'-1' is not a number of events"),
        ({"count": "1,5"}, "'1,5' is not a number of events"),
        ({"count": "99999999"}, "'99999999' is not a number of events"),
        ({"count": "\u00b2"}, "is not a number of events"),
        ({"reason": "boring", "name": "article_vote_reason"}, "'reason'"),
    ],
)
def test_broken_rows(wrong: dict[str, object], problem: str) -> None:
    """A broken row is skipped with its place, and the others are taken."""
    skipped, ballot = poll([{**fact("article_vote", "no"), **wrong}, fact("article_vote", "no")])
    assert isinstance(skipped, SkippedRow)
    assert isinstance(ballot, Ballot)
    assert (str(skipped.where), problem in skipped.problem) == ("votes.json:1", True)


def test_no_day() -> None:
    """No day is made up: it is asked for, and the one given is that of all votes."""
    facts = [{name: value for name, value in fact("article_vote", "yes").items() if name != "day"}]
    with pytest.raises(KbgenError, match="does not say when") as caught:
        poll(facts)
    assert "--day" in caught.value.hint
    (ballot,) = poll(facts, date(2026, 1, 2))
    assert isinstance(ballot, Ballot)
    assert ballot.day == date(2026, 1, 2)


events = st.builds(
    lambda kind, helpful, day, count, reason, section: fact(
        kind, helpful, day, count, **({"reason": reason} if kind == Kind.REASON else {}), section=section
    ),
    st.sampled_from(list(Kind)),
    st.sampled_from(["yes", "no"]),
    st.integers(0, 3),
    st.integers(0, 5),
    st.sampled_from(list(Reason)),
    st.sampled_from(["", "steps"]),
)


@settings(deadline=None)
@given(st.lists(events, max_size=12), st.randoms())
def test_order_says_nothing(facts: list[dict[str, object]], random: object) -> None:
    """The same counts in another order, or in smaller pieces, are the same ballots."""
    shuffled = [{**one, "count": 1} for one in facts for _ in range(int(str(one["count"])))]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert poll(shuffled) == poll(facts)


@settings(deadline=None)
@given(st.lists(events, max_size=12))
def test_sums(facts: list[dict[str, object]]) -> None:
    """There are never more ballots than votes, nor fewer than votes without those taken back; ids differ."""
    ballots = [one for one in poll(facts) if isinstance(one, Ballot)]
    counts = Counter(dict.fromkeys(Kind, 0))
    for one in facts:
        counts[Kind(str(one["name"]))] += int(str(one["count"]))
    assert counts[Kind.VOTE] - counts[Kind.UNDONE] <= len(ballots) <= counts[Kind.VOTE]
    assert sum(one.vote.reason is not None for one in ballots) <= counts[Kind.REASON]
    assert len({one.vote.id for one in ballots}) == len(ballots)


@settings(deadline=None)
@given(st.lists(events, max_size=8), st.lists(events, max_size=4))
def test_longer_time(facts: list[dict[str, object]], more: list[dict[str, object]]) -> None:
    """An export of a longer time has all ballots of the shorter one and more, unless votes were taken back."""
    kept = [one for one in more if one["name"] != Kind.UNDONE]
    before = {one.vote.id for one in poll(facts) if isinstance(one, Ballot)}
    after = {one.vote.id for one in poll([*facts, *kept]) if isinstance(one, Ballot)}
    assert before <= after
