"""Facts about agreement: what several agents said becomes one line, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from kbgen.drafts.agreement import Agreed, agreements
from kbgen.drafts.sayings import Sort, said_everywhere, sayings, words_of_many
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding

Answered = Callable[..., tuple[Ticket, ...]]


def agreed(tickets: tuple[Ticket, ...], words: Embedding) -> tuple[Agreed, ...]:
    return agreements(sayings(tickets), tickets, words, words_of_many(tickets))


def test_same_instruction_is_counted_by_tickets_and_people(words: Embedding, answered: Answered) -> None:
    """Three tickets' answers in two wordings are one agreement with their numbers."""
    tickets = answered("Press Export now.", "Press Export now.", "Press Export right now.", "It is fixed.")
    (one,) = agreed(tickets, words)
    assert (one.sort, one.support, one.people, one.wordings, one.enough) == (Sort.STEP, 3, 3, 2, True)
    assert {source.ticket for source in one.sources} == {"0", "1", "2"}


def test_one_ticket_does_not_agree_with_itself(words: Embedding, answered: Answered) -> None:
    """An instruction that one ticket's answer repeats has the support of one ticket."""
    assert agreed(answered("Press Export.\nPress Export."), words) == ()


def test_two_tickets_are_too_few_for_a_draft(words: Embedding, answered: Answered) -> None:
    """What two tickets hold is known to the evidence view, and does not stand in a draft."""
    (one,) = agreed(answered("Press Export.", "Press Export."), words)
    assert not one.enough


def test_one_person_does_not_agree_with_herself(words: Embedding, answered: Answered) -> None:
    """Three tickets of one requester are one voice."""
    tickets = tuple(replace(t, requester="p") for t in answered(*["Press Export."] * 3))
    (one,) = agreed(tickets, words)
    assert not one.enough


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Turn on the setting for mails.", "Turn off the setting for mails."),
        ("Add the card to the account.", "Remove the card to the account."),
        ("Aktivieren Sie die Option.", "Deaktivieren Sie die Option."),
    ],
)
def test_opposites_never_agree(words: Embedding, answered: Answered, first: str, second: str) -> None:
    """Two instructions that differ in one small word may say the opposite, and stay apart."""
    tickets = answered(*[first] * 3, *[second] * 3)
    assert sorted(one.text for one in agreed(tickets, words)) == sorted([first, second])


def test_a_wording_with_a_rare_word_is_not_shown(words: Embedding, answered: Answered) -> None:
    """Of several wordings one is chosen whose words many tickets hold; where there is none, it stays private."""
    tickets = answered("Press Export now.", "Press Export now, Zebediah.", "Press Export now.", "Press Export now.")
    assert agreed(tickets, words)[0].text == "Press Export now."
    names = answered("Press Export Anna.", "Press Export Berta.", "Press Export Carla.")
    assert [one.private for one in agreed(names, words)] == [True]


def test_courtesies_and_frames_are_no_sayings(answered: Answered) -> None:
    """What answers to anything hold, and what is only kind, is left out."""
    tickets = answered("Thank you for writing. Choose a plan you like. Let me know if it helps.")
    everywhere = said_everywhere([tickets] * 4)
    assert [saying.text for saying in sayings(tickets)] == ["Choose a plan you like."]
    assert sayings(tickets, everywhere) == ()


def test_facts_name_nobody(answered: Answered) -> None:
    """What an agent says of himself or promises is no fact; what is true for everybody is."""
    tickets = answered("We refunded it today for you. The export takes two minutes.")
    assert [(s.text, s.sort) for s in sayings(tickets)] == [("The export takes two minutes.", Sort.FACT)]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_order_of_tickets_does_not_matter(words: Embedding, answered: Answered, order: tuple[int, ...]) -> None:
    """Texts and counts are the same however the tickets are sorted."""
    tickets = answered("Open A. Press B now.", "Press B now.", "Open A. Save it.", "Press B now! Save it.")
    told = [
        {(a.text, a.support, a.people) for a in agreed(some, words)}
        for some in (tickets, tuple(tickets[n] for n in order))
    ]
    assert told[0] == told[1] != set()


def test_what_few_of_many_topics_share_is_no_small_talk(answered: Answered) -> None:
    """One question that became several topics among many keeps its answer; what a third of them say goes."""
    own, other = answered("Open Settings and press Resend."), answered("Have a lovely day.")
    everywhere = said_everywhere([own] * 6 + [other] * 14 + [()] * 20)
    assert everywhere == {"have a lovely day"}
