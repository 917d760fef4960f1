"""The title: a question or a complaint as a customer would type it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kbgen.articles.kinds import Kind
from kbgen.drafts.material import Material
from kbgen.drafts.sayings import mentions
from kbgen.drafts.substance import is_trouble
from kbgen.drafts.wording import Wording, wording
from kbgen.topics.topic import STOP, asks

SHORTEST, LONGEST = 3, 14
"""Words of a title."""

MOST = 24
"""Sentences that are looked at, the clearest first."""

OFTEN = 0.4
"""Share of the tickets that must quote a message for it to be the title."""

FEWEST_TELLING = 2
"""Words of a title that tell something."""

_OWN = re.compile(
    r"\b(?:our|us|boss|ceo|customer|client|colleague|wife|husband|yesterday|today|tomorrow|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|morning|urgent\w*|asap|still|again|re|fwd|fw|aw|wg|help|pls|plz|question|"
    r"unser\w*|chef\w*|kunde\w*|gestern|heute|morgen|dringend|frage|hilfe)\b|[!]{1,}|\.\.|\b[A-Z]{6,}\b|[:;]-?\)",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:i|my|me|ich|mein\w*|mir|mich)\b", re.IGNORECASE)
_FIRM = re.compile(r"\b(?:we|we've|we're|wir)\b", re.IGNORECASE)


def title_of(found: Material, kind: Kind) -> str:
    """The best of the customers' sentences.

    A message that many quote is the title of an article on trouble; where no sentence may be shown, the topic's
    phrases are put into a question.
    """
    messages, phrases = found.messages, found.topic.phrases
    if kind is Kind.TROUBLESHOOTING and messages and messages[0].tickets >= OFTEN * len(found.tickets):
        text = messages[0].text
        return text if len(text.split()) >= SHORTEST else wording(found.lang)("fallback_trouble", phrases=text)
    tidy = [t for t in found.phrases[:MOST] if SHORTEST <= len(t.split()) <= LONGEST]
    if not tidy:
        return _put_together(phrases, kind, wording(found.lang))
    telling = {word[:6] for phrase in phrases for word in phrase.casefold().split()}
    scores = [_fitness(t, kind) + 2 * _names(t, telling) - 0.25 * place for place, t in enumerate(tidy)]
    return tidy[scores.index(max(scores))]


def _put_together(phrases: Sequence[str], kind: Kind, say: Wording) -> str:
    name = "fallback_trouble" if kind is Kind.TROUBLESHOOTING else "fallback_title"
    text = say(name, phrases=", ".join(phrases[:3]))
    return text[:1].upper() + text[1:]


def _names(text: str, telling: set[str]) -> bool:
    """Whether a sentence holds a word that sets the topic apart."""
    return any(word[:6] in telling for word in re.findall(r"\w+", text.casefold()))


def _fitness(text: str, kind: Kind) -> float:
    words = len(text.split())
    asked = 3.0 if asks(text) else 0.0
    fits = asked if kind is not Kind.TROUBLESHOOTING else 2.0 * is_trouble(text) - asked / 6
    fits -= 1.5 * (sum(word not in STOP for word in mentions(text)) < FEWEST_TELLING)
    own = -2.0 if _OWN.search(text) else 0.0
    own -= bool(re.search(r"\d{2}", text))
    person = 0.3 * bool(_SELF.search(text)) + 0.9 * bool(_FIRM.search(text))
    return fits + own - person - 0.3 * max(0, words - 9) - 0.6 * (words < 4)
