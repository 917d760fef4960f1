"""Facts about adding answer phrases to an article's file: nothing else in it changes."""

from __future__ import annotations

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles import front_matter
from kbgen.articles.answer_list import with_answers
from kbgen.errors import KbgenError

BODY = "\n# Words\n\nanswers:\n  - not this one\n"
WAYS = {
    "a list": ("title: T\nanswers:\n  - one\n  - two\nkind: faq\n", "  - New?\n"),
    "a list that is not indented": ("title: T\nanswers:\n- one\n- two\nkind: faq\n", "- New?\n"),
    "a list with wide dashes": ("title: T\nanswers:\n    -   one\n", "    -   New?\n"),
    "a list with comments": (
        "title: T # t\nanswers: # of customers\n  - one # 1\n  # why\n  - 'two'  # 2\n# end\n",
        "  - New?\n",
    ),
    "a list with quotes": ("title: T\nanswers:\n  - \"one: 1\"\n  - 'it''s'\nowner: x\n", "  - New?\n"),
    "a list with a blank line below": ("title: T\nanswers:\n  - one\n\nowner: x\n", "  - New?\n"),
    "a list at the end": ("title: T\nanswers:\n  - one\n", "  - New?\n"),
    "a list with a folded text": ("title: T\nanswers:\n  - >-\n    one\n    more\nowner: x\n", "  - New?\n"),
    "a list over several lines": ("title: T\nanswers:\n  - one\n    goes on\nowner: x\n", "  - New?\n"),
    "no list": ("title: T\nkind: faq # k\n", "answers:\n  - New?\n"),
    "an empty key": ("title: T\nanswers:\nkind: faq\n", "  - New?\n"),
    "an empty key with a comment": ("title: T\nanswers: # none yet\nkind: faq\n", "  - New?\n"),
}
"""Front matter, and the lines that are added to it."""


def changed(before: str, after: str) -> tuple[str, str]:
    """What was taken out, and what was added, as lines."""
    lines = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return "".join(x[2:] for x in lines if x[0] == "-"), "".join(x[2:] for x in lines if x[0] == "+")


def answers(text: str) -> tuple[str, ...]:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems: list[KbgenError] = []
    meta = front_matter.read(front_matter.split(plain), "x.md", problems.append)
    assert meta
    return meta.answers


@pytest.mark.parametrize("way", WAYS)
def test_lines_are_added_and_no_other_changes(way: str) -> None:
    """However a list is written, its new lines look like those that are there, and stand below them."""
    head, added = WAYS[way]
    text = f"---\n{head}---\n{BODY}"
    longer = with_answers(text, ["New?"], shown="x.md")
    assert changed(text, longer) == ("", added)
    assert answers(longer) == (*answers(text), "New?")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("answers: [one, 'two']", "answers: [one, 'two', \"New?\"]"),
        ("answers: [one,]", 'answers: [one, "New?",]'),
        ("answers: []  # none", 'answers: ["New?"]  # none'),
        ("answers: ~", 'answers: ["New?"]'),
        ("answers: null # none", 'answers: ["New?"] # none'),
        ("answers: only one", 'answers: [only one, "New?"]'),
        ("answers: [\n  one, # 1\n  two # 2\n  ]", 'answers: [\n  one, # 1\n  two, "New?" # 2\n  ]'),
    ],
)
def test_a_list_in_brackets_grows_in_its_line(written: str, expected: str) -> None:
    """Brackets, quotes and comments stay."""
    text = f"---\ntitle: T\n{written}\nowner: x\n---\n{BODY}"
    assert with_answers(text, ["New?"], shown="x.md") == text.replace(written, expected)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_and_mark_of_order_stay(ending: str) -> None:
    """New lines end as those around them do."""
    text = "\ufeff" + f"---\ntitle: Tränen 👍\nanswers:\n  - ö 👍\nowner: x\n---\n{BODY}".replace("\n", ending)
    expected = text.replace(f"  - ö 👍{ending}", f"  - ö 👍{ending}  - New?{ending}")
    assert with_answers(text, ["New?"], shown="x.md") == expected


def test_mixed_line_ends_stay() -> None:
    """A file that two systems have written keeps each line's end."""
    text = "---\r\ntitle: T\nanswers:\r\n  - one\n  - two\r\nowner: x\n---\r\nBody\n"
    expected = "---\r\ntitle: T\nanswers:\r\n  - one\n  - two\r\n  - New?\r\nowner: x\n---\r\nBody\n"
    assert with_answers(text, ["New?"], shown="x.md") == expected


@pytest.mark.parametrize(
    "head",
    [
        "title: T\nrelated: &list [a.md]\nanswers: *list\n",
        "{title: T, kind: faq}\n",
        "title: T\nanswers: one, two\n",
        "title: T\nanswers: {one: two}\n",
        "kind: faq\n",
        "title: [\n",
    ],
)
def test_what_cannot_be_added_to_safely_is_refused(head: str) -> None:
    """Rather than change anything else, the text is refused, with its place."""
    with pytest.raises(KbgenError) as caught:
        with_answers(f"---\n{head}---\n{BODY}", ["New?"], shown="x.md")
    assert caught.value.where


def test_a_merge_conflict_is_refused() -> None:
    """The message names the line where it begins."""
    text = "---\ntitle: T\n---\n<<<<<<< HEAD\nour\n=======\ntheir\n>>>>>>> branch\n"
    with pytest.raises(KbgenError, match="merge conflict") as caught:
        with_answers(text, ["New?"], shown="x.md")
    assert str(caught.value.where) == "x.md:4"


@given(st.lists(st.text(st.characters(max_codepoint=0x24F), min_size=1), min_size=1), st.sampled_from(sorted(WAYS)))
def test_any_phrase_is_read_as_it_was_written(phrases: list[str], way: str) -> None:
    """Whatever a phrase holds, the list says exactly that afterwards, and all other lines are there."""
    said = [phrase.strip() or "x" for phrase in phrases]
    text = f"---\n{WAYS[way][0]}---\n{BODY}"
    try:
        longer = with_answers(text, said, shown="x.md")
    except KbgenError:
        assert any(not phrase.isprintable() for phrase in said)
        return
    assert answers(longer) == (*answers(text), *said)
    assert set(text.splitlines()) <= set(longer.splitlines())
    assert yaml.safe_load(front_matter.split(longer).yaml or "")["title"] == "T"
