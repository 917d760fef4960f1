"""The topic: a recurring ticket theme."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket
from kbgen.topics.communities import UNPLACED, Groups
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.vectors import plain, unit

FEWEST_PEOPLE = 2
"""Requesters below which a group is one person's trouble, not a topic; not asked where the export names nobody."""

FEWEST_TICKETS = 3
"""Tickets that must share a phrase before it is published."""

MOST_EXAMPLES = 16

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ASKS = re.compile(
    r"(?i)^(?:how|what|why|where|when|which|who|can|could|is|are|does|do|should|will|may|wie|was|warum|wo|kann)\b|\?$"
)
_BEGINS = re.compile(r"(?i)(?:how|what|why|where|when|which|who|can|could|is|are|does|do|should|will|may)\b.+\s")
_TECHNICAL = re.compile(r"[/\\`{}<>=|]|\w\.\w+:\d|\d{3}|…|[:;]\s*$")
"""Paths, code, output of a program, or half a sentence: right as evidence, wrong as a label."""
STOP = frozenset(
    (
        "a about after again all also am an and any are as at be because been before but by can can't cannot "
        "could did do does doesn't doing don't for from get gets got had has have having he her here him his "
        "how i i'm i've if in into is isn't it it's its just like me more most my need no not now of off on "
        "once one only or other our out over please same she should so some still such than thank thanks that "
        "that's the their them then there these they this those through to too try under until up us use used "
        "using very want was wasn't way we we're what when where which while who why will with won't work "
        "would you your hi hello hey dear something anything since every yet even much many make made new see "
        "says say said tell told know think und der die das ist ich wir nicht mit ein eine zu auf für im in "
        "den von bei es sie"
    ).split()
)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a group of tickets asks; all its texts have passed privacy."""

    id: str
    label: str
    """The clearest real question, in a customer's words."""
    phrases: tuple[str, ...]
    """What these tickets say and others do not (class-based TF-IDF), each from at least three tickets."""
    examples: tuple[str, ...]
    """More questions near the middle of the topic, the clearest first."""
    tickets: tuple[str, ...]
    """Ids of the tickets, the most typical first."""
    people: int
    """How many requesters; 0 where the export does not say."""
    first: str
    last: str
    """First and last day, or `""`."""
    fringe: tuple[str, ...] = ()
    """Ids among `tickets` that belong loosely: less than most of their neighbours are in the topic."""

    @property
    def size(self) -> int:
        """How many tickets ask it."""
        return len(self.tickets)


def topics_of(
    tickets: Sequence[Ticket], groups: Groups, vectors: Vectors, questions: Vectors, embedding: Embedding
) -> tuple[Topic, ...]:
    """The topics of grouped tickets, largest first.

    A group of a single requester is left out, and so is one whose tickets share no phrase: it holds left-overs.
    """
    members = {number: np.flatnonzero(groups == number) for number in range(int(groups.max(initial=UNPLACED)) + 1)}
    phrases = key_phrases({n: [tickets[int(row)] for row in rows] for n, rows in members.items()})
    return tuple(
        _topic(tickets, rows[_typical_first(vectors, rows)], questions, phrases[number], embedding)
        for number, rows in members.items()
        if phrases[number] and not 0 < _people(tickets, rows) < FEWEST_PEOPLE
    )


def with_fringe(topics: Sequence[Topic], loose: Collection[str]) -> tuple[Topic, ...]:
    """The topics, those of their tickets that are among `loose` marked as fringe."""
    return tuple(replace(topic, fringe=tuple(id_ for id_ in topic.tickets if id_ in loose)) for topic in topics)


def _people(tickets: Sequence[Ticket], rows: np.ndarray) -> int:
    return len({tickets[int(row)].requester for row in rows} - {""})


def _typical_first(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    middle = unit(vectors[rows].mean(axis=0))
    return np.argsort(-(vectors[rows] @ middle), kind="stable")


def _topic(
    tickets: Sequence[Ticket], rows: np.ndarray, questions: Vectors, phrases: tuple[str, ...], embedding: Embedding
) -> Topic:
    own = [tickets[int(row)] for row in rows]
    ids = tuple(ticket.id for ticket in own)
    days = sorted(ticket.created for ticket in own if ticket.created)
    middle = unit(questions[rows].mean(axis=0))
    ranked = clearest(own[:15], middle, phrases, embedding)
    return Topic(
        id="t-" + hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:6],
        label=ranked[0],
        phrases=phrases,
        examples=tuple(ranked[1:MOST_EXAMPLES]),
        tickets=ids,
        people=_people(tickets, rows),
        first=days[0] if days else "",
        last=days[-1] if days else "",
    )


