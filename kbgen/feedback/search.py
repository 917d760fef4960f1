"""The search: what somebody looked for in the help centre, and whether it led anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.errors import KbgenError
from kbgen.feedback.fields import refuse_unknown
from kbgen.feedback.scrub import scrubbed

LONGEST_QUERY = 500
"""Characters of a search that are read."""
MOST_RESULTS = 1_000_000

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_KEYS = frozenset({"query", "lang", "results", "clicked", "contacted"})


@dataclass(frozen=True, kw_only=True)
class Search:
    """One search; nothing says who searched, or when."""

    query: str
    """What was typed, after personal data was taken out."""
    lang: str
    results: int
    """How many articles were found."""
    clicked: bool
    """Whether one of them was opened."""
    contacted: bool
    """Whether the searcher then wrote to a person."""


def read_search(data: Mapping[str, object]) -> Search:
    """The search in a message, scrubbed; raises a `KbgenError` that names the first field that is wrong."""
    refuse_unknown(data, _KEYS, "a search")
    return Search(
        query=_query(data.get("query")),
        lang=_language(data.get("lang")),
        results=_results(data.get("results")),
        clicked=_truth(data, "clicked"),
        contacted=_truth(data, "contacted"),
    )


def _query(value: object) -> str:
    if not isinstance(value, str):
        raise KbgenError("'query' is not text")
    if len(value) > LONGEST_QUERY:
        raise KbgenError(f"'query' has more than {LONGEST_QUERY} characters")
    query = scrubbed(value)
    if not query:
        raise KbgenError("'query' is empty")
    return query


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise KbgenError("'lang' is not the code of a language, such as 'en'")
    return value.replace("_", "-").lower()


def _results(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_RESULTS:
        raise KbgenError("'results' is not a number of articles")
    return value


def _truth(data: Mapping[str, object], name: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise KbgenError(f"'{name}' is not true or false")
    return value
