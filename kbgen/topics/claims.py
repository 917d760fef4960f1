"""Claims: numbers, limits and menu paths that agents and articles state, and where they contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kbgen.tickets.privacy import MARK
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import shared
from kbgen.topics.vectors import plain

ABOUT_THE_SAME = 0.5
"""Cosine from which two sentences that state a number of one unit are about the same thing."""
AGREED = 0.6
"""Share of the tickets stating something of one kind that must state the same."""

_UNITS = {
    **dict.fromkeys(("second", "seconds", "sec", "s"), "seconds"),
    **dict.fromkeys(("minute", "minutes", "min"), "minutes"),
    **dict.fromkeys(("hour", "hours", "h"), "hours"),
    **dict.fromkeys(("day", "days", "tag", "tage", "tagen"), "days"),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), "weeks"),
    **dict.fromkeys(("month", "months", "monat", "monate", "monaten"), "months"),
    **dict.fromkeys(("year", "years", "jahr", "jahre", "jahren"), "years"),
    **dict.fromkeys(("kb", "mb", "gb", "tb", "%", "€", "$", "£"), ""),
    **dict.fromkeys(("percent", "prozent"), "%"),
    **dict.fromkeys(("euro", "euros", "eur"), "€"),
    **dict.fromkeys(("dollar", "dollars", "usd"), "$"),
    **dict.fromkeys(("user", "users", "seat", "seats"), "users"),
    **dict.fromkeys(("character", "characters"), "characters"),
    **dict.fromkeys(("file", "files"), "files"),
    **dict.fromkeys(("attempt", "attempts", "time", "times"), "times"),
}
_COUNTED = re.compile(
    r"(?<![\w.,])(?P<sign>[€$£])?\s?(?P<number>\d{1,3}(?:[ ,]\d{3})+|\d+(?:\.\d+)?)[\s-]?"
    r"(?P<unit>%|€|\$|£|[^\W\d_]+)?",
)
_SPELLED = dict(
    zip("one two three four five six seven eight nine ten twelve".split(), (*map(str, range(1, 11)), "12"), strict=True)
)
_WORD_NUMBER = re.compile(
    rf"\b({'|'.join(_SPELLED)})\b(?=[\s-](?:{'|'.join(u for u in _UNITS if u.isalpha())})\b)", re.IGNORECASE
)
_PATH = re.compile(r"[^\W_][\w ’'&-]{0,30}?(?:\s*(?:>|→|›|»)\s*[^\W_][\w ’'&-]{0,30}?){1,5}(?=$|[.,;:!?)\n*`\"”])")
_STEP = re.compile(r"\s*(?:>|→|›|»)\s*")
_LEAD = re.compile(r"^.*\b(?:to|in|under|open|choose|via|select|click|press|see|through)\s+(?=\S)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a sentence states: a number of a unit, or a path to a place in the product."""

    kind: str
    """The unit, or `path to` and the last step."""
    value: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """What agents agree on and what an article says of the same thing."""

    agents: str
    """The sentence of an agent."""
    article: str
    """The sentence of the article."""
    tickets: int
    """In how many tickets agents say so."""


def claims(text: str) -> Iterator[Claim]:
    """What the sentences of a text state."""
    for sentence in _SENTENCE.split(text):
        if MARK.search(sentence):
            continue
        yield from _numbers(sentence)
        yield from _paths(sentence)


def contradictions(tickets: Sequence[Ticket], article: str, embedding: Embedding) -> tuple[Contradiction, ...]:
    """Where what several agents say differs from an article's text, the most tickets first."""
    stated: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims(article):
        stated[claim.kind].append(claim)
    found = []
    for kind, values in sorted(_agreed(tickets).items()):
        agents, count = values
        theirs = stated.get(kind, [])
        if theirs and agents.value not in {claim.value for claim in theirs}:
            nearest = _nearest(agents, theirs, embedding)
            if nearest:
                found.append(Contradiction(agents=agents.sentence, article=nearest.sentence, tickets=count))
    return tuple(sorted(found, key=lambda c: (-c.tickets, c.agents)))


def _agreed(tickets: Sequence[Ticket]) -> Mapping[str, tuple[Claim, int]]:
    """For each kind what most agents state, where three tickets of two people do; with how many."""
    places: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    first: dict[tuple[str, str], Claim] = {}
    for place, ticket in enumerate(tickets):
        for claim in (claim for reply in ticket.replies for claim in claims(reply)):
            places[claim.kind][claim.value].add(place)
            key = (claim.kind, claim.value)
            first[key] = min(first.get(key, claim), claim, key=lambda c: (len(c.sentence), c.sentence))
    agreed = {}
    for kind, values in places.items():
        value = min(values, key=lambda v: (-len(values[v]), v))
        if shared(tickets, values[value]) and len(values[value]) >= AGREED * len(set().union(*values.values())):
            agreed[kind] = (first[kind, value], len(values[value]))
    return agreed


def _nearest(claim: Claim, others: Sequence[Claim], embedding: Embedding) -> Claim | None:
    """The claim about the same thing; a path says by its last step what it is about."""
    if claim.kind.startswith("path to "):
        return others[0]
    vectors = embedding.embed([plain(claim.sentence), *(plain(other.sentence) for other in others)])
    alike = vectors[1:] @ vectors[0]
    best = int(np.argmax(alike))
    return others[best] if alike[best] >= ABOUT_THE_SAME else None


def _numbers(sentence: str) -> Iterator[Claim]:
    text = _WORD_NUMBER.sub(lambda match: _SPELLED[match[0].lower()], sentence)
    for match in _COUNTED.finditer(text):
        raw = (match["unit"] or match["sign"] or "").lower()
        if raw in _UNITS:
            value = match["number"].replace(",", "").replace(" ", "")
            yield Claim(kind=_UNITS[raw] or raw, value=value, sentence=sentence.strip())


def _paths(sentence: str) -> Iterator[Claim]:
    for match in _PATH.finditer(sentence.replace("**", "").replace("`", "")):
        steps = [step.strip() for step in _STEP.split(match[0])]
        steps[0] = _LEAD.sub("", steps[0])
        value = " > ".join(step.casefold() for step in steps if step)
        yield Claim(kind=f"path to {steps[-1].casefold()}", value=value, sentence=sentence.strip())
