"""The query sets: queries made of the titles and of what stands deep in the articles, the same in every run."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from depths import deep_queries
from documents import Document
from queries import Query
from spelling import ALONE, WORD, misspelt, one_off, two_off

SETS = ("exact", "typo", "typo2", "prefix", "synonym", "deep", "questions", "tickets")
"""All there are; the last two are not made of the documents."""
MOST = 200
"""How many queries a set has at most."""
Change = Callable[[str, random.Random], str | None]
"""Makes a query of a title; nothing where the title does not lend itself to it."""


@dataclass(frozen=True, kw_only=True)
class Titles:
    """The titles of a help centre, in lower case, each with its articles."""

    articles: Mapping[str, frozenset[str]]

    def called(self, title: str) -> frozenset[str]:
        """All articles of that title."""
        return self.articles[title.lower()]

    def beginning(self, text: str) -> frozenset[str]:
        """The articles whose titles begin as somebody began to type."""
        start = text.lower()
        return frozenset().union(*(some for title, some in self.articles.items() if title.startswith(start)))


def titles_of(documents: Sequence[Document]) -> Titles:
    found: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        found[document.title.lower()].add(document.article)
    return Titles(articles={title: frozenset(articles) for title, articles in found.items()})


def exact(title: str, _: random.Random) -> str:
    return title


def typo(title: str, pick: random.Random) -> str | None:
    return misspelt(title, one_off, 4, pick)


def typo2(title: str, pick: random.Random) -> str | None:
    return misspelt(title, two_off, 8, pick)


def prefix(title: str, pick: random.Random) -> str | None:
    """The first words, of which the last is cut after three letters or more."""
    long = [found for found in WORD.finditer(title) if len(found[0]) > 3]
    if not long:
        return None
    last = pick.choice(long[1:] or long)
    return title[: last.start() + pick.randrange(3, len(last[0]))]


def synonym(synonyms: Mapping[str, str], title: str, pick: random.Random) -> str | None:
    """The title with one word of several said otherwise."""
    words = list(ALONE.finditer(title))
    known = [found for found in words if found[0].lower() in synonyms]
    if len(words) < 2 or not known:
        return None
    word = pick.choice(known)
    return title[: word.start()] + synonyms[word[0].lower()] + title[word.end() :]


def query_sets(documents: Sequence[Document], synonyms: Mapping[str, str]) -> dict[str, list[Query]]:
    """All sets that can be made of the documents; one that would be empty is left out."""
    titles = titles_of(documents)
    changes: dict[str, Change] = {"exact": exact, "typo": typo, "typo2": typo2, "prefix": prefix}
    changes["synonym"] = partial(synonym, synonyms)
    sets = {name: list(islice(changed(name, change, documents, titles), MOST)) for name, change in changes.items()}
    sets["deep"] = deep_queries(documents, MOST, seeded("deep"))
    return {name: queries for name, queries in sets.items() if queries}


def changed(name: str, change: Change, documents: Sequence[Document], titles: Titles) -> Iterator[Query]:
    """Queries made of titles, each title and each query once."""
    pick, seen = seeded(name), set[str]()
    made = ((document, change(document.title, pick)) for document in pick.sample(documents, len(documents)))
    for document, text in made:
        if text and not seen & {text.lower(), document.title.lower()}:
            seen |= {text.lower(), document.title.lower()}
            yield Query(text=text, relevant=relevant(name, text, document, titles))


def relevant(name: str, text: str, document: Document, titles: Titles) -> frozenset[str]:
    """All articles of that title; while it is being typed, all articles whose titles begin so."""
    return titles.beginning(text) if name == "prefix" else titles.called(document.title)


def seeded(name: str) -> random.Random:
    return random.Random(f"kbgen search {name}")  # noqa: S311 - queries, not secrets
