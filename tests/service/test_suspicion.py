"""Suspicion: what is held back, and what is not."""

from __future__ import annotations

import pytest
from ballots import a_vote

from kbgen.service.rates import Rates
from kbgen.service.suspicion import BURST, SAME_TEXT, Suspicions

HONEST = (
    "",
    "Step 3 is missing a screenshot.",
    "See https://example.com/docs, it says the opposite.",
    "ok",
    "Das Menü heißt bei mir anders als hier beschrieben.",
)


@pytest.fixture
def suspicions() -> Suspicions:
    return Suspicions(Rates())


@pytest.mark.parametrize("comment", HONEST)
def test_an_honest_vote_counts(suspicions: Suspicions, comment: str) -> None:
    """A comment, also one with an address in it, is no reason to hold a vote."""
    assert suspicions.of(a_vote(1, comment=comment), "kim", around="203.0.113.0/24", seconds=20) == ""


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"website": "https://spam.example"}, "honeypot"),
        ({"seconds": 0.1, "comment": "Cheap!"}, "too fast"),
        ({"comment": "https://a.example https://b.example"}, "links"),
        ({"comment": "[url=https://a.example]cheap[/url]"}, "links"),
        ({"comment": "<a href='https://a.example'>cheap</a> WWW.b.example"}, "links"),
    ],
)
def test_what_a_program_does_is_held(suspicions: Suspicions, fields: dict[str, object], reason: str) -> None:
    """A field that nobody sees, a comment faster than writing, and comments of links."""
    vote = a_vote(1, comment=fields.pop("comment", ""))
    assert suspicions.of(vote, "kim", around="", **fields) == reason  # type: ignore[arg-type]


def test_the_same_words_again_and_again(suspicions: Suspicions) -> None:
    """One wording in many votes is held from the third vote on; a vote that is sent again is the same one."""
    text = "Best casino bonus in town, try it now"
    held = [suspicions.of(a_vote(n, comment=text), str(n), around="") for n in (1, 1, 1, 1, 2, 3, 4)]
    assert held == ["", "", "", "", "", "same text", "same text"]
    assert SAME_TEXT == 3
    assert suspicions.of(a_vote(5, comment="too short"), "kim", around="") == ""


def test_a_burst_from_one_neighbourhood(suspicions: Suspicions) -> None:
    """Many votes on one article from one network in an hour are held; other articles and networks count."""
    for number in range(BURST.most):
        assert suspicions.of(a_vote(number), str(number), around="203.0.113.0/24") == ""
    assert suspicions.of(a_vote(99), "99", around="203.0.113.0/24") == "burst"
    assert suspicions.of(a_vote(100), "100", around="198.51.100.0/24") == ""
    assert suspicions.of(a_vote(101, article="b.md"), "101", around="203.0.113.0/24") == ""


def test_a_burst_is_not_let_through_the_second_time(suspicions: Suspicions) -> None:
    """Who was held is held again: sending everything twice is no way around."""
    for number in range(BURST.most):
        suspicions.of(a_vote(number), str(number), around="203.0.113.0/24")
    again = {suspicions.of(a_vote(99), "99", around="203.0.113.0/24") for _ in range(5)}
    assert again == {"burst"}


def test_a_visitor_who_changes_their_mind_is_no_burst(suspicions: Suspicions) -> None:
    """However often one visitor votes, that is one visitor."""
    held = {suspicions.of(a_vote(number), "kim", around="203.0.113.0/24") for number in range(100)}
    assert held == {""}
