"""Names: the words of people's names that a conversation gives away."""

from __future__ import annotations

import re
from collections.abc import Iterable

NAME = r"[^\W\d_a-zß-ÿ](?:[^\W\d_]|['’](?=[^\W\d_]))+(?:-[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))+)?"
"""One word of a name that begins with a capital, in any script, for use in patterns."""

_PARTICLE = r"(?:van|von|de|da|del|der|den|di|du|la|le|bin|al|el|ter)"
_FULL_NAME = rf"(?:{_PARTICLE}[ \t]+)*{NAME}(?:[ \t]+(?:{_PARTICLE}[ \t]+)*{NAME}){{0,2}}"
_NAMED = rf"(?P<name>{_FULL_NAME})"
_SEVERAL = rf"(?P<name>{_FULL_NAME}(?:[ \t]*(?:,|&|\band\b|\bund\b)[ \t]*{_FULL_NAME})*)"
_HELLO = (
    r"(?:^|\n)\W*(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|HI|HEY|HELLO|DEAR|[Hh]allo|[Ll]iebe[rs]?|[Gg]uten (?:Tag|Morgen)|"
    r"[Gg]ood (?:morning|afternoon|evening))"
)
_BYE = (
    r"(?i:\b(?:thanks|thank you|many thanks|thx|cheers|(?:kind |best |warm )?(?:regards|wishes)|best|sincerely|yours|"
    r"greetings|danke|gr(?:uß|üße)|lg|vg|mfg))"
)
_CUES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:[Mm]y name is|[Ii] am called|[Tt]his is|[Mm]ein Name ist|[Ii]ch heiße)\s+" + _NAMED,
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Herrn?|Frau|Prof)\b\.?\s+" + _NAMED,
        _HELLO + r"[ \t]*,?[ \t]+" + _SEVERAL,
        _HELLO + r"[ \t]*,?[ \t]+(?P<name>[^\W\d_]{3,})(?=[ \t]*[,!\n])",
        _BYE + r"[ \t]*[,!.–-][ \t]*" + _NAMED + r"(?=[ \t.!]*(?:\n|\Z))",
        _BYE + rf"[ \t]*,[ \t]*(?P<name>{NAME}[ \t]+{NAME})[ \t]*,",
        _BYE + r"[ \t]*,[ \t]*(?P<name>[^\W\d_]{3,})(?=[ \t.!]*(?:\n|\Z))",
        _NAMED + r"[ \t]*<[^<>\n]*@[^<>\n]*>",
        r"(?:^|\n)" + _NAMED + r" here\b",
    )
)
_SIGNED = re.compile(rf"(?:^|\n)[-–—/~* ]*{_NAMED}[ \t]*(?:[,|(·].*)?(?=\n|\Z)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+")
_NOT_NAMES = frozenset(
    (
        "team support all everyone everybody there folks guys sir madam thanks thank regards best kind cheers help "
        "hello hi hey service sent damen herren grüße danke sales desk manager head senior lead office docs again "
        "writer customer success operations engineering product the this that greetings sincerely yours and und "
        "many warm ltd inc gmbh on from to subject just one is in advance so much you for your how what it we van von "
        "de da del der den di du la le bin al el ter pdf yes no not please sorry"
    ).split()
)
_ROLES = frozenset(
    (
        "support service office hello contact sales admin webmaster team customer customers accounts account editor "
        "invoice invoices billing password info mail post help docs web site shop it hr press news email user users"
    ).split()
)


def names_in(texts: Iterable[str], tails: Iterable[str], requester: str) -> frozenset[str]:
    """Words of people's names that the conversation gives away, in the spellings that may occur.

    By cues ("my name is …", "Dear …", "Mr …"), by what stands below messages, and by the requester's address.
    """
    texts, tails = list(texts), list(tails)
    spans = [match["name"] for text in (*texts, *tails) for cue in _CUES for match in cue.finditer(text)]
    spans += [match["name"] for tail in tails for match in _SIGNED.finditer(tail)]
    cued = {word for span in spans for word in _WORD.findall(span) if len(word) >= 2 and word.lower() not in _NOT_NAMES}
    own = _words_of_address(requester, " ".join([*texts, *tails]))
    return frozenset({*cued, *(word.upper() for word in cued if len(word) > 3), *own})


def _words_of_address(requester: str, text: str) -> set[str]:
    """Parts of the requester's address, in every spelling, and words of the text that its parts are made of."""
    local = requester.partition("@")[0].lower()
    parts = {part for part in re.split(r"[^a-zß-ÿ]+", local) if len(part) >= 2} - _ROLES
    spelt = {form for part in parts if len(part) >= 3 for form in (part, part.capitalize(), part.upper())}
    spelt |= {part.capitalize() for part in parts if len(part) == 2}
    inside = {word for word in re.findall(NAME, text) if len(word) >= 4 and word.lower() in local}
    return spelt | {word for word in inside if word.lower() not in _ROLES | _NOT_NAMES}
