"""Symptoms: the exact messages that customers quote, and what several of them say they see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.tickets.privacy import MARK, scrub
from kbgen.tickets.ticket import Ticket
from kbgen.topics.topic import shared

MOST = 3
LONGEST = 120
"""Characters of a message."""

_QUOTED = re.compile(r"\"([^\"\n]{4,120})\"|“([^”\n]{4,120})”|„([^“\n]{4,120})“|«([^»\n]{4,120})»|`([^`\n]{4,120})`")
_CODE = re.compile(
    r"\b(?:(?:[Ee]rror|ERROR|[Ff]ehler|HTTP|[Cc]ode)[ -:#]{1,3})?"
    r"(?:[A-Z][A-Z0-9]*(?:[-_:]+[A-Z0-9]+)+|[A-Z]{1,5}\d{2,5}|\d{3}|\w+(?:Error|Exception))\b"
    r"(?:: [^\n.!?\"“”]{4,80})?"
)
_FAULT = re.compile(
    r"\b(?:error|fail\w*|denied|declined|invalid|not (?:found|allowed|available|valid|recogni[sz]ed)|expired|refused|"
    r"cannot|can't|could not|couldn't|unable|missing|unknown|timed? ?out|forbidden|unauthori[sz]ed|exceeded|already|"
    r"fehler\w*|fehlgeschlagen|ungültig|abgelaufen|abgelehnt|nicht (?:gefunden|möglich|erlaubt|verfügbar)|unbekannt)\b"
    r"|\b[A-Z]{2,}[-_:]+[A-Z0-9]+|\b[45]\d\d\b|\w(?:Error|Exception)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Message:
    """An exact message, and how many tickets and requesters quote it."""

    text: str
    tickets: int
    people: int


def messages(tickets: Sequence[Ticket]) -> tuple[Message, ...]:
    """The messages that stand in at least three tickets of two requesters, where these are known; most often first.

    Looked for are quoted texts and codes that speak of a fault; one that a longer one holds is left out where nearly
    all of its tickets have the longer one, and the longer one where most do not.
    """
    texts = [_SPACE.sub(" ", ticket.question) for ticket in tickets]
    candidates = sorted({found for text in texts for found in quoted(text)})
    holders = {
        c: places
        for c in candidates
        if shared(tickets, places := {n for n, text in enumerate(texts) if c.casefold() in text.casefold()})
    }
    kept: dict[str, set[int]] = {}
    for text in sorted(holders, key=lambda c: (-len(c), c)):
        longer = [other for other in kept if text.casefold() in other.casefold()]
        if not any(len(kept[other]) >= 0.6 * len(holders[text]) for other in longer):
            kept = {other: places for other, places in kept.items() if other not in longer}
            kept[text] = holders[text]
    ranked = sorted(kept, key=lambda c: (-len(kept[c]), c))[:MOST]
    return tuple(
        Message(text=c, tickets=len(kept[c]), people=len({tickets[n].requester for n in kept[c]} - {""}))
        for c in ranked
    )


def quoted(text: str) -> set[str]:
    """The messages that one ticket seems to quote: quoted texts and codes, with or without the words after a code."""
    found = {next(filter(None, groups)).strip(" .,") for groups in _QUOTED.findall(text)}
    for match in _CODE.finditer(text):
        whole = match[0].strip(" .,:;-")
        found |= {whole, whole.split(": ")[0], *_beginnings(whole)}
    return {t for t in found if 4 <= len(t) <= LONGEST and _FAULT.search(t) and not MARK.search(t) and _is_clean(t)}


def _beginnings(whole: str) -> set[str]:
    """A code with the first words after it: where a sentence goes on after the message, its end is not marked."""
    head, colon, tail = whole.partition(": ")
    words = tail.split()
    return {f"{head}{colon}{' '.join(words[:n])}" for n in range(1, min(len(words), 9))}


def _is_clean(text: str) -> bool:
    return scrub(text)[0] == text
