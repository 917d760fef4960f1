"""The saying: one sentence of an agent's answer, and whose ticket it answers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kbgen.drafts.instruction import SHORTEST, finished, instruction, is_courtesy, is_request, parts, sentences
from kbgen.tickets.privacy import MARK, scrub
from kbgen.tickets.ticket import Ticket
from kbgen.topics.topic import shared

LONGEST_FACT = 30
"""Words of a fact."""

MOST_TOPICS = 3
"""Topics whose answers may hold the very same sentence; one that more of them hold is said everywhere."""
SHARE = 4
"""Where there are many topics, one in so many of them."""

_PERSONAL = re.compile(
    r"\b(?:i|i'm|i'd|i'll|i've|me|my|we|we're|we'll|we've|we'd|us|our|ours|sorry|thanks?|thank you|glad|happy|hope|hi|"
    r"hello|hey|dear|regards|cheers|ich|mir|mich|mein\w*|wir|uns|unser\w*|leider|danke|hallo|grüße\w*)\b",
    re.IGNORECASE,
)
_MENTION = re.compile(r"\w+(?:['’.-]\w+)*")


class Sort(StrEnum):
    """What a sentence does for the reader."""

    STEP = "step"
    REQUEST = "request"
    """What support wants to be sent or told."""
    FACT = "fact"


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One instruction or fact, without personal data, as an agent wrote it."""

    text: str
    sort: Sort
    ticket: int
    """Place of the ticket among those of the topic."""
    reply: int
    """Which answer of the ticket, from 0."""
    place: int
    """Where in the answers of the ticket, counting sayings from 0."""


def sayings(tickets: Sequence[Ticket], everywhere: frozenset[str] = frozenset()) -> tuple[Saying, ...]:
    """What agents' answers tell readers; sentences that answers to anything hold are left out."""
    return tuple(saying for n, ticket in enumerate(tickets) for saying in _of_ticket(ticket, n, everywhere))


def _of_ticket(ticket: Ticket, number: int, everywhere: frozenset[str]) -> Iterable[Saying]:
    place = 0
    for n, reply in enumerate(ticket.replies):
        for sentence in sentences(reply):
            if normal(sentence) in everywhere or is_courtesy(sentence):
                continue
            for text, sort in _told(sentence):
                yield Saying(text=text, sort=sort, ticket=number, reply=n, place=place)
                place += 1


def _told(sentence: str) -> list[tuple[str, Sort]]:
    told = [text for part in parts(sentence) if (text := instruction(part))]
    if told:
        return [(text, Sort.REQUEST if is_request(text) else Sort.STEP) for text in told if _is_clean(text)]
    return [(finished(sentence), Sort.FACT)] if _is_fact(sentence) else []


def _is_fact(sentence: str) -> bool:
    words = len(sentence.split())
    return (
        SHORTEST + 2 <= words <= LONGEST_FACT
        and not _PERSONAL.search(sentence)
        and not MARK.search(sentence)
        and not sentence.rstrip().endswith(("?", ":", "…"))
        and _is_clean(sentence)
    )


def _is_clean(text: str) -> bool:
    return scrub(text)[0] == text


def normal(sentence: str) -> str:
    """A sentence as it is compared with others: its words in lower case."""
    return " ".join(_MENTION.findall(sentence.casefold()))


def said_everywhere(topics: Iterable[Sequence[Ticket]]) -> frozenset[str]:
    """Sentences that the answers to many topics hold word for word: greetings, closings, macros' frames.

    One question may have become several topics: what few of many topics share is an answer.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    most = MOST_TOPICS
    for number, tickets in enumerate(topics):
        most = max(most, (number + 1) // SHARE)
        for ticket in tickets:
            for reply in ticket.replies:
                for sentence in sentences(reply):
                    holders[normal(sentence)].add(number)
    return frozenset(sentence for sentence, numbers in holders.items() if len(numbers) > most)


def words_of_many(tickets: Sequence[Ticket]) -> frozenset[str]:
    """Words that questions or answers of at least three tickets hold, of two requesters where these are known.

    No such word names anybody, and a sentence made of them is nobody's own.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    for place, ticket in enumerate(tickets):
        for word in set(mentions(" ".join([ticket.question, *ticket.replies]))):
            holders[word].add(place)
    return frozenset(word for word, places in holders.items() if len(places) >= 3 and shared(tickets, places))


def mentions(text: str) -> list[str]:
    """The words and codes of a text in lower case."""
    return [word.casefold().replace("’", "'") for word in _MENTION.findall(text)]
