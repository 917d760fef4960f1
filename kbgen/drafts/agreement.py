"""Agreement: sentences of several agents that say the same, put together and counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from kbgen.drafts.instruction import objects
from kbgen.drafts.sayings import Saying, Sort, mentions, normal
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding, Vectors
from kbgen.topics.topic import FEWEST_PEOPLE, FEWEST_TICKETS, STOP
from kbgen.topics.vectors import unit

ALIKE = 0.52
"""Likeness from which groups of sentences are joined; chosen on the sample tickets."""
SOMEWHAT = 0.36
"""Likeness from which two instructions that never stand together are taken for one."""
MEANING = 0.7
"""Weight of the cosine in the likeness; the rest is the share of telling words in common (Dice)."""
OTHER_THINGS = 0.15
"""Taken off where two sentences name exact things, and none in common."""
MOST_SAYINGS = 1500

_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{a})\b", re.IGNORECASE), re.compile(rf"\b(?:{b})\b", re.IGNORECASE))
    for a, b in (
        ("on|enable|activate|tick|allow|show|ein|aktivieren|einschalten|anhaken",
         "off|disable|deactivate|untick|block|hide|aus|deaktivieren|ausschalten"),
        ("add|create|connect|install|hinzufügen|verbinden", "remove|delete|disconnect|uninstall|entfernen|löschen"),
        ("open|öffnen", "close|schließen"),
        ("import|upload|importieren", "export|download|exportieren"),
        ("can|is|are|do|does|will|kann|ist", "cannot|can't|not|isn't|aren't|don't|doesn't|won't|never|nicht|kein\\w*"),
    )
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Source:
    """One sentence behind an agreement."""

    ticket: str
    """Id of the ticket."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What several tickets' answers say, in the clearest of their wordings."""

    text: str
    sort: Sort
    support: int
    """How many tickets' answers hold it."""
    people: int
    """How many requesters these have; 0 where the export does not say."""
    wordings: int
    """In how many different wordings."""
    places: tuple[tuple[int, int], ...]
    """Ticket and place in its answers, one for each ticket."""
    sources: tuple[Source, ...]
    private: bool = False
    """Whether each wording holds words that too few tickets have: then it stays on this machine."""

    @property
    def tickets(self) -> frozenset[int]:
        """Places of the tickets that hold it."""
        return frozenset(ticket for ticket, _ in self.places)

    @property
    def enough(self) -> bool:
        """Whether enough tickets, and people where they are known, hold it to stand in a draft."""
        return self.support >= FEWEST_TICKETS and (not self.people or self.people >= FEWEST_PEOPLE)


def agreements(
    said: Sequence[Saying], tickets: Sequence[Ticket], embedding: Embedding, known: frozenset[str] | None = None
) -> tuple[Agreed, ...]:
    """What at least two tickets' answers say, the most often said first.

    Where `known` words are given, the chosen wording holds no others; where there is none such, it is private.
    """
    said = said[:MOST_SAYINGS]
    if not said:
        return ()
    texts = sorted({saying.text for saying in said})
    vectors = embedding.embed(texts)
    row_of = {text: row for row, text in enumerate(texts)}
    rows = np.array([row_of[saying.text] for saying in said])
    labels = _groups(texts, vectors)[rows]
    groups = [[said[int(n)] for n in np.flatnonzero(labels == label)] for label in np.unique(labels)]
    found = [_agreed(group, tickets, vectors, row_of, known) for group in groups]
    return tuple(sorted((a for a in found if a.support > 1), key=lambda a: (-a.support, a.text)))


def without_doubles(steps: Sequence[Agreed], embedding: Embedding) -> list[Agreed]:
    """The steps, given with the most often said first, without those that a more often said one makes superfluous.

    So it is where all telling words of the rarer one stand in the other, and where the two are somewhat alike and no
    answer holds both, although chance would have put them into three: then they are two ways to say one thing.
    """
    texts = [step.text for step in steps]
    alike = likeness(texts, embedding.embed(texts)) if texts else np.zeros((0, 0))
    answers = len({ticket for step in steps for ticket in step.tickets})
    kept: list[int] = []
    for n, step in enumerate(steps):
        own = _telling(step.text)
        double = [
            m
            for m in kept
            if own <= _telling(steps[m].text)
            or alike[n, m] >= ALIKE
            or (
                alike[n, m] >= SOMEWHAT
                and not step.tickets & steps[m].tickets
                and step.support * steps[m].support >= FEWEST_TICKETS * answers
            )
        ]
        if not double:
            kept.append(n)
    return [steps[n] for n in kept]


