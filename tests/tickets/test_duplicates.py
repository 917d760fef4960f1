"""Facts about duplicates: who asks twice counts once, a mailing is told from a question that many have."""

from __future__ import annotations

import random
import time

from kbgen.tickets.duplicates import duplicates
from kbgen.tickets.ticket import Ticket

LETTER = (
    "Dear sirs we are a leading maker of garden gnomes and offer you the best prices of the whole market for orders of "
    "more than one thousand pieces until the end of this month only"
)


def sent(id_: str, text: str, requester: str = "", created: str = "2026-03-05") -> Ticket:
    return Ticket(id=id_, subject="", text=text, replies=(), requester=requester, created=created, tags=())


def test_same_message_of_one_person_counts_once() -> None:
    """The earliest of equal messages counts; case, punctuation and marks make no difference."""
    tickets = [
        sent("b", "how do I export, [name]?", "anna", "2026-03-06"),
        sent("a", "How do I export?", "anna", "2026-03-07"),
        sent("c", "How do I export?", "anna", "2026-03-01"),
    ]
    assert duplicates(tickets).repeats == {"a": "c", "b": "c"}


def test_same_question_of_two_people_counts_twice() -> None:
    """What several people ask in the same few words is a topic, no duplicate and no mailing."""
    found = duplicates([sent(str(n), "How do I export?", f"person {n}") for n in range(9)])
    assert found.repeats == {}
    assert found.mailings == ()


def test_nearly_the_same_of_one_person_counts_once() -> None:
    """A long message sent again with a word changed is the same one."""
    found = duplicates([sent("1", LETTER, "anna"), sent("2", f"{LETTER} please", "anna")])
    assert found.repeats == {"2": "1"}


def test_mailing_is_found() -> None:
    """One long text from five senders and more is a mailing, also where each has a word of its own."""
    found = duplicates([sent(str(n), f"{LETTER} {word}", f"p{n}") for n, word in enumerate("a b c d e f".split())])
    assert found.mailings == (("0", "1", "2", "3", "4", "5"),)


def test_different_messages_are_none() -> None:
    """Messages that share a beginning only are two."""
    one = " ".join(LETTER.split()[:12]) + " how do I export all of my articles to one single file for the auditors"
    assert duplicates([sent("1", LETTER, "anna"), sent("2", one, "anna")]).repeats == {}


def test_empty_messages_and_none_are_no_duplicates() -> None:
    """Tickets without words repeat nothing, and no tickets are no error."""
    assert duplicates([sent("1", "[name]", "anna"), sent("2", "…", "anna")]).repeats == {}
    assert duplicates([]).mailings == ()


def test_order_of_tickets_makes_no_difference() -> None:
    """Whatever the order, the result is the same."""
    rng = random.Random(1)  # noqa: S311 (the same each time)
    tickets = [sent(str(n), rng.choice((LETTER, "How?", "Where is it?")), f"p{n % 7}") for n in range(60)]
    first = duplicates(tickets)
    rng.shuffle(tickets)
    assert duplicates(tickets) == first


def test_twenty_thousand_tickets_take_seconds() -> None:
    """Time grows with the number of tickets, not with its square."""
    rng = random.Random(1)  # noqa: S311 (the same each time)
    words = [f"word{n}" for n in range(500)]
    tickets = [sent(str(n), " ".join(rng.choices(words, k=12)), f"p{n}") for n in range(20_000)]
    begin = time.process_time()
    duplicates(tickets)
    assert time.process_time() - begin < 8
