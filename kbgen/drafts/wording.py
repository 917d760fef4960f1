"""The wording: what a draft says by itself, in the language of its topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from kbgen.tickets.ticket import Ticket

LANGUAGES = ("en", "de")
"""Languages that drafts can be written in; a topic in another one gets the words of the first."""

_WORD = re.compile(r"[^\W\d_]+")
_TELLING = {
    "en": frozenset("the and is are not my can how what with for this have it we you do does to in of".split()),
    "de": frozenset(
        "der die das und ist sind nicht ich wir mein meine kann wie was mit für auf den dem ein eine zu im sie bitte "
        "hallo oder wo warum".split()
    ),
}


class Wording:
    """The sentences of one language by their names."""

    def __init__(self, lang: str, sentences: Mapping[str, str]) -> None:
        """Keep the sentences of `words/<lang>.yml`."""
        self.lang = lang
        self._sentences = dict(sentences)

    @property
    def names(self) -> frozenset[str]:
        """The names of all sentences."""
        return frozenset(self._sentences)

    def asks_for_values(self, sentence: str) -> bool:
        """Whether a sentence has places to be filled."""
        return "{" in self._sentences[sentence]

    def __call__(self, sentence: str, /, **values: object) -> str:
        """One sentence, with its places filled."""
        return self._sentences[sentence].format(**values)

    def listed(self, items: Sequence[str]) -> str:
        """The items as a list in a sentence: 'A, B and C'."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('and')} {items[-1]}"


@cache
def wording(lang: str) -> Wording:
    """The wording of a language tag; that of `en` where drafts do not know the language."""
    known = lang.partition("-")[0].lower()
    known = known if known in LANGUAGES else LANGUAGES[0]
    text = (files("kbgen.drafts") / "words" / f"{known}.yml").read_text(encoding="utf-8")
    return Wording(known, yaml.safe_load(text))


def language_of(ticket: Ticket) -> str:
    """The primary language tag of a ticket: what it says itself, else what its small words tell; `""` for neither."""
    if ticket.lang:
        return ticket.lang.partition("-")[0].lower()
    words = _WORD.findall(" ".join([ticket.question, *ticket.replies]).casefold())
    counts = {lang: sum(word in telling for word in words) for lang, telling in _TELLING.items()}
    best = max(LANGUAGES, key=lambda lang: counts[lang])
    return best if counts[best] else ""


def main_language(tickets: Sequence[Ticket]) -> str:
    """The language of most of the tickets; `en` where none can be told."""
    counts = Counter(lang for ticket in tickets if (lang := language_of(ticket)))
    return min(counts, key=lambda lang: (-counts[lang], lang)) if counts else LANGUAGES[0]
