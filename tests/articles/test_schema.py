"""The schema reader: YAML into dataclasses, every problem with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.json_schema import json_schema
from kbgen.articles.schema import Reader, key
from kbgen.articles.yaml_tree import child, compose
from kbgen.errors import KbgenError


class Colour(StrEnum):
    """A closed choice."""

    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A nested mapping."""

    name: str = key("what it is called")
    weight: float = key("how long it lasts", 0.0)


@dataclass(frozen=True, kw_only=True)
class Tree:
    """One field of every annotation that the reader takes."""

    title: str = key("required")
    words: tuple[str, ...] = key("texts", ())
    leaves: tuple[Leaf, ...] = key("mappings", ())
    leaf: Leaf | None = key("one mapping", None)
    colour: Colour = key("choice", Colour.RED)
    open: bool = key("yes or no", True)
    day: date | None = key("a day", None)
    length: float = key("seconds", 0.0)
    files: dict[str, str] = key("texts by key", {})


def read(text: str) -> tuple[Tree | None, list[KbgenError]]:
    problems: list[KbgenError] = []
    reader = Reader(path="a.yml", first_line=1, report=problems.append)
    return reader.read(compose(text, "a.yml"), Tree), problems


def only_problem(text: str) -> KbgenError:
    _, problems = read(text)
    assert len(problems) == 1, problems
    return problems[0]


def test_every_annotation() -> None:
    """Each annotation of a schema is read as the type it names."""
    tree, problems = read(
        "title: Oak\nwords: [a, b]\nleaves: [{name: x, weight: 2}]\nleaf: {name: y}\ncolour: green\n"
        "open: no\nday: 2026-11-23\nlength: 1:23\nfiles: {en: a.vtt}\n"
    )
    assert problems == []
    assert tree == Tree(
        title="Oak",
        words=("a", "b"),
        leaves=(Leaf(name="x", weight=2.0),),
        leaf=Leaf(name="y"),
        colour=Colour.GREEN,
        open=False,
        day=date(2026, 11, 23),
        length=83.0,
        files={"en": "a.vtt"},
    )


def test_one_text_where_a_list_is_taken() -> None:
    """A single text stands for a list of one."""
    tree, problems = read("title: Oak\nwords: a, b\n")
    assert problems == []
    assert tree is not None
    assert tree.words == ("a, b",)


def test_values_stay_text() -> None:
    """A title that YAML would take for a number, a date or a truth value stays the text that was written."""
    for written in ("2026-11-23", "1.10", "0x1f", "yes", "12:30"):
        tree, problems = read(f"title: {written}\n")
        assert problems == []
        assert tree is not None
        assert tree.title == written


def test_missing_key() -> None:
    """A required key that is missing is named, with the line to add."""
    problem = only_problem("words: [a]\n")
    assert problem.problem == "'title' is missing"
    assert "title: …" in problem.hint


def test_typo_of_a_key() -> None:
    """A slip of a key is answered with the key that was meant, at line and column of the slip."""
    problem = only_problem("title: Oak\n\ncolor: green\n")
    assert problem.problem == "unknown key 'color'"
    assert problem.hint == "did you mean 'colour'?"
    assert str(problem.where) == "a.yml:3:1"


def test_typo_of_a_required_key_is_said_once() -> None:
    """A slip of a required key is one problem, not also a missing key."""
    assert only_problem("titel: Oak\n").hint == "did you mean 'title'?"


def test_capital_letters_are_a_typo() -> None:
    """A key in capitals is told its spelling."""
    assert only_problem("title: Oak\nWords: [a]\n").hint == "did you mean 'words'?"


def test_unknown_key_lists_known_ones() -> None:
    """A key that resembles none of a closed schema is answered with all that are known."""
    problem = only_problem("title: Oak\nzzz: 1\n")
    assert "title, words" in problem.hint


def test_a_key_that_stands_twice() -> None:
    """A key that is written a second time is a problem there, for only the last would count."""
    problem = only_problem("title: Oak\nwords: [a]\nwords: [b]\n")
    assert problem.problem == "'words' stands here a second time"
    assert str(problem.where) == "a.yml:3:1"


def test_typo_inside_a_nested_mapping() -> None:
    """A slip inside a nested mapping is found at its own line."""
    problem = only_problem("title: Oak\nleaf:\n  name: x\n  wieght: 2\n")
    assert problem.hint == "did you mean 'weight'?"
    assert str(problem.where) == "a.yml:4:3"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour: gren", "'gren' is not a colour"),
        ("open: maybe", "'open' is true or false, not 'maybe'"),
        ("day: 2026-13-01", "'day' is not a date: '2026-13-01'"),
        ("day: 23.11.2026", "'day' is not a date: '23.11.2026'"),
        ("day: tomorrow", "'day' is not a date: 'tomorrow'"),
        ("length: 1:2:3:4", "'length' is not a length of time: '1:2:3:4'"),
        ("length: -3", "'length' is not a length of time: '-3'"),
        ("length: long", "'length' is not a length of time: 'long'"),
        ("words: {a: b}", "'words' takes a list"),
        ("files: [a]", "'files' takes 'key: value' lines"),
        ("leaf: x", "expected 'key: value' lines here"),
        ("leaves: [x]", "expected 'key: value' lines here"),
        ("words: [[a]]", "'words' takes one value, not a list or a mapping"),
    ],
)
def test_wrong_value(line: str, says: str) -> None:
    """A value of the wrong form is one problem that names key and value, on its line."""
    problem = only_problem(f"title: Oak\n{line}\n")
    assert problem.problem == says
    assert problem.where is not None
    assert problem.where.line == 2


