"""Doubts: what looks personal in a text that has passed privacy, and is not certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from kbgen.tickets.names import NAME
from kbgen.tickets.privacy import MARK

_SIGN = re.compile(r"\S*\w@\S*|\S*@\w\S*")
_RUN = re.compile(r"(?<![\w.])\d(?:[ ./-]?\d){6,}(?!\w)")
_DATES = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,3}(?:[.,]\d{3})+|\d+(?:\.\d+)+")
_PAIR = re.compile(rf"(?<=[^\W\d_][ ,])[ ]?(?P<pair>{NAME}[ ]{NAME})(?!\w)")
_WORTH_A_LOOK = re.compile(r"@|\d{3}|\d.\d|[^\W\d_a-zß-ÿ][^\W\d_]+ [^\W\d_a-zß-ÿ]")
_TOKEN = re.compile(r"(?<![\w/.-])(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{12,}(?![\w/.-])")


def doubts_in(text: str, terms: Collection[str] = ()) -> Counter[str]:
    """How often each kind of doubt stands in a scrubbed text: "sign" (@), "digits", "token" and "capitals".

    `terms` are words, in small letters, that the product's own texts use: two capitalised words of which one is a
    term name nobody.
    """
    rest = MARK.sub(" , ", text) if "[" in text else text
    if not _WORTH_A_LOOK.search(rest):
        return Counter()
    pairs = (match["pair"].lower().split() for match in _PAIR.finditer(rest))
    counts = {
        "sign": len(_SIGN.findall(rest)),
        "digits": len(_RUN.findall(_DATES.sub(" ", rest))),
        "token": len(_TOKEN.findall(rest)),
        "capitals": len([pair for pair in pairs if not any(word in terms for word in pair)]),
    }
    return Counter({kind: count for kind, count in counts.items() if count})
