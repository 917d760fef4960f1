"""Likeness: how well each article fits each topic, by meaning and by what search finds.

An article is an answer where it is near the topic, where it is what most of its tickets are nearest to, where search
finds it, and where no other topic is nearer still: a neighbour of the right topic is not the right topic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kbgen.articles.article import Article
from kbgen.search.reader import Reader
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.library_index import parts_of
from kbgen.topics.topic import asks, sentences_of
from kbgen.topics.vectors import plain, question_vectors, unit

FOUND, NEAREST, RIVAL = 0.3, 0.2, 4.0
"""Weights beside the likeness's 1.0: of what search finds, of the tickets that are nearest to the article, and of how
much nearer to it another topic is. Fitted on HWU64 and the training sides of Banking77 and CLINC150."""
MOST_TICKETS = 40
"""Tickets of a topic that are compared."""
MOST_SEARCHES = 12
"""Questions of a topic that are searched for."""
MOST_SENTENCES = 8
"""Sentences of an article's body that are compared: what it is about stands at its beginning."""
FIRST = 3
"""Results that a customer looks at."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How well articles fit topics; each matrix has the shape (topics, articles)."""

    meaning: Matrix
    """Mean of what single tickets find and what their middle finds, cosine, -1 to 1."""
    nearest: Matrix
    """Share of the topic's tickets that no other article is nearer to."""
    found: Matrix
    """Share of the topic's questions for which the article is among the first three of search."""
    score: Matrix
    """All of it together, without unit."""


def likeness(
    topics: Sequence[Sequence[Ticket]],
    articles: Sequence[Article],
    embedding: Embedding,
    readers: Mapping[str, Reader],
) -> Likeness:
    """How well each of the articles fits each topic, given by its tickets, the most typical first."""
    shape = (len(topics), len(articles))
    if not topics or not articles:
        return Likeness(meaning=np.zeros(shape), nearest=np.zeros(shape), found=np.zeros(shape), score=np.zeros(shape))
    told = [(n, text) for n, article in enumerate(articles) for text in texts_of(article)]
    owners = np.array([n for n, _ in told], dtype=np.int64)
    vectors = embedding.embed([text for _, text in told])
    chosen = [spread(tickets, MOST_TICKETS) for tickets in topics]
    rows = [_near(own, owners, vectors, len(articles), embedding) for own in chosen]
    meaning, nearest = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    searched = [_found(own, articles, readers) for own in chosen]
    found, rank = np.array([row[0] for row in searched]), np.array([row[1] for row in searched])
    claim = meaning + FOUND * rank + NEAREST * nearest
    return Likeness(meaning=meaning, nearest=nearest, found=found, score=claim - RIVAL * np.maximum(0, _rival(claim)))


def spread(tickets: Sequence[Ticket], most: int) -> list[Ticket]:
    """So many of the tickets at most, evenly from first to last."""
    step = max(1.0, len(tickets) / most)
    return [tickets[int(n * step)] for n in range(min(most, len(tickets)))]


def texts_of(article: Article) -> list[str]:
    """What an article says it answers: title, description, answer phrases, headings, and how its text begins."""
    parts = list(parts_of(article))
    sentences = [s for part in parts for s in _SENTENCE.split(part.text) if len(s.split()) >= 3][:MOST_SENTENCES]
    opening = " ".join(sentences[:2])
    texts = [
        article.title,
        f"{article.title}. {article.meta.description}" if article.meta.description else "",
        f"{article.title}. {opening}" if opening else "",
        *article.meta.answers,
        *(f"{article.title}: {part.heading}" for part in parts if part.heading),
        *sentences,
    ]
    return list(dict.fromkeys(text for text in map(plain, texts) if text))


def searches_of(ticket: Ticket) -> str:
    """What the customer would have typed: the sentence that asks, else the first one, else all of it."""
    said = sentences_of(ticket)
    return next(filter(asks, said), said[0] if said else plain(ticket.question)[:200])


def _near(
    tickets: Sequence[Ticket], owners: NDArray[np.int64], vectors: Vectors, count: int, embedding: Embedding
) -> tuple[Matrix, Matrix]:
    if not tickets:
        return np.full(count, -1.0), np.zeros(count)
    questions = question_vectors(tickets, embedding)
    single = _best(questions @ vectors.T, owners, count)
    middle = _best(unit(questions.mean(axis=0))[None, :] @ vectors.T, owners, count)[0]
    nearest = np.bincount(single.argmax(axis=1), minlength=count) / len(tickets)
    return (single.mean(axis=0) + middle) / 2, nearest


def _best(alike: NDArray[np.float32], owners: NDArray[np.int64], count: int) -> Matrix:
    """Per row and article the highest likeness of its texts. Shape (rows, articles)."""
    best = np.full((len(alike), count), -1.0)
    np.maximum.at(best.T, owners, alike.T)
    return best


def _found(
    tickets: Sequence[Ticket], articles: Sequence[Article], readers: Mapping[str, Reader]
) -> tuple[Matrix, Matrix]:
    """For each article the share of questions that find it among the first three, and the mean of 1 ÷ its place."""
    places = {article.path: n for n, article in enumerate(articles)}
    found, rank = np.zeros(len(articles)), np.zeros(len(articles))
    asked = spread(tickets, MOST_SEARCHES)
    usual = next(iter(readers.values()), None)
    for ticket in asked:
        reader = readers.get(ticket.lang, usual)
        for place, path in enumerate(reader.order(searches_of(ticket), limit=FIRST) if reader else ()):
            found[places[path]] += 1 / len(asked)
            rank[places[path]] += 1 / (len(asked) * (place + 1))
    return found, rank


def _rival(claim: Matrix) -> Matrix:
    """How much nearer to each article the nearest other topic is."""
    if len(claim) < 2:
        return np.zeros_like(claim)
    ordered = np.sort(claim, axis=0)
    first = claim.argmax(axis=0)
    other = np.where(np.arange(len(claim))[:, None] == first[None, :], ordered[-2][None, :], ordered[-1][None, :])
    rival: Matrix = other - claim
    return rival