def clearest(tickets: Sequence[Ticket], middle: Vectors, phrases: Sequence[str], embedding: Embedding) -> list[str]:
    """Sentences of the tickets, the clearest question first.

    Clear is near the middle of the topic, a question, with one of its phrases, neither short nor long.
    """
    sentences = list(dict.fromkeys(s for ticket in tickets for s in sentences_of(ticket)))
    if not sentences:
        return [plain(tickets[0].question)[:120] or "…"]
    scores = embedding.embed(sentences) @ middle
    scores = scores + np.array([_clarity(sentence, phrases[:3]) for sentence in sentences])
    return [sentences[n] for n in np.argsort(-scores, kind="stable")]


def sentences_of(ticket: Ticket) -> list[str]:
    """The sentences of a ticket that could stand as its question, without personal data's marks."""
    parts = [ticket.subject, *_SENTENCE.split(ticket.text)]
    tidy = [plain(part).strip(" -–—*>.,;:") for part in parts if not MARK.search(part)]
    return [_capital(part) for part in tidy if 3 <= len(part.split()) <= 25 and part.count("(") == part.count(")")]


def asks(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return _ASKS.search(sentence) is not None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clarity(sentence: str, phrases: Sequence[str]) -> float:
    """How well a sentence stands alone, beside its cosine with the middle: chosen by reading the sample tickets."""
    words = len(sentence.split())
    question = 0.12 * bool(_BEGINS.match(sentence)) + 0.06 * sentence.endswith("?")
    named = 0.06 if any(phrase in sentence.casefold() for phrase in phrases) else 0.0
    technical = -0.15 if _TECHNICAL.search(sentence) else 0.0
    length = 0.0 if 5 <= words <= 11 else -0.03 * (5 - words if words < 5 else words - 11)
    return question + named + technical + length


def key_phrases(groups: dict[int, list[Ticket]], most: int = 6) -> dict[int, tuple[str, ...]]:
    """The phrases of one or two words that set each group apart.

    Class-based TF-IDF (Grootendorst, 2022): share in the group × log(1 + mean words per group ÷ count over all).
    A phrase counts once a ticket, and only from three tickets and two requesters, where these are known. Words that
    15 % of all tickets hold, such as the product's name, tell nothing, unless most of those are in one group.
    """
    holders: dict[int, dict[str, set[int]]] = {}
    overall: Counter[str] = Counter()
    for number, tickets in groups.items():
        holders[number] = defaultdict(set)
        for place, ticket in enumerate(tickets):
            for phrase in set(_grams(ticket)):
                holders[number][phrase].add(place)
                overall[phrase] += 1
    everywhere = 0.15 * sum(len(tickets) for tickets in groups.values())
    average = sum(overall.values()) / max(1, len(groups))

    def telling(number: int, phrase: str) -> bool:
        here = len(holders[number][phrase])
        return shared(groups[number], holders[number][phrase]) and (
            overall[phrase] <= everywhere or here >= 0.4 * overall[phrase]
        )

    return {
        number: _distinct(
            sorted(
                (p for p in found if telling(number, p)),
                key=lambda p: (
                    -len(found[p]) / len(groups[number]) * math.log(1 + average / overall[p]) * (1 + 0.3 * (" " in p)),
                    p,
                ),
            ),
            most,
        )
        for number, found in holders.items()
    }


def shared(tickets: Sequence[Ticket], places: set[int]) -> bool:
    """Whether what stands in the tickets at these places is said by enough tickets, and people where they are known."""
    people = {tickets[place].requester for place in places}
    named = len(people - {""})
    return len(places) >= FEWEST_TICKETS and (named >= FEWEST_PEOPLE or not any(t.requester for t in tickets))


def _grams(ticket: Ticket) -> list[str]:
    """Words and pairs of neighbouring words; a pair never reaches across a mark or the end of a sentence."""
    grams = []
    for sentence in _SENTENCE.split(MARK.sub("\n", ticket.question)):
        words = [word.casefold().replace("’", "'") for word in _WORD.findall(sentence)]
        grams += [word for word in words if word not in STOP and len(word) > 2]
        grams += [f"{a} {b}" for a, b in pairwise(words) if not {a, b} & STOP]
    return grams


def _distinct(ranked: list[str], most: int) -> tuple[str, ...]:
    """The best phrases, leaving out one whose words a better one already holds."""
    chosen: list[str] = []
    for phrase in ranked:
        words = set(phrase.split())
        if not any(words & set(other.split()) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == most:
            break
    return tuple(chosen)
