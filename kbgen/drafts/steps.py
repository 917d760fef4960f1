"""Steps: what agents told customers to do, where at least two of them agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.vectors import unit

ALIKE = 0.50
"""Cosine from which two instructions are taken for the same step; chosen on the sample tickets."""

LEAST_SUPPORT = 2
"""Tickets whose answers must hold a step."""

MOST = 8

_ITEM = re.compile(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[-*•])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ`\"])|\n+|;\s+")
_LEAD = re.compile(
    r"^(?:(?:first|then|next|now|please|finally|after that|afterwards|and|so|also|just|simply|to fix it|either)"
    r"[,:]?\s+)+",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:in|at|on|under|from|with|for|if|when|once)\b[^,:]{2,60}[,:]\s*(?:then\s+)?(?P<verb>\w+)", re.IGNORECASE
)
"""An instruction that first says where or when: 'In Settings, enter …'."""

_VERBS = frozenset(
    (
        "activate add allow ask attach build call change check choose clear click clone close commit compare "
        "convert copy create delete deploy disable download drop edit enable enter exclude export find fill "
        "give go import include indent insert install keep leave let link list load log look mark merge move "
        "name open paste pick point press pull push put quote read rebuild redirect reload remove rename "
        "replace restart resize rerun run save schedule search select send serve set shrink sign start stop "
        "switch take test tick try turn type unpack untick update upgrade upload use verify wait write"
    ).split()
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One instruction, and in how many tickets an answer holds it."""

    text: str
    support: int


@dataclass(frozen=True)
class _Said:
    text: str
    ticket: int
    place: float


def agreed_steps(tickets: Sequence[Ticket], embedding: Embedding) -> tuple[Step, ...]:
    """The instructions on which the answers of at least two tickets agree, in the order they are usually given."""
    said = [instruction for n, ticket in enumerate(tickets) for instruction in _instructions(ticket, n)]
    if not said:
        return ()
    vectors = embedding.embed([instruction.text for instruction in said])
    found = []
    for rows in _groups(vectors):
        support = len({said[row].ticket for row in rows})
        if support >= LEAST_SUPPORT:
            text = said[_clearest(vectors, rows, said)].text
            found.append((float(np.mean([said[row].place for row in rows])), Step(text=text, support=support)))
    strongest = sorted(found, key=lambda pair: (-pair[1].support, pair[0], pair[1].text))[:MOST]
    return tuple(step for _, step in sorted(strongest, key=lambda pair: (pair[0], pair[1].text)))


def _instructions(ticket: Ticket, number: int) -> list[_Said]:
    result = []
    for reply in ticket.replies:
        parts = [part for line in _SENTENCE.split(reply) for part in _ITEM.split(line)]
        texts = [text for part in parts if (text := instruction(part))]
        result += [_Said(text, number, place / len(texts)) for place, text in enumerate(texts)]
    return result


def instruction(sentence: str) -> str:
    """The sentence as an instruction, or `""` where it is none or names something personal."""
    text = _LEAD.sub("", sentence.strip(" -–*•\t")).strip()
    words = text.split()
    if not 2 <= len(words) <= 40 or MARK.search(text) or text.endswith("?"):
        return ""
    place = _PLACE.match(text)
    verb = place["verb"] if place else words[0].strip(",:")
    if verb.lower() not in _VERBS:
        return ""
    text = (text[:1].upper() + text[1:]).rstrip(" ,;")
    return text if text.endswith((".", "!", ":")) else f"{text}."


def _groups(vectors: Vectors) -> list[list[int]]:
    """Instructions that say the same, each put to the group whose first member it is most like."""
    groups: list[list[int]] = []
    for row, vector in enumerate(vectors):
        scores = [float(unit(vectors[group].mean(axis=0)) @ vector) for group in groups]
        best = int(np.argmax(scores)) if scores else -1
        if scores and scores[best] >= ALIKE:
            groups[best].append(row)
        else:
            groups.append([row])
    return groups


def _clearest(vectors: Vectors, rows: list[int], said: Sequence[_Said]) -> int:
    middle = unit(vectors[rows].mean(axis=0))
    scores = [float(vectors[row] @ middle) - 0.004 * max(0, len(said[row].text.split()) - 14) for row in rows]
    return rows[int(np.argmax(scores))]
