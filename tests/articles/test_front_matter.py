"""Front matter: the block that opens an article, and what is wrong with it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kbgen.articles.front_matter import Edit, FrontMatter, Improved, State, read, split
from kbgen.articles.kinds import Kind
from kbgen.errors import KbgenError
from kbgen.videos.video import Video


def front_matter(text: str) -> tuple[FrontMatter | None, list[KbgenError]]:
    problems: list[KbgenError] = []
    return read(split(text), "a.md", problems.append), problems


def only_problem(text: str) -> KbgenError:
    _, problems = front_matter(text)
    assert len(problems) == 1, problems
    return problems[0]


def test_split() -> None:
    """An article falls into YAML, body and the line on which the body begins."""
    source = split("---\ntitle: T\ntags: [a]\n---\nBody\n")
    assert source.yaml == "title: T\ntags: [a]"
    assert source.body == "Body\n"
    assert source.body_line == 5


def test_split_without_front_matter() -> None:
    """A file that opens with words is all body."""
    source = split("# Hello\n\n---\n")
    assert (source.yaml, source.body_line) == (None, 1)
    assert source.body == "# Hello\n\n---\n"


def test_closed_by_dots() -> None:
    """Front matter may end with three dots, as YAML documents do."""
    assert split("---\ntitle: T\n...\nBody\n").body == "Body\n"


def test_rule_in_the_body() -> None:
    """A rule of dashes in the body is left in the body."""
    assert split("---\ntitle: T\n---\na\n\n---\n\nb\n").body == "a\n\n---\n\nb\n"


def test_dashes_inside_a_value() -> None:
    """Dashes within a line of the front matter do not end it."""
    meta, problems = front_matter("---\ntitle: a --- b\nowner: c\n---\n")
    assert problems == []
    assert meta is not None
    assert (meta.title, meta.owner) == ("a --- b", "c")


@settings(deadline=None)
@given(st.lists(st.sampled_from(["---", "--- ", "...", "title: T", "a", "", "# b", "\t", "----"]), max_size=12))
def test_split_loses_no_line(lines: list[str]) -> None:
    """The body is the end of the file, and its line number is where that end begins."""
    text = "\n".join(lines)
    source = split(text)
    assert text.endswith(source.body)
    assert "\n".join(text.split("\n")[source.body_line - 1 :]) == source.body or source.body == ""


def test_every_key() -> None:
    """Every key of the reference is read."""
    meta, problems = front_matter(
        "---\ntitle: Watch\ndescription: One sentence.\nkind: video\nlang: de\nanswers: [how]\naudience: [admins]\n"
        "products: [app]\napplies_to: ['2.1']\ntags: [x]\nowner: Ana\nstate: archived\nverified_on: 2026-01-02\n"
        "review_by: 2026-01-03\npublish_on: 2026-01-04\nexpires_on: 2026-01-05\nedit: minor\n"
        "improved: {date: 2026-01-06, what: Clearer.}\nrelated: [b.md]\nredirect_from: [old.md]\nchannels: [mail]\n"
        "feedback: false\nvideo: {src: a.mp4, poster: a.webp, captions: {en: a.vtt}, chapters: c.vtt,"
        " duration: 1:02:03, described: d.mp4}\ncourse: [c.md]\ntopics: [t-1]\ntranslated_revision: abc\n---\n"
    )
    assert problems == []
    assert meta == FrontMatter(
        title="Watch",
        description="One sentence.",
        kind=Kind.VIDEO,
        lang="de",
        answers=("how",),
        audience=("admins",),
        products=("app",),
        applies_to=("2.1",),
        tags=("x",),
        owner="Ana",
        state=State.ARCHIVED,
        verified_on=date(2026, 1, 2),
        review_by=date(2026, 1, 3),
        publish_on=date(2026, 1, 4),
        expires_on=date(2026, 1, 5),
        edit=Edit.MINOR,
        improved=Improved(date=date(2026, 1, 6), what="Clearer."),
        related=("b.md",),
        redirect_from=("old.md",),
        channels=("mail",),
        feedback=False,
        video=Video(
            src="a.mp4",
            poster="a.webp",
            captions={"en": "a.vtt"},
            chapters="c.vtt",
            duration=3723.0,
            described="d.mp4",
        ),
        course=("c.md",),
        topics=("t-1",),
        translated_revision="abc",
    )


def test_title_is_enough() -> None:
    """An article with a title alone is a published how-to that asks for votes."""
    meta, problems = front_matter("---\ntitle: T\n---\n")
    assert problems == []
    assert meta is not None
    assert (meta.kind, meta.state, meta.feedback) == (Kind.HOW_TO, State.PUBLISHED, True)


def test_no_front_matter() -> None:
    """An article without front matter is refused, and its own heading is offered as the title."""
    problem = only_problem("# Reset a password\n\nWords.\n")
    assert problem.problem == "'title' is missing: the article has no front matter"
    assert "title: Reset a password" in problem.hint
    assert str(problem.where) == "a.md:1"


def test_missing_title() -> None:
    """An article without a title is refused, and the message says which line to add."""
    problem = only_problem("---\nowner: Ana\n---\n")
    assert problem.problem == "'title' is missing"
    assert problem.hint == "add a line 'title: …'"


@pytest.mark.parametrize("title", ["''", '" "'])
def test_empty_title(title: str) -> None:
    """A title of no characters is a problem that names it."""
    assert "'title' is empty" in only_problem(f"---\ntitle: {title}\n---\n").problem


@pytest.mark.parametrize("title", ["", "~", "null"])
def test_title_left_out(title: str) -> None:
    """A title that was left out is a problem: no article disappears without a word."""
    meta, problems = front_matter(f"---\ntitle: {title}\n---\nWords.\n")
    assert meta is None
    assert len(problems) == 1
    assert "'title'" in problems[0].problem


def test_required_key_of_an_improvement_left_empty() -> None:
    """An improvement whose day was left empty is a problem, not an improvement that is never shown."""
    assert "'date'" in only_problem("---\ntitle: T\nimproved: {date: , what: Clearer.}\n---\n").problem


def test_not_closed() -> None:
    """Front matter without its closing line is told what it lacks."""
    problem = only_problem("---\ntitle: T\n\nWords.\n")
    assert problem.problem == "the front matter is not closed"
    assert problem.hint == "end it with a line '---'"


def test_not_closed_with_a_blank_behind_the_dashes() -> None:
    """Front matter opened with '--- ' and never closed is told what it lacks."""
    assert only_problem("--- \ntitle: T\n").problem == "the front matter is not closed"


@pytest.mark.parametrize("text", ["---\n---\nWords.\n", "---\n---\nWords.\n\n---\n\nMore.\n"])
def test_empty_front_matter(text: str) -> None:
    """Front matter without a line lacks a title; it is closed, and the body is no part of it."""
    assert "'title' is missing" in only_problem(text).problem
    assert split(text).body.startswith("Words.")


def test_offered_title_can_be_pasted() -> None:
    """The line offered to an article without front matter is valid, even where its heading holds a colon."""
    problem = only_problem("# Error: no network\n")
    offered = problem.hint.partition("title: ")[2].removesuffix("', '---'")
    meta, problems = front_matter(f"---\ntitle: {offered}\n---\n")
    assert problems == []
    assert meta is not None


def test_invalid_date() -> None:
    """A day that is no day is told with the way to write one."""
    problem = only_problem("---\ntitle: T\nreview_by: 31/12/2026\n---\n")
    assert problem.problem == "'review_by' is not a date: '31/12/2026'"
    assert "2026-11-23" in problem.hint
    assert str(problem.where) == "a.md:3:12"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("titel", "title"),
        ("Description", "description"),
        ("anwers", "answers"),
        ("answer", "answers"),
        ("tag", "tags"),
        ("redirect-from", "redirect_from"),
        ("verifiedon", "verified_on"),
        ("expires_at", "expires_on"),
        ("relatd", "related"),
        ("chanels", "channels"),
        ("vidoe", "video"),
    ],
)
def test_typo(written: str, meant: str) -> None:
    """A slip of a key is an error with the right key as suggestion."""
    _, problems = front_matter(f"---\ntitle: T\n{written}: x\n---\n")
    assert [(p.problem, p.hint) for p in problems] == [(f"unknown key '{written}'", f"did you mean '{meant}'?")]


@pytest.mark.parametrize(
    "foreign",
    "date authors hide icon template search status subtitle weight slug toc pin render_macros zammad_id x-team".split(),
)
def test_foreign_key_passes(foreign: str) -> None:
    """A key of MkDocs or of anybody else passes without a word."""
    meta, problems = front_matter(f"---\ntitle: T\n{foreign}: x\n---\n")
    assert problems == []
    assert meta is not None


def test_created_is_nobodys_typo() -> None:
    """The key 'created', which many exports write, is not taken for a slip of 'related'."""
    assert front_matter("---\ntitle: T\ncreated: 2024-05-01\n---\n")[1] == []


def test_typo_costs_no_article() -> None:
    """A slip is told, and the rest of the article is still read."""
    meta, problems = front_matter("---\ntitle: T\nanwers: [x]\nowner: Ana\n---\n")
    assert len(problems) == 1
    assert meta is not None
    assert meta.owner == "Ana"


def test_all_problems_at_once() -> None:
    """Every problem of a front matter is told in one go."""
    _, problems = front_matter("---\ntitle: T\nkind: howto\nstate: ready\nreview_by: soon\nowners: x\n---\n")
    assert sorted(str(p.where) for p in problems) == ["a.md:3:7", "a.md:4:8", "a.md:5:12", "a.md:6:1"]


def test_kind_with_a_slip() -> None:
    """A kind with a slip is answered with the kind that was meant."""
    assert only_problem("---\ntitle: T\nkind: howto\n---\n").hint == "did you mean 'how-to'?"


def test_unquoted_colon() -> None:
    """A title with an unquoted colon is told the line and the remedy."""
    problem = only_problem("---\nowner: Ana\ntitle: Error: no network\n---\n")
    assert problem.where is not None
    assert problem.where.line == 3
    assert "quotes" in problem.hint


def test_self_reference() -> None:
    """A list that holds itself ends in a problem, not in a circle."""
    assert front_matter("---\ntitle: T\ntags: &a [*a]\n---\n")[1]


@pytest.mark.parametrize(
    "yaml",
    [
        pytest.param("title: " + "[" * 3000 + "]" * 3000, id="nested"),
        pytest.param('title: "\\U00110000"', id="beyond-unicode"),
        pytest.param(f"%YAML 1.{'1' * 5000}\n", id="endless-version"),
    ],
)
def test_yaml_that_yaml_chokes_on(yaml: str) -> None:
    """Front matter that makes the YAML reader itself give up is a problem with a place."""
    meta, problems = front_matter(f"---\n{yaml}\n---\n")
    assert meta is None
    assert len(problems) == 1
    assert problems[0].where is not None


DEEP = """
from kbgen.articles.front_matter import read, split
problems = []
read(split("---\\ntitle: " + "[" * 200_000 + "\\n---\\n"), "a.md", problems.append)
print(len(problems))
"""


def test_very_deep_yaml() -> None:
    """Front matter nested deeper than the stack is a problem; it does not take the process down (no SIGSEGV)."""
    done = subprocess.run([sys.executable, "-c", DEEP], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1\n")


def test_half_a_character() -> None:
    """A lone surrogate, which no file can hold, is refused."""
    assert front_matter('---\ntitle: "\\ud800"\n---\n')[1]


LINES = st.lists(
    st.text(max_size=20)
    | st.sampled_from(
        ["---", "...", "title: T", "titel: x", "kind: faq", "video: {", "tags: [a", "  - b", "'", '"', "&a", "*a", "?"]
    ),
    max_size=10,
).map("\n".join)


@settings(deadline=None)
@given(LINES | LINES.map(lambda lines: f"---\n{lines}\n---\n") | st.text())
@example("---\n\t\n---\n")
@example("---\n<<: 1\n---\n")
@example("---")
@example("")
def test_any_text(text: str) -> None:
    """Whatever an article holds, it is read or its problems are told with a place; nothing is raised."""
    meta, problems = front_matter(text)
    assert all(problem.where and problem.where.line >= 1 for problem in problems)
    assert meta is not None or problems
