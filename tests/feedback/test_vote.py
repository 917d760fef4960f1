"""The vote: what a message must hold to be one."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.feedback.vote import LONGEST_COMMENT, Reason, Vote, read_vote

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
MESSAGE: dict[str, object] = {"id": ID, "article": "g/a.md", "revision": "0123456789abcdef", "helpful": False}


def test_whole_vote() -> None:
    """Every field of a vote is read."""
    message = {**MESSAGE, "reason": "unclear", "comment": " Step 3?\nNo button. "}
    assert read_vote(message) == Vote(
        id=ID,
        article="g/a.md",
        revision="0123456789abcdef",
        helpful=False,
        reason=Reason.UNCLEAR,
        comment="Step 3?\nNo button.",
    )


def test_least_vote() -> None:
    """Reason and comment may be left out, or be null."""
    assert read_vote(MESSAGE) == read_vote({**MESSAGE, "reason": None, "comment": None})


@pytest.mark.parametrize("helpful", [True, False, None])
def test_helpful(helpful: bool | None) -> None:
    """A vote is yes, no, or taken back."""
    assert read_vote({**MESSAGE, "helpful": helpful}).helpful is helpful


def test_id_in_capitals() -> None:
    """An id is the same vote in capitals and without dashes."""
    assert read_vote({**MESSAGE, "id": ID.upper()}).id == ID
    assert read_vote({**MESSAGE, "id": ID.replace("-", "")}).id == ID


@pytest.mark.parametrize("name", ["id", "article", "revision", "helpful"])
def test_missing_field(name: str) -> None:
    """A vote without one of its four fields is refused by the field's name."""
    with pytest.raises(KbgenError, match=f"'{name}'"):
        read_vote({key: value for key, value in MESSAGE.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "1"),
        ("id", 0),
        ("id", None),
        ("id", ID + "0"),
        ("article", None),
        ("article", ""),
        ("article", "g/a"),
        ("article", "/a.md"),
        ("article", "g//a.md"),
        ("article", "../a.md"),
        ("article", "g/./a.md"),
        ("article", "a\x00.md"),
        ("article", "a\ud800.md"),
        ("article", "a" * 298 + ".md"),
        ("article", ["a.md"]),
        ("revision", ""),
        ("revision", "0123456789ABCDEF"),
        ("revision", "0123456789abcdef0"),
        ("revision", "0123456789abcdef\n"),
        ("revision", 1234567890123456),
        ("helpful", "true"),
        ("helpful", 1),
        ("helpful", ""),
        ("reason", "boring"),
        ("reason", ""),
        ("reason", ["wrong"]),
        ("comment", 1),
        ("comment", ["x"]),
        ("comment", "x" * (LONGEST_COMMENT + 1)),
    ],
)
def test_wrong_field(name: str, value: object) -> None:
    """A field of another form is refused by its name."""
    with pytest.raises(KbgenError, match=f"'{name}'"):
        read_vote({**MESSAGE, name: value})


@pytest.mark.parametrize("path", ["a\nb.md", "a\tb.md", "a\u2028b.md", "a\u202eb.md"])
def test_article_on_several_lines(path: str) -> None:
    """The path of an article is one printable line, for it is printed in a table."""
    with pytest.raises(KbgenError, match="'article'"):
        read_vote({**MESSAGE, "article": path})


def test_unknown_field() -> None:
    """A field that a vote does not have is refused, with those that it has, and cut where it is long."""
    with pytest.raises(KbgenError, match="unknown field 'email'") as caught:
        read_vote({**MESSAGE, "email": "a@example.com"})
    assert "article, comment, helpful, id, query, reason, revision, section" in caught.value.hint
    with pytest.raises(KbgenError) as caught:
        read_vote({**MESSAGE, "x" * 5000: 1})
    assert len(caught.value.problem) < 100


def test_longest_comment() -> None:
    """A comment of the greatest length is kept whole."""
    assert len(read_vote({**MESSAGE, "comment": "é" * LONGEST_COMMENT}).comment) == LONGEST_COMMENT


def test_control_characters() -> None:
    """Control characters and halves of characters are taken out of a comment; line breaks and tabs stay."""
    assert read_vote({**MESSAGE, "comment": "a\x00\x1b[31mb\r\nc\td\x85\ud800"}).comment == "a[31mb\nc\td"


anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=2)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*MESSAGE, "reason", "comment"]) | st.text(), anything), st.booleans())
def test_any_message(message: dict[str, object], filled: bool) -> None:
    """Whatever a message holds, it is a vote or it is refused with words; nothing else is raised."""
    with contextlib.suppress(KbgenError):
        vote = read_vote({**MESSAGE, **message} if filled else message)
        assert len(vote.id) == 36
        assert len(vote.revision) == 16
        assert vote.article.endswith(".md")
        assert vote.comment.encode().decode() == vote.comment


@given(st.uuids(), st.sampled_from([True, False, None]), st.sampled_from([None, *Reason]), st.text(max_size=50))
def test_stored_vote_is_a_vote(id_: object, helpful: bool | None, reason: Reason | None, comment: str) -> None:
    """A vote that was read reads the same again."""
    message = {**MESSAGE, "id": str(id_), "helpful": helpful, "reason": reason, "comment": comment}
    vote = read_vote(message)
    assert read_vote(vars(vote)) == vote
