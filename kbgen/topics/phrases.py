"""Phrases: customers' own wording of a topic, proposed as answer phrases of the article that answers it.

A phrase is a whole sentence of a ticket. It is proposed where it names nobody and is not one person's wording: each
word that tells something stands in at least three tickets of two requesters, and three tickets of the topic say the
like of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest

import numpy as np

from kbgen.articles.article import Article
from kbgen.articles.library import Library
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Answered, Coverage, Findable
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.registry import Registry
from kbgen.topics.topic import FEWEST_TICKETS, STOP, Topic, clearest, sentences_of, shared
from kbgen.topics.vectors import question_vectors, unit

MOST_ANSWERS = 10
"""Answer phrases of an article, with those that it has: more help little, and cost the other articles."""
LIKE = 0.5
"""Cosine from which a ticket says the like of a phrase."""
SAME = 0.75
"""Cosine from which two phrases say the same, and one is enough."""
SHORTEST, LONGEST = 2, 14
"""Words of a phrase."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A proposed answer phrase."""

    text: str
    topic: str
    tickets: int
    """How many tickets of the topic say the like of it."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """New answer phrases for one article."""

    article: str
    title: str
    has: int
    """How many answer phrases it has."""
    phrases: tuple[Phrase, ...]

    def as_json(self) -> dict[str, object]:
        """The proposal as it stands in `--json`."""
        return asdict(self)


def proposals(
    registry: Registry,
    covered: Mapping[str, Coverage],
    tickets: Sequence[Ticket],
    library: Library,
    embedding: Embedding,
) -> list[Proposal]:
    """New phrases for each article that answers a topic, by path.

    Topics whose article search does not find choose first, then the largest.
    """
    known = known_words(tickets)
    by_id = {ticket.id: ticket for ticket in tickets}
    by_article: dict[str, list[list[Phrase]]] = defaultdict(list)
    for topic in sorted(registry.topics, key=lambda t: (not isinstance(covered[t.id], Findable), -t.size, t.id)):
        state = covered[topic.id]
        if isinstance(state, (Answered, Findable)):
            own = [by_id[id_] for id_ in topic.tickets if id_ in by_id]
            by_article[state.article].append(phrases_of(topic, own, known, embedding) if own else [])
    found = []
    for path, several in sorted(by_article.items()):
        article = library.by_path[path]
        candidates = [phrase for turn in zip_longest(*several) for phrase in turn if phrase]
        if chosen := different(article, candidates, embedding):
            has = len(article.meta.answers)
            found.append(Proposal(article=path, title=article.title, has=has, phrases=chosen))
    return found


def known_words(tickets: Sequence[Ticket]) -> frozenset[str]:
    """Words that at least three tickets of two requesters hold, where these are known: no such word names anybody."""
    holders: dict[str, set[int]] = defaultdict(set)
    for place, ticket in enumerate(tickets):
        for word in _words(ticket.question):
            holders[word].add(place)
    often = {word: places for word, places in holders.items() if len(places) >= FEWEST_TICKETS}
    if not any(ticket.requester for ticket in tickets):
        return frozenset(often)
    return frozenset(word for word, places in often.items() if shared(tickets, places))


def phrases_of(topic: Topic, tickets: Sequence[Ticket], known: frozenset[str], embedding: Embedding) -> list[Phrase]:
    """The sentences of a topic's tickets that may be proposed, the clearest first."""
    middle = unit(question_vectors(tickets, embedding).mean(axis=0))
    sentences = [s for s in clearest(tickets, middle, topic.phrases, embedding) if _fits(s, topic, known)]
    said = [(place, s) for place, ticket in enumerate(tickets) for s in sentences_of(ticket)]
    if not sentences or not said:
        return []
    likeness = embedding.embed(sentences) @ embedding.embed([s for _, s in said]).T
    result = []
    for sentence, row in zip(sentences, likeness, strict=True):
        places = {said[int(n)][0] for n in np.flatnonzero(row >= LIKE)}
        if shared(tickets, places):
            result.append(Phrase(text=sentence, topic=topic.id, tickets=len(places)))
    return result


def different(article: Article, candidates: Sequence[Phrase], embedding: Embedding) -> tuple[Phrase, ...]:
    """The first candidates that say something else than the article's title, its phrases, and one another."""
    room = MOST_ANSWERS - len(article.meta.answers)
    if room <= 0 or not candidates:
        return ()
    has = [article.title, *article.meta.answers]
    vectors = embedding.embed([*has, *(phrase.text for phrase in candidates)])
    taken: Vectors = vectors[: len(has)]
    chosen: list[Phrase] = []
    for phrase, vector in zip(candidates, vectors[len(has) :], strict=True):
        if len(chosen) < room and float((taken @ vector).max()) < SAME:
            chosen.append(phrase)
            taken = np.vstack([taken, vector])
    return tuple(chosen)


def _fits(sentence: str, topic: Topic, known: frozenset[str]) -> bool:
    words = list(_words(sentence))
    telling = {word for word in words if word not in STOP and (len(word) > 2 or not word.isalpha())}
    named = telling & {word for phrase in topic.phrases for word in phrase.split()}
    return (
        SHORTEST <= len(words) <= LONGEST
        and telling <= known
        and (len(telling) > 1 or bool(named))
        and scrub(sentence)[0] == sentence
    )


def _words(text: str) -> Iterator[str]:
    return (word.casefold().replace("’", "'") for word in _WORD.findall(text))
