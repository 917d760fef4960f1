"""The language of an index: which words say little, and which are forms of one another (from Whoosh)."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kbgen.search.words import fold, words

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    from whoosh.lang import has_stemmer, has_stopwords, stemmer_for_language
    from whoosh.lang.stopwords import stoplists

QUESTION_WORDS = {
    "en": "a am an and are as at be but by can could d did do does don for from had has have how i if in into is it "
    "its ll m me my no not of on or our re s should so such t that the their then there these they this to us ve was "
    "we were what when where which who why will with would you your about am im",
    "de": "bei bekomme geht gibt habe ich kann kannst man mein meine meinen meiner mich mir muss soll warum wann was "
    "wer wie wieso wo wofür wohin",
    "fr": "c comment d dois est j l m n où peut peux pourquoi puis qu quand quel quelle quels quelles qui quoi s t",
    "es": "cómo cuál cuáles cuándo cuánto dónde hacer hago por puede puedo qué quién",
    "pt": "como fazer faço onde por porque posso pode quais qual quando que quem",
}
"""Words of questions, which people type and articles do not answer by; Whoosh's lists hold the rest."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """How one language is read; a language that is not known has neither stems nor words that say little."""

    code: str
    stop: frozenset[str]
    stem: Callable[[str], str]
    """The folded stem of a word with its accents."""

    def terms(self, text: str) -> list[tuple[str, str]]:
        """Each word of a text, folded, with the stem that stands for all its forms; one that says little has none."""
        pairs = ((fold(word), word) for word in words(text))
        return [(form, form if form in self.stop else self.stem(word)) for form, word in pairs]


@cache
def language(code: str) -> Language:
    """The language of a code such as `en` or `pt-BR`."""
    base = code.lower().replace("_", "-").partition("-")[0]
    known = (stoplists[base] if has_stopwords(base) and base != "en" else frozenset()) | frozenset(
        QUESTION_WORDS.get(base, "").split()
    )
    return Language(code=base, stop=frozenset(map(fold, known)), stem=_stemmer(base))


def _stemmer(code: str) -> Callable[[str], str]:
    if code == "ar" or not has_stemmer(code):  # Whoosh's stemmer of Arabic does not run on Python 3.7 and later
        return fold
    stem = stemmer_for_language(code)

    @cache
    def folded(word: str) -> str:
        return fold(stem(word)) or fold(word)

    return folded
