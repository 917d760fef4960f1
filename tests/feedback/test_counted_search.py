"""The search: what a message must hold to be one."""

from __future__ import annotations

import pytest

from kbgen.errors import KbgenError
from kbgen.feedback.search import LONGEST_QUERY, Search, read_search

FLAGS: dict[str, object] = {"clicked": True, "contacted": False}
MESSAGE: dict[str, object] = {"query": "Reset password?", "lang": "en", "results": 3, **FLAGS}


def test_whole_search() -> None:
    """Every field is read, and the query is scrubbed at once."""
    assert read_search(MESSAGE) == Search(query="reset password", lang="en", results=3, clicked=True, contacted=False)
    assert read_search({**MESSAGE, "query": "mail of a.b@c.example"}).query == "mail of [email]"


def test_least_search() -> None:
    """Nobody clicked or wrote where the message does not say so."""
    search = read_search({"query": "x", "lang": "pt_BR", "results": 0})
    assert (search.lang, search.clicked, search.contacted) == ("pt-br", False, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("query", None),
        ("query", 5),
        ("query", ""),
        ("query", " ?! "),
        ("query", "\u200b"),
        ("query", "x" * (LONGEST_QUERY + 1)),
        ("lang", None),
        ("lang", "english language"),
        ("lang", "en\n"),
        ("results", None),
        ("results", True),
        ("results", -1),
        ("results", 2.5),
        ("results", 10**9),
        ("clicked", "yes"),
        ("clicked", None),
        ("contacted", 1),
    ],
)
def test_wrong_field(name: str, value: object) -> None:
    """A field of another form is refused by its name, and the query is not repeated."""
    with pytest.raises(KbgenError, match=f"'{name}'") as caught:
        read_search({**MESSAGE, name: value})
    assert "xxx" not in caught.value.problem


def test_unknown_field() -> None:
    """What a search does not have is refused: it could say who searched."""
    with pytest.raises(KbgenError, match="unknown field 'visitor'"):
        read_search({**MESSAGE, "visitor": "x"})
