"""Vectors of tickets: what the customer asked, helped by what the agents answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding, Vectors

SUBJECT = 0.3
REPLIES = 0.8
"""Weights beside the question's 1.0, chosen on the sample tickets: answers name things more plainly than questions."""

_GREETING = re.compile(
    r"\A(?:hi|hey|hello|dear|good (?:morning|afternoon|evening)|hallo|guten tag)\b[^\n.?!]{0,40}(?:[,!.]\s*|\n+)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text without greeting and without the marks that privacy left."""
    return " ".join(_GREETING.sub("", MARK.sub("", text).strip()).split())


def question_vectors(tickets: Sequence[Ticket], embedding: Embedding) -> Vectors:
    """What each customer asked, one unit vector a ticket."""
    return embedding.embed([plain(ticket.question) for ticket in tickets])


def ticket_vectors(tickets: Sequence[Ticket], questions: Vectors, embedding: Embedding) -> Vectors:
    """What each ticket is about: question, subject and answers together, one unit vector a ticket."""
    subjects = embedding.embed([plain(ticket.subject) for ticket in tickets])
    replies = [plain(reply) for ticket in tickets for reply in ticket.replies]
    owners = np.array([n for n, ticket in enumerate(tickets) for _ in ticket.replies], dtype=np.int64)
    answers = np.zeros_like(questions)
    if replies:
        np.add.at(answers, owners, embedding.embed(replies))
        answers /= np.maximum(np.bincount(owners, minlength=len(tickets)), 1)[:, None]
    has_subject = np.array([bool(plain(ticket.subject)) for ticket in tickets])
    return unit(questions + SUBJECT * subjects * has_subject[:, None] + REPLIES * answers)


def unit(vectors: Vectors) -> Vectors:
    """The same directions at length 1."""
    scaled: Vectors = (vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)).astype(np.float32)
    return scaled
