"""The material: everything that the tickets of a topic hold for a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kbgen.drafts.agreement import Agreed, agreements, without_doubles
from kbgen.drafts.customers import fitting
from kbgen.drafts.instruction import SHORTEST
from kbgen.drafts.order import ordered
from kbgen.drafts.sayings import Sort, mentions, said_everywhere, sayings, words_of_many
from kbgen.drafts.substance import is_trouble
from kbgen.drafts.symptoms import Message, messages
from kbgen.drafts.wording import language_of, main_language
from kbgen.tickets.privacy import MARK, scrub
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Near
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.phrases import phrases_of
from kbgen.topics.topic import FEWEST_TICKETS, STOP, Topic

MOST_READ = 200
"""Tickets of a topic that are read, the most typical first: more agree on nothing else, and take their time."""
MOST_NAMED = 5
MOST_STEPS = 9
MOST_FACTS = 3
OFTEN = 0.1
"""Share of the answered tickets that must hold a step or a fact, beside the smallest number."""
BY_CHANCE = 0.05
"""Probability below which a step is not for one product or plan by chance."""

_RESULT = re.compile(
    r"\b(?:will (?:then |now )?(?:be|appear|show|forward|work|receive|get|see|arrive)|goes away|appears?|works again|"
    r"takes (?:up to |about |around )?(?:\d|a few|some)|you(?:'ll| will| should) (?:then |now )?see|is gone|"
    r"turns green|"
    r"(?:dann|danach) (?:erscheint|ist|sehen|funktioniert)|erscheint|wird .{0,40}angezeigt|dauert)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|causes?|caused|reason|due to|happens (?:when|if)|comes from|"
    r"weil|liegt (?:an|daran)|grund|ursache)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Background:
    """What all tickets tell that one topic cannot."""

    known: frozenset[str]
    """Words of many tickets."""
    everywhere: frozenset[str]
    """Sentences that answers to anything hold."""
    common: Mapping[str, float]
    """Share of all answers that hold a word."""
    products: Mapping[str, float]
    plans: Mapping[str, float]
    """Share of the tickets of each product and plan, among those that name one."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """An instruction on which answers agree, and the one product or plan for which it holds."""

    agreed: Agreed
    product: str = ""
    plan: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a draft can be made of; all texts have passed privacy, and enough tickets hold each."""

    topic: Topic
    lang: str
    tickets: tuple[Ticket, ...]
    """Those that were read, in the language of most."""
    replies: int
    """How many of them have an agent's answer."""
    steps: tuple[Step, ...]
    requests: tuple[Agreed, ...]
    results: tuple[Agreed, ...]
    causes: tuple[Agreed, ...]
    facts: tuple[Agreed, ...]
    messages: tuple[Message, ...]
    complaints: tuple[str, ...]
    """What customers say they see."""
    phrases: tuple[str, ...]
    """Customers' sentences that may be shown, the clearest first."""
    product: str
    plan: str
    """The one product and plan that the topic is about, or `""`."""
    products: tuple[str, ...]
    named: tuple[tuple[str, int], ...]
    """Words that most answers hold and others do not, and how many answers do."""
    near: tuple[Near, ...]
    hidden: tuple[Agreed, ...]
    """What several answers say, but too few, or in words that may be private."""

    @property
    def said(self) -> tuple[Agreed, ...]:
        """Everything on which the answers agree, steps first."""
        return (*(step.agreed for step in self.steps), *self.results, *self.causes, *self.facts, *self.requests)

    @property
    def holding(self) -> int:
        """How many tickets' answers hold at least one step or fact."""
        return len({ticket for agreed in self.said if agreed not in self.requests for ticket in agreed.tickets})


def background(tickets: Sequence[Ticket], topics: Sequence[Topic]) -> Background:
    """What all tickets tell."""
    by_id = {ticket.id: ticket for ticket in tickets}
    own = ([by_id[id_] for id_ in topic.tickets if id_ in by_id] for topic in topics)
    return Background(
        known=words_of_many(tickets),
        everywhere=said_everywhere(own),
        common=answer_words(tickets),
        products=_shares(ticket.product for ticket in tickets),
        plans=_shares(ticket.plan for ticket in tickets),
    )


