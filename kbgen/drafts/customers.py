"""Customers' sentences: those that may be shown, tidied, and told apart from one person's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kbgen.drafts.sayings import mentions
from kbgen.tickets.ticket import Ticket
from kbgen.topics.topic import FEWEST_TICKETS, STOP, Topic, asks

EVERYWHERE = 0.15
"""Share of all answers from which a word, such as the product's name, tells nothing."""

_LEAD = re.compile(
    r"^(?:(?:hi|hello|hey|hallo|question|quick question|frage|urgent|help|re|fwd?|aw|wg|problem|subject|betreff|ps|"
    r"another thing|one more thing|by the way|btw|also|and|so|but|please (?:tell|let) (?:me|us) know|"
    r"please tell (?:me|us)|could you tell (?:me|us)|noch etwas|außerdem|übrigens|und|bitte sagen sie mir)\b[ ,:!-]+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[ ,]+(?:please|pls|plz|bitte|thanks|thx|danke|asap))+(?=[?.! ]*$)", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[^.?!:\"“„] )[A-ZÄÖÜ][\w'’-]*[a-zäöüß][\w'’-]*")


def tidied(sentence: str) -> str:
    """The sentence without greeting, plea and shouting; with a capital letter, and a question mark where it asks."""
    text = _TAIL.sub("", _LEAD.sub("", sentence.strip())).strip(" -–.,;:!")
    if asks(text) and not text.endswith("?"):
        text = f"{text}?"
    return text[:1].upper() + text[1:]


def fitting(
    sentences: Sequence[str], topic: Topic, tickets: Sequence[Ticket], common: Mapping[str, float], lang: str
) -> tuple[str, ...]:
    """The tidied sentences that are about the topic and name nobody; `common` is the share of answers with a word.

    A word with a capital letter inside a sentence may be a name. It must stand in the answers to three tickets of the
    topic, as the names of products and buttons do; in German, where nouns have one, in three tickets.
    """
    told = [" ".join(t.replies) if lang != "de" else " ".join([t.question, *t.replies]) for t in tickets]
    counts = Counter(word for text in told for word in set(mentions(text)))
    usual = {word for word, count in counts.items() if count >= FEWEST_TICKETS}
    tidy = dict.fromkeys(map(tidied, sentences))
    return tuple(text for text in tidy if _is_about(text, topic, common) and _names_nobody(text, usual))


def _names_nobody(text: str, usual: set[str]) -> bool:
    words = [word for found in _CAPITAL.findall(text) for word in mentions(found)]
    return all(word in usual and word not in STOP for word in words)


def _is_about(text: str, topic: Topic, common: Mapping[str, float]) -> bool:
    """Whether a sentence names the topic, or at least two things that are not in every ticket."""
    naming = {word[:6] for own in topic.phrases for word in own.split()}
    words = {word for word in mentions(text) if word not in STOP and len(word) > 2}
    rare = [word for word in words if common.get(word, 0.0) < EVERYWHERE]
    return any(word[:6] in naming for word in words) or len(rare) > 1
