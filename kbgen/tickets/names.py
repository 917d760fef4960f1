"""Names: the words of people's names that a conversation gives away."""

from __future__ import annotations

import re
from collections.abc import Iterable

NAME = r"[A-ZÀ-Þ][a-zß-ÿ'’]+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?"
"""One word of a name, for use in patterns."""

_FULL_NAME = rf"(?P<name>{NAME}(?:[ \t]+{NAME}){{0,2}})"
_INTRODUCED = re.compile(r"\b(?:[Mm]y name is|[Ii] am called|[Tt]his is|[Mm]ein Name ist|[Ii]ch heiße)\s+" + _FULL_NAME)
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Herrn?|Frau|Prof)\b\.?\s+" + _FULL_NAME)
_GREETED = re.compile(
    r"(?:^|\n)\W*(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|HI|HELLO|[Hh]allo|[Ll]iebe[rs]?|[Gg]uten (?:Tag|Morgen)|"
    r"[Gg]ood (?:morning|afternoon|evening))\s+" + _FULL_NAME
)
_SIGNED = re.compile(r"(?:^|\n)[-–—/~* ]*" + _FULL_NAME + r"[ \t]*(?:,.*)?(?=\n|$)")
_NOT_NAMES = frozenset(
    (
        "Team Support All Everyone Everybody There Folks Sir Madam Thanks Thank Regards Best Kind Cheers Help "
        "Hello Hi Service Sent Damen Herren Grüße Danke Sales Desk Manager Head Senior Lead Office Docs "
        "Writer Customer Success Operations Engineering Product The This That Again Greetings Sincerely Yours "
        "Many Warm Ltd Inc GmbH On From To Subject Just One Is"
    ).split()
)
_ROLES = frozenset("support service office hello contact sales admin webmaster team customer accounts editor".split())


def names_in(texts: Iterable[str], tails: Iterable[str], requester: str) -> frozenset[str]:
    """Words of people's names that the conversation gives away.

    By cues ("my name is …", "Dear …", "Mr …"), by what stands below messages, and by the requester's address.
    """
    texts, tails = list(texts), list(tails)
    spans = [
        match["name"]
        for text in texts
        for pattern in (_INTRODUCED, _ADDRESSED, _GREETED)
        for match in pattern.finditer(text)
    ]
    spans += [match["name"] for tail in tails for match in _SIGNED.finditer(tail)]
    words = {word for span in spans for word in span.split()}
    local = requester.partition("@")[0].lower()
    if local:
        everything = " ".join([*texts, *tails])
        words |= {w for w in re.findall(NAME, everything) if len(w) >= 4 and w.lower() in local}
        parts = {part for part in re.split(r"[^a-zß-ÿ]+", local) if len(part) >= 5} - _ROLES
        words |= {spelt for part in parts for spelt in (part, part.capitalize())}
    return frozenset(word for word in words if len(word) >= 2 and word not in _NOT_NAMES)