def material(
    topic: Topic, tickets: Sequence[Ticket], near: tuple[Near, ...], behind: Background, embedding: Embedding
) -> Material:
    """What the tickets of a topic hold, which come with the most typical first."""
    lang = main_language(tickets)
    read = [t for t in tickets if language_of(t) in {lang, ""}][:MOST_READ]
    agreed = agreements(sayings(read, behind.everywhere), read, embedding, behind.known)
    replies = sum(bool(ticket.replies) for ticket in read)
    said = [a for a in agreed if _stands(a, replies)]
    facts = [a for a in said if a.sort is Sort.FACT]
    results = [a for a in facts if _RESULT.search(a.text)][:1]
    causes = [a for a in facts if _CAUSE.search(a.text) and a not in results][:1]
    said_by_customers = [phrase.text for phrase in phrases_of(topic, read, behind.known, embedding)]
    phrases = fitting(said_by_customers, topic, read, behind.common, lang)
    steps = ordered(without_doubles([a for a in said if a.sort is Sort.STEP], embedding)[:MOST_STEPS])
    return Material(
        topic=topic,
        lang=lang,
        tickets=tuple(read),
        replies=replies,
        steps=tuple(_placed(step, read) for step in steps),
        requests=tuple(a for a in said if a.sort is Sort.REQUEST)[:MOST_FACTS],
        results=tuple(results),
        causes=tuple(causes),
        facts=tuple(a for a in facts if a not in results and a not in causes)[:MOST_FACTS],
        messages=messages(read),
        complaints=tuple(p for p in phrases if is_trouble(p) and len(p.split()) > SHORTEST)[:2],
        phrases=phrases,
        product=_only((t.product for t in read), behind.products),
        plan=_only((t.plan for t in read), behind.plans),
        products=tuple(sorted(p for p, share in _shares(t.product for t in read).items() if share >= OFTEN)),
        named=_named(read, behind),
        near=near,
        hidden=tuple(a for a in agreed if not _stands(a, replies)),
    )


def _stands(agreed: Agreed, replies: int) -> bool:
    return agreed.enough and not agreed.private and agreed.support >= OFTEN * replies


def _named(tickets: Sequence[Ticket], behind: Background) -> tuple[tuple[str, int], ...]:
    """Words of at least 40 % of the answers, and of three times as many as elsewhere; the most often named first."""
    answered = [ticket for ticket in tickets if ticket.replies]
    if len(answered) < FEWEST_TICKETS:
        return ()
    shares = answer_words(answered)
    telling = [
        (word, round(share * len(answered)))
        for word, share in shares.items()
        if share >= 0.4 and share >= 3 * behind.common.get(word, 0.0) and word in behind.known
    ]
    enough = [(word, count) for word, count in telling if count >= FEWEST_TICKETS and scrub(word)[0] == word]
    return tuple(sorted(enough, key=lambda pair: (-pair[1], pair[0]))[:MOST_NAMED])


def answer_words(tickets: Sequence[Ticket]) -> dict[str, float]:
    """The words of agents' answers, and the share of the answered tickets that hold each."""
    answered = [ticket for ticket in tickets if ticket.replies]
    counts = Counter(
        w for t in answered for w in set(mentions(MARK.sub(" ", " ".join(t.replies)))) if w not in STOP and len(w) > 2
    )
    return {word: count / len(answered) for word, count in counts.items()}


def _placed(step: Agreed, tickets: Sequence[Ticket]) -> Step:
    """The step, for one product or plan where all of its tickets are of it, and chance would hardly do that."""
    answered = [ticket for ticket in tickets if ticket.replies]
    own = [tickets[n] for n in sorted(step.tickets)]
    return Step(
        agreed=step,
        product=_only((t.product for t in own), _shares(t.product for t in answered), all_of_them=True),
        plan=_only((t.plan for t in own), _shares(t.plan for t in answered), all_of_them=True),
    )


def _only(names: Iterable[str], shares: Mapping[str, float], *, all_of_them: bool = False) -> str:
    """The name that nearly all have, where n tickets drawn by their `shares` would have it with p^n < 0.05."""
    every = list(names)
    known = [name for name in every if name]
    if not known or (all_of_them and len(known) < len(every)) or 2 * len(known) < len(every):
        return ""
    ((best, count),) = Counter(known).most_common(1)
    if count < (1 if all_of_them else 0.95) * len(known):
        return ""
    return best if shares.get(best, 1.0) ** len(known) < BY_CHANCE else ""


def _shares(names: Iterable[str]) -> dict[str, float]:
    counts = Counter(name for name in names if name)
    return {name: count / counts.total() for name, count in sorted(counts.items())}
