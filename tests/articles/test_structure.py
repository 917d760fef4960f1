"""Kinds: the structure that readers expect of each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.kinds import Kind
from kbgen.articles.structure import STRUCTURE, missing_structure
from kbgen.videos.video import Video


def missing(kind: Kind, body: str, *, video: Video | None = None, course: tuple[str, ...] = ()) -> list[str]:
    meta = FrontMatter(title="T", kind=kind, video=video, course=course)
    return [problem for problem, _ in missing_structure(Article(path="a.md", meta=meta, body=body, body_line=1))]


def test_every_kind_has_rules() -> None:
    """Every kind says what is expected of it."""
    assert set(STRUCTURE) == set(Kind)


@pytest.mark.parametrize("body", ["1. Open\n", "Before.\n\n  1. Open\n", "> x\n\n12. Open\n"])
def test_steps(body: str) -> None:
    """A how-to with an ordered list lacks nothing."""
    assert missing(Kind.HOW_TO, body) == []


@pytest.mark.parametrize("body", ["", "- Open\n", "```\n1. Open\n```\n", "<!--\n1. Open\n-->\n", "In 2024. So\n"])
def test_no_steps(body: str) -> None:
    """A how-to without an ordered list lacks steps; a list in code or in a comment is none."""
    assert missing(Kind.HOW_TO, body) == ["this how-to has no numbered steps"]


def test_steps_in_a_tab() -> None:
    """Steps inside a content tab or an admonition are steps."""
    assert missing(Kind.HOW_TO, '=== "Linux"\n\n    1. Open the terminal.\n') == []


def test_bracket_steps() -> None:
    """Lines that begin with '1)' are no list in Python-Markdown, so they are no steps."""
    assert missing(Kind.HOW_TO, "1) Open\n2) Close\n") != []


@pytest.mark.parametrize("fix", ["Fix", "fix it", "Solution", "Solutions to try"])
def test_symptom_and_fix(fix: str) -> None:
    """A troubleshooting article with headings for symptom and fix lacks nothing."""
    assert missing(Kind.TROUBLESHOOTING, f"## Symptoms\n\nx\n\n### {fix}\n\ny\n") == []


def test_symptom_only_in_code() -> None:
    """Headings inside a code block are no headings."""
    assert len(missing(Kind.TROUBLESHOOTING, "```\n## Symptom\n## Fix\n```\n")) == 2


def test_answer_first() -> None:
    """An FAQ article that opens with a paragraph lacks nothing, with or without its title repeated."""
    assert missing(Kind.FAQ, "Yes, it does.\n\n## More\n") == []
    assert missing(Kind.FAQ, "\n# Is it free?\n\nYes.\n") == []


@pytest.mark.parametrize("body", ["", "## Overview\n\nYes.\n", "# Is it free?\n\n## Overview\n", "| a |\n|---|\n"])
def test_answer_late(body: str) -> None:
    """An FAQ article without a paragraph before its first heading lacks its answer."""
    assert missing(Kind.FAQ, body) == ["the answer does not come first"]


def test_video() -> None:
    """A video article needs its video block."""
    assert missing(Kind.VIDEO, "") == ["this video article names no video"]
    assert missing(Kind.VIDEO, "", video=Video(src="a.mp4")) == []


def test_course() -> None:
    """A course needs its lessons."""
    assert missing(Kind.COURSE, "") == ["this course lists no lessons"]
    assert missing(Kind.COURSE, "", course=("a.md",)) == []


@settings(deadline=None)
@given(st.sampled_from(Kind), st.text())
def test_any_body(kind: Kind, body: str) -> None:
    """Whatever the body holds, each thing that is missing comes with what to add."""
    meta = FrontMatter(title="T", kind=kind)
    article = Article(path="a.md", meta=meta, body=body, body_line=1)
    assert all(problem and hint for problem, hint in missing_structure(article))
