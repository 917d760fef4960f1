"""Gaps: what agents answer again and again and an article does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.likeness import spread
from kbgen.topics.topic import STOP, shared
from kbgen.topics.vectors import plain, unit

ALIKE = 0.7
"""Cosine from which two sentences of agents say the same."""
SAID = 0.5
"""Cosine from which an article says what an agent says."""
WORDED = 0.6
"""Share of the telling words of an agent's sentence that an article has, from which it says it, too."""
SUPPORT = 0.25
"""Share of the answered tickets that must say it."""
MOST_TICKETS = 60
MOST = 5

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MANNERS = re.compile(
    r"(?i)\b(?:thank|sorry|apolog|regards|cheers|greetings|happy to help|glad|let (?:me|us) know|hope|pleasure|"
    r"reach(?:ing)? out|contact(?:ing)? us|welcome|have a (?:nice|good|great)|anything else|hello|hi|dear|"
    r"danke|grüße|gern)\b"
)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """What agents say and an article does not."""

    text: str
    """A sentence of an agent, without personal data."""
    tickets: int
    """How many tickets say the like of it."""


def gaps(
    tickets: Sequence[Ticket], article: Sequence[str], embedding: Embedding, everywhere: frozenset[str] = frozenset()
) -> tuple[Gap, ...]:
    """What an article's sentences leave out of what agents agree on, the most tickets first.

    Sentences that agents write `everywhere` say nothing of this topic.

    Agents agree where three tickets, of two people where these are known, and a quarter of those answered say the same.
    """
    answered = spread([ticket for ticket in tickets if ticket.replies], MOST_TICKETS)
    said = [
        (place, text)
        for place, ticket in enumerate(answered)
        for text in _sentences(ticket.replies)
        if text.casefold() not in everywhere
    ]
    if not said:
        return ()
    vectors = embedding.embed([plain(text) for _, text in said])
    body = embedding.embed([plain(text) for text in article]) if article else None
    words = {word for text in article for word in _telling(text)}
    found = []
    for rows in _groups(vectors):
        places = {said[row][0] for row in rows}
        if shared(answered, places) and len(places) >= SUPPORT * len(answered):
            row = _middle(vectors, rows)
            if not _is_said(said[row][1], vectors[row], words, body):
                found.append(Gap(text=said[row][1], tickets=len(places)))
    return tuple(sorted(found, key=lambda gap: (-gap.tickets, gap.text))[:MOST])


def _sentences(replies: Iterable[str]) -> list[str]:
    """What the replies say, each sentence once, without manners and without marks of personal data."""
    texts = (text.strip(" -–*•\t") for reply in replies for text in _SENTENCE.split(reply))
    fits = (t for t in texts if 3 <= len(t.split()) <= 30 and not MARK.search(t) and not _MANNERS.search(t))
    return [text for text in dict.fromkeys(fits) if not text.endswith("?")]


def _is_said(text: str, vector: Vectors, words: set[str], body: Vectors | None) -> bool:
    if body is not None and float((body @ vector).max()) >= SAID:
        return True
    telling = _telling(text)
    return not telling or len(telling & words) >= WORDED * len(telling)


def _telling(text: str) -> set[str]:
    """The words that tell something, without endings of plural and past."""
    words = (word.casefold() for word in _WORD.findall(text))
    return {re.sub(r"(?:es|s|ed|ing)$", "", word) for word in words if word not in STOP and len(word) > 2}


def _groups(vectors: Vectors) -> list[list[int]]:
    """Sentences that say the same, each put to the group whose middle it is most like."""
    groups: list[list[int]] = []
    middles: list[Vectors] = []
    for row, vector in enumerate(vectors):
        alike = np.array([float(middle @ vector) for middle in middles])
        best = int(alike.argmax()) if len(alike) else -1
        if best >= 0 and alike[best] >= ALIKE:
            groups[best].append(row)
            middles[best] = unit(vectors[groups[best]].mean(axis=0))
        else:
            groups.append([row])
            middles.append(vector)
    return groups


def _middle(vectors: Vectors, rows: list[int]) -> int:
    """The row nearest to the middle of a group."""
    return rows[int(np.argmax(vectors[rows] @ unit(vectors[rows].mean(axis=0))))]


def usual(replies: Iterable[Sequence[str]]) -> frozenset[str]:
    """Sentences that agents write in any topic, given the replies of each: at least three and a fifth of all topics."""
    counts: Counter[str] = Counter()
    topics = 0
    for several in replies:
        topics += 1
        counts.update({text.casefold() for text in _sentences(several)})
    return frozenset(text for text, count in counts.items() if count >= max(3, topics / 5))
