"""Facts about vectors of tickets: what of a ticket counts, and how much."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.vectors import plain, question_vectors, ticket_vectors, unit

Asked = Callable[..., Ticket]


def vectors(embedding: Embedding, *tickets: Ticket) -> np.ndarray:
    return ticket_vectors(tickets, question_vectors(tickets, embedding), embedding)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hi [name],\nhow  do I\nexport?", "how do I export?"),
        ("Good morning! One question", "One question"),
        ("My [email] and [phone] are wrong", "My and are wrong"),
        ("history of exports", "history of exports"),
        ("[name]", ""),
    ],
)
def test_greeting_and_marks_say_nothing(text: str, kept: str) -> None:
    """Greetings and the marks of privacy are not compared; words that only begin like a greeting are."""
    assert plain(text) == kept


def test_every_ticket_has_a_vector_of_length_one(words: Embedding, asked: Asked) -> None:
    """With and without subject, answers or words that say anything, a ticket has one vector of length 1."""
    tickets = (asked("1", "pdf", subject="export", replies=["a", "b"]), asked("2", "[name]"), asked("3", ""))
    assert np.allclose(np.linalg.norm(vectors(words, *tickets), axis=1), 1)


def test_like_answers_bring_tickets_together(words: Embedding, asked: Asked) -> None:
    """Two questions in different words are more alike when agents answered them alike."""
    one, two = vectors(words, asked("1", "pdf"), asked("2", "print"))
    answered, alike = vectors(words, asked("1", "pdf", replies=["press it"]), asked("2", "print", replies=["press it"]))
    assert one @ two == pytest.approx(0)
    assert answered @ alike > 0.3


def test_many_answers_weigh_as_much_as_one(words: Embedding, asked: Asked) -> None:
    """The answers of a ticket count together: ten of the same change nothing."""
    one, ten = vectors(words, asked("1", "pdf", replies=["press"]), asked("2", "pdf", replies=["press"] * 10))
    assert one == pytest.approx(ten)


def test_zero_stays_zero() -> None:
    """A vector without direction is no division by zero."""
    assert not unit(np.zeros((1, 3), dtype=np.float32)).any()
