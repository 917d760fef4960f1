"""What stands deep in one article and nowhere else: a rare word with its neighbour, or a code."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from documents import Document
from queries import Query

DEPTH = 1_500
"""Characters of the body before which a text counts as standing at the beginning."""
TOKEN = re.compile(r"\w+")
CODE = re.compile(r"\b(?:0x[0-9a-fA-F]{4,}|[A-Z]{2,}[-_]?\d{3,}|[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]{2,})+)\b")
PAIR = re.compile(r"(?<![^\s(])(?=([^\W\d_]{4,}) ([^\W\d_]{4,})[.,;:!?)]*(?:\s|$))")
"""Two words of prose with a space between; matches may overlap."""


def deep_queries(documents: Sequence[Document], most: int, pick: random.Random) -> list[Query]:
    """One query of an article at most, a quarter of them codes where there are so many."""
    holders = Counter(token for document in documents for token in tokens(document))
    found: list[Query] = []
    codes = 0
    for document in pick.sample(documents, len(documents)):
        pairs, rare_codes = rare_pairs(document, holders), rare_codes_of(document, holders)
        takes_code = bool(rare_codes) and codes < most // 4
        choices = rare_codes if takes_code else pairs
        if choices:
            codes += takes_code
            found.append(Query(text=pick.choice(choices), relevant=frozenset({document.article})))
        if len(found) == most:
            break
    return found


def tokens(document: Document) -> set[str]:
    """Every word of a document, in lower case, once."""
    texts = [document.title, document.description, *document.answers, *document.headings, document.body]
    return set(TOKEN.findall(" ".join(texts).lower()))


def rare_pairs(document: Document, holders: Counter[str]) -> list[str]:
    """Pairs with a word that stands in no other document, and in this one only deep in the body."""
    return [
        f"{first} {second}"
        for first, second in unique(PAIR.finditer(document.body, DEPTH))
        if any(holders[word.lower()] == 1 and is_deep(word, document) for word in (first, second))
    ]


def unique(matches: Iterator[re.Match[str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((match[1], match[2]) for match in matches))


def rare_codes_of(document: Document, holders: Counter[str]) -> list[str]:
    """Codes of which a piece stands in no other document."""
    found = dict.fromkeys(match[0] for match in CODE.finditer(document.body, DEPTH))
    rare = [code for code in found if any(holders[piece] == 1 for piece in TOKEN.findall(code.lower()))]
    return [code for code in rare if is_deep(code, document)]


def is_deep(text: str, document: Document) -> bool:
    """Whether a text stands nowhere but deep in the body."""
    high = [document.title, document.description, *document.answers, *document.headings, document.body[:DEPTH]]
    return text.lower() not in " ".join(high).lower()
