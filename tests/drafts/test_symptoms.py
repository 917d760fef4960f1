"""Facts about symptoms: only messages that several customers quote are shown, letter for letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.symptoms import messages, quoted
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import Ticket

Answered = Callable[..., tuple[Ticket, ...]]


def asked(answered: Answered, *questions: str) -> tuple[Ticket, ...]:
    return tuple(replace(t, text=text) for t, text in zip(answered(*[None] * len(questions)), questions, strict=True))


def test_message_of_three_tickets_is_shown(answered: Answered) -> None:
    """A message counts in whatever quotes it stands, and also without any."""
    tickets = asked(
        answered,
        'It says "Error PAY-402: card declined" since today',
        "I get error pay-402: card declined. What now",
        "“Error PAY-402: card declined” help",
        "My card is fine",
    )
    (message,) = messages(tickets)
    assert (message.text, message.tickets, message.people) == ("Error PAY-402: card declined", 3, 3)


def test_message_of_two_tickets_or_one_person_is_not_shown(answered: Answered) -> None:
    """What too few have seen may be private."""
    tickets = asked(answered, *['It says "Access denied for zoe"'] * 3)
    assert messages(tickets[:2]) == ()
    assert messages(tuple(replace(t, requester="p") for t in tickets)) == ()
    assert len(messages(tickets)) == 1


def test_code_stands_alone_where_words_after_it_differ(answered: Answered) -> None:
    """Where only the code is shared, only the code is shown."""
    tickets = asked(answered, "SYNC-77: no mailbox found", "SYNC-77: timeout on my phone", "SYNC-77 again")
    assert [m.text for m in messages(tickets)] == ["SYNC-77"]


@pytest.mark.parametrize(
    "text", ['"Thank you very much"', '"error for [name]"', "nothing", '"failed: anna@example.com"']
)
def test_what_is_no_fault_or_private_is_no_message(text: str) -> None:
    """Quoted thanks, and messages that hold personal data, are left out."""
    assert quoted(text) == set()


@settings(max_examples=150)
@given(st.text(max_size=100))
def test_any_text_gives_clean_messages(text: str) -> None:
    """Whatever customers write, a message is one line of it without personal data."""
    for found in quoted(text):
        assert found in text
        assert "\n" not in found
        assert scrub(found)[0] == found
