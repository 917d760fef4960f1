"""The draft: a topic as a proposed article, or why it is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kbgen.articles.kinds import Kind
from kbgen.drafts.material import Material
from kbgen.drafts.substance import kind_of, not_reusable
from kbgen.drafts.title import title_of
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import FEWEST_TICKETS, Topic

MOST_PHRASES = 6
LONGEST_PHRASE = 12
"""Words of an answer phrase."""
SAME = 0.75
"""Cosine from which two phrases say the same, and one is enough."""
LEAST_HOLDING = 0.3
"""Share of the answers that must hold at least one of a draft's steps or facts."""
RELATED = 0.35
"""Likeness from which an article is named as related."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A proposed article; everything in it has passed privacy."""

    material: Material
    kind: Kind
    title: str
    answers: tuple[str, ...]
    related: tuple[str, ...]

    @property
    def topic(self) -> Topic:
        """The topic that it would answer."""
        return self.material.topic

    @property
    def name(self) -> str:
        """The file's name in `content/drafts/`; it stays the same while the topic keeps its id."""
        return f"{self.topic.id}.md"


@dataclass(frozen=True, kw_only=True)
class ThinDraft(Draft):
    """A draft that has no answer: a title, customers' phrases, and what has to be found out."""

    why: str
    """Name of the sentence that says what is missing: 'unanswered', 'few', 'disagree' or 'rarely'."""


@dataclass(frozen=True, kw_only=True)
class NotReusable:
    """A topic whose answers are each for one customer."""

    topic: Topic
    reason: str
    """'account', 'refund' or 'scheduling'."""


def draft_of(material: Material, embedding: Embedding) -> Draft:
    """The draft of a topic; a `ThinDraft` where the answers hold too little."""
    kind = kind_of(
        material.tickets,
        steps=len(material.steps),
        facts=len(material.facts),
        quoted=material.messages[0].tickets if material.messages else 0,
    )
    title = title_of(material, kind)
    own = [title] if title_is_said(title, material) else []
    answers = different([*own, *material.phrases], embedding)
    related = tuple(near.article for near in material.near if near.likeness >= RELATED)
    why = _too_little(material)
    if why:
        return ThinDraft(material=material, kind=kind, title=title, answers=answers, related=related, why=why)
    return Draft(material=material, kind=kind, title=title, answers=answers, related=related)


def title_is_said(title: str, material: Material) -> bool:
    """Whether the title is a customer's sentence or a message, not put together of phrases."""
    return title in material.phrases or any(message.text in title for message in material.messages)


def unusable(material: Material) -> NotReusable | None:
    """The topic as one that no article can answer, or None."""
    reason = not_reusable(material.tickets, steps=len(material.steps))
    return NotReusable(topic=material.topic, reason=reason) if reason else None


def _too_little(material: Material) -> str:
    if not material.replies:
        return "unanswered"
    if material.replies < FEWEST_TICKETS:
        return "few"
    if not material.holding:
        return "disagree"
    return "rarely" if material.holding < LEAST_HOLDING * material.replies else ""


def different(sentences: Sequence[str], embedding: Embedding) -> tuple[str, ...]:
    """The first sentences that say something new, so that the phrases cover the ways of asking."""
    unique = {s.rstrip(".?!").casefold(): s for s in reversed(sentences) if len(s.split()) <= LONGEST_PHRASE}
    texts = [s.rstrip(".") for s in dict.fromkeys(sentences) if s in unique.values()]
    if not texts:
        return ()
    vectors = embedding.embed(texts)
    chosen: list[int] = []
    for row in range(len(texts)):
        if all(float(vectors[row] @ vectors[other]) < SAME for other in chosen):
            chosen.append(row)
    return tuple(texts[row] for row in chosen[:MOST_PHRASES])
