"""Coverage: which topics the help centre answers already, and which article does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kbgen.articles.article import Article
from kbgen.articles.library import Library
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic
from kbgen.topics.vectors import question_vectors, unit

ANSWERS = 0.50
PARTLY = 0.465
"""Likeness from which an article counts as an answer, or as part of one; chosen on the sample tickets."""


@dataclass(frozen=True, kw_only=True)
class Near:
    """An article and how like a topic it is: mean cosine of its nearest phrase, -1 to 1."""

    article: str
    title: str
    likeness: float


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An article answers the topic."""

    article: str
    near: tuple[Near, ...]
    status = "answered"


@dataclass(frozen=True, kw_only=True)
class PartlyAnswered:
    """An article touches the topic; tickets keep coming."""

    article: str
    near: tuple[Near, ...]
    status = "partly"


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """No article answers the topic."""

    near: tuple[Near, ...]
    status = "unanswered"
    article = ""


@dataclass(frozen=True, kw_only=True)
class Dismissed:
    """A person set the topic aside."""

    near: tuple[Near, ...]
    status = "dismissed"
    article = ""


Coverage = Answered | PartlyAnswered | Unanswered | Dismissed


def coverage(
    registry: Registry, tickets: Sequence[Ticket], library: Library, embedding: Embedding
) -> dict[str, Coverage]:
    """How well each topic of the registry is answered, by its id.

    A person's decision counts first, then the `topics:` of a published article, then likeness.
    """
    articles = [article for article in library.published if not article.is_index]
    questions = {ticket.id: ticket for ticket in tickets}
    claimed = {id_: article.path for article in articles for id_ in article.meta.topics}
    published = {article.path for article in articles}
    answered = {**claimed, **{i: p for i, p in registry.answered.items() if p in published}}
    likeness = _Likeness(articles, embedding)
    return {
        topic.id: _covered(
            topic, likeness.near([questions[i] for i in topic.tickets if i in questions]), answered, registry
        )
        for topic in registry.topics
    }


def _covered(topic: Topic, near: tuple[Near, ...], answered: Mapping[str, str], registry: Registry) -> Coverage:
    if topic.id in registry.dismissed:
        return Dismissed(near=near)
    if topic.id in answered:
        return Answered(article=answered[topic.id], near=near)
    best = near[0] if near else None
    if best and best.likeness >= ANSWERS:
        return Answered(article=best.article, near=near)
    if best and best.likeness >= PARTLY:
        return PartlyAnswered(article=best.article, near=near)
    return Unanswered(near=near)


class _Likeness:
    """Compares tickets with what articles say of themselves: title, description and answer phrases."""

    def __init__(self, articles: Sequence[Article], embedding: Embedding) -> None:
        self._articles = articles
        self._embedding = embedding
        told = [(n, text) for n, article in enumerate(articles) for text in _texts(article)]
        self._owners = np.array([n for n, _ in told], dtype=np.int64)
        self._vectors = embedding.embed([text for _, text in told]) if told else None

    def near(self, tickets: Sequence[Ticket], most: int = 3) -> tuple[Near, ...]:
        """The articles most like the tickets: the mean of what single tickets find and what their middle finds."""
        if self._vectors is None or not tickets:
            return ()
        questions = question_vectors(tickets, self._embedding)
        single = self._best(questions @ self._vectors.T).mean(axis=0)
        middle = self._best(unit(questions.mean(axis=0))[None, :] @ self._vectors.T)[0]
        scores = (single + middle) / 2
        ranked = np.argsort(-scores, kind="stable")[:most]
        return tuple(
            Near(article=a.path, title=a.title, likeness=round(float(scores[n]), 3))
            for n in ranked
            for a in [self._articles[n]]
        )

    def _best(self, likeness: np.ndarray) -> np.ndarray:
        """Per row and article the highest likeness of its texts. Shape (rows, articles)."""
        best = np.full((len(likeness), len(self._articles)), -1.0, dtype=np.float64)
        np.maximum.at(best.T, self._owners, likeness.T)
        return best


def _texts(article: Article) -> list[str]:
    return [article.title, f"{article.title}. {article.meta.description}", *article.meta.answers]