def test_wrong_value_leaves_the_default() -> None:
    """A wrong value of an optional key does not cost the rest of the mapping."""
    tree, _ = read("title: Oak\ncolour: gren\nopen: no\n")
    assert tree == Tree(title="Oak", open=False)


def test_empty_value_is_left_out() -> None:
    """An optional key without a value reads as if it were not there."""
    assert read("title: Oak\nwords:\nday: ~\nleaf: null\n") == (Tree(title="Oak"), [])


def test_empty_list_item_is_left_out() -> None:
    """A list item without a value is passed over."""
    tree, problems = read("title: Oak\nwords:\n  - a\n  -\n  - b\n")
    assert problems == []
    assert tree is not None
    assert tree.words == ("a", "b")


def test_required_key_without_value() -> None:
    """A required key that was left empty is a problem, never silence."""
    tree, problems = read("title:\n")
    assert tree is None
    assert len(problems) == 1


def test_list_in_place_of_a_text_by_key() -> None:
    """A list where a text by key is taken is a problem, not a text."""
    assert only_problem("title: Oak\nfiles: {en: [a.vtt]}\n").problem


@pytest.mark.parametrize("written", ["inf", "nan", "1e999"])
def test_endless_length(written: str) -> None:
    """A length of time is finite."""
    assert "length of time" in only_problem(f"title: Oak\nlength: {written}\n").problem


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n"])
def test_no_mapping(text: str) -> None:
    """A text or a list where lines of keys are expected is one problem with an example."""
    problem = only_problem(text)
    assert problem.problem == "expected 'key: value' lines here"
    assert "title: Reset a password" in problem.hint


def test_yaml_fault_has_its_line() -> None:
    """A YAML fault is told with the line of the file, counted from where the YAML begins."""
    with pytest.raises(KbgenError, match="not valid YAML") as caught:
        compose("title: a\nwords: [a\nopen: yes\n", "a.md", first_line=2)
    assert caught.value.where is not None
    assert caught.value.where.line == 4
    assert caught.value.hint


def test_control_character() -> None:
    """A character that YAML forbids is told as such."""
    with pytest.raises(KbgenError, match="character that YAML does not allow"):
        compose("title: a\x07b\n", "a.md")


def test_tags_of_others_pass() -> None:
    """A tag of MkDocs or Python is passed over, and its text kept."""
    tree, problems = read("title: !ENV [NAME, x]\n"), read("title: !!python/name:os.system x\n")
    assert tree[0] is None
    assert problems == (Tree(title="x"), [])


def test_child() -> None:
    """A node below nested keys is found, and a path that ends early is nothing."""
    tree = compose("a: {b: {c: deep}}\n", "a.yml")
    found = child(tree, "a", "b", "c")
    assert found is not None
    assert found.value == "deep"
    assert child(tree, "a", "x", "c") is None
    assert child(None, "a") is None


def test_json_schema_describes_every_key() -> None:
    """The JSON Schema holds each front matter key with its meaning, and requires the title alone."""
    schema = json_schema(FrontMatter, title="Front matter")
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert all(entry["description"] for entry in properties.values())
    assert schema["required"] == ["title"]
    assert schema["additionalProperties"] is True
    assert properties["kind"]["enum"] == ["how-to", "troubleshooting", "faq", "video", "course"]
    assert properties["verified_on"] == {
        "type": "string",
        "format": "date",
        "description": properties["verified_on"]["description"],
    }
    assert properties["improved"]["required"] == ["date", "what"]
    assert properties["video"]["properties"]["captions"]["additionalProperties"] == {"type": "string"}


@settings(deadline=None)
@given(st.text(alphabet=" abt:-[]{}\"'&*!|>%@#,?\\\n\t0\u00e9", max_size=60))
def test_any_text(text: str) -> None:
    """Whatever stands in the YAML, reading ends with a value or with problems that have a place."""
    try:
        tree, problems = read(text)
    except KbgenError as error:
        tree, problems = None, [error]
    assert all(re.fullmatch(r"a\.yml(:\d+){1,2}", str(problem.where)) for problem in problems)
    assert tree is not None or problems


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("title words leaf colour open day length files titel".split()),
        st.text()
        | st.booleans()
        | st.none()
        | st.integers()
        | st.lists(st.text() | st.none())
        | st.dictionaries(st.text(), st.text()),
    )
)
@example(data={"title": None})
def test_any_value(data: dict[str, object]) -> None:
    """Whatever values stand under the known keys, they become a value or problems."""
    import yaml

    tree, problems = read(yaml.safe_dump(data, allow_unicode=True))
    assert tree is not None or problems
