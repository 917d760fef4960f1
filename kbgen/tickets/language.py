"""Language: in which language a ticket is written, by py3langid (naive Bayes over byte n-grams, offline)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SUREST = 0.9
"""Probability from which a language is believed."""
SHORTEST = 20
"""Letters that a text needs: of fewer nothing can be said."""
READ = 400
"""Characters that are looked at."""
LANGUAGES = "en de fr es it pt nl pl sv da no fi cs hu ro tr ru uk el he ar zh ja ko".split()

_TAG = re.compile(r"[a-z]{2,3}(?=[-_]|\Z)")
_MARK = re.compile(r"\[[a-z]+\]|[\d\W]+")


def language_of(text: str, said: str = "") -> str:
    """The primary tag of the text's language; where it is too short to tell, what the export `said`, or `""`."""
    words = _MARK.sub(" ", text[:READ]).strip()
    if len(words) >= SHORTEST:
        tag, sure = _identifier().classify(words)
        if sure >= SUREST:
            return str(tag)
    return primary(said)


def primary(tag: str) -> str:
    """The language of a tag such as de-AT, in small letters; `""` where it is none."""
    match = _TAG.match(tag.strip().lower())
    return match[0] if match else ""


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (takes half a second)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