def _telling(text: str) -> set[str]:
    return {word[:6] for word in mentions(text) if word not in STOP}


def likeness(texts: Sequence[str], vectors: Vectors) -> np.ndarray:
    """How alike each two texts are, -1 to 1; opposites ('turn on', 'turn off') are not alike at all."""
    cosine = np.clip(vectors @ vectors.T, -1, 1).astype(np.float64)
    stems = [frozenset(word[:6] for word in mentions(text) if word not in STOP) for text in texts]
    things = [objects(text) for text in texts]
    poles = [[(bool(a.search(text)), bool(b.search(text))) for a, b in _OPPOSITES] for text in texts]
    result = np.zeros((len(texts), len(texts)))
    for i in range(len(texts)):
        for j in range(i + 1, len(texts)):
            together = len(stems[i]) + len(stems[j])
            dice = 2 * len(stems[i] & stems[j]) / together if together else 0.0
            score = MEANING * cosine[i, j] + (1 - MEANING) * dice
            if things[i] and things[j] and not things[i] & things[j]:
                score -= OTHER_THINGS
            if any(x != y and x[0] != x[1] and y[0] != y[1] for x, y in zip(poles[i], poles[j], strict=True)):
                score = min(score, 0.0)
            result[i, j] = result[j, i] = score
    np.fill_diagonal(result, 1.0)
    return result


def _groups(texts: Sequence[str], vectors: Vectors) -> np.ndarray:
    """A number for each text: texts with the same one say the same (average linkage)."""
    if len(texts) == 1:
        return np.array([1])
    distance = 1 - likeness(texts, vectors)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), method="average")
    labels: np.ndarray = fcluster(tree, t=1 - ALIKE, criterion="distance")
    return labels


def _agreed(
    group: Sequence[Saying],
    tickets: Sequence[Ticket],
    vectors: Vectors,
    row_of: dict[str, int],
    known: frozenset[str] | None,
) -> Agreed:
    first: dict[int, Saying] = {}
    for saying in group:
        first.setdefault(saying.ticket, saying)
    sort = _sort(group)
    texts = _clearest_first([saying for saying in group if saying.sort is sort], vectors, row_of)
    public = [text for text in texts if known is None or _is_of_many(text, known)]
    return Agreed(
        text=(public or texts)[0],
        sort=sort,
        support=len(first),
        people=len({tickets[n].requester for n in first} - {""}),
        wordings=len({normal(saying.text) for saying in group}),
        places=tuple((saying.ticket, saying.place) for saying in first.values()),
        sources=tuple(Source(ticket=tickets[saying.ticket].id, text=saying.text) for saying in group),
        private=not public,
    )


def _sort(group: Sequence[Saying]) -> Sort:
    """What the sentences do for the reader: they tell what to do where a third of them does."""
    counts = Counter(saying.sort for saying in group)
    told = max((Sort.STEP, Sort.REQUEST), key=lambda sort: counts[sort])
    return told if 3 * counts[told] >= len(group) else Sort.FACT


def _clearest_first(group: Sequence[Saying], vectors: Vectors, row_of: dict[str, int]) -> list[str]:
    """The wordings, the one nearest to all others first; long and rare ones later."""
    counts = Counter(saying.text for saying in group)
    texts = sorted(counts)
    weights = np.array([counts[text] for text in texts], dtype=np.float32)
    own = vectors[[row_of[text] for text in texts]]
    middle = unit((own * weights[:, None]).sum(axis=0))
    length = np.array([0.006 * max(0, len(text.split()) - 12) + 0.03 * (len(text.split()) < 4) for text in texts])
    scores = own @ middle + 0.05 * np.log(weights) - length
    return [texts[int(n)] for n in np.argsort(-scores, kind="stable")]


def _is_of_many(text: str, known: frozenset[str]) -> bool:
    return all(word in known or word in STOP for word in mentions(text))
