"""Markdown twins and the llms.txt that lists them."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.article import Article
from kbgen.articles.front_matter import FrontMatter
from kbgen.outputs.markdown_twin import llms_txt, twin

URL = "https://help.example.com/refunds/"
ENTRY = re.compile(r"- \[[^\]]+\]\([^\s()]+\)(?:: .+)?")
"""A line as the readers of llms.txt know it."""


def an_article(body: str, *, title: str = "Refunds", description: str = "") -> Article:
    return Article(path="a.md", meta=FrontMatter(title=title, description=description), body=body, body_line=1)


def test_whole_twin() -> None:
    """A twin holds title, description, body and the lasting address, without front matter; links stay as written."""
    article = an_article("\nSee [terms](../terms.md).\n\n## When\n\nSoon.\n\n", description="Money back")
    assert twin(article, URL) == (
        "# Refunds\n\n> Money back\n\nSee [terms](../terms.md).\n\n## When\n\nSoon.\n\n"
        "<https://help.example.com/refunds/>\n"
    )


def test_bare_twin() -> None:
    """Without description and address a twin is title and body, and without a body the title."""
    assert twin(an_article("Soon.\n"), "") == "# Refunds\n\nSoon.\n"
    assert twin(an_article("\n"), "") == "# Refunds\n"


@pytest.mark.parametrize(
    "body",
    [
        *("# Refunds\n\nSoon.\n", "\n\n# Refunds #\nSoon.", "#Refunds\n\nSoon.\n", "# Refunds { #top }\n\nSoon.\n"),
        *("Refunds\n=======\n\nSoon.\n", "# How refunds work\n\nSoon.\n"),
    ],
)
def test_repeated_title(body: str) -> None:
    """The first H1 of a body gives way to the title, however it is written, as it does on the page."""
    assert twin(an_article(body), "") == "# Refunds\n\nSoon.\n"


@pytest.mark.parametrize(
    "body",
    [
        *("```sh\n# a comment\n```", "<!--\n# a note\n-->", "Soon.\n\n    # a comment"),
        *("## When\n\nSoon.", "\\# Soon.", '=== "Linux"\n\n    Open.'),
    ],
)
def test_no_heading(body: str) -> None:
    """What only looks like an H1 stays: comments in code, smaller headings, tabs."""
    assert twin(an_article(body), "") == f"# Refunds\n\n{body}\n"


@given(st.text(alphabet="# =-\nab`", max_size=30))
def test_one_title(body: str) -> None:
    """Whatever the body, the page of a twin opens with the title, and no more than one H1 is taken away."""
    made = twin(an_article(body), "")
    assert markdown.markdown(made).startswith("<h1>Refunds</h1>")
    assert body.count("a") - made.count("a") <= max(line.count("a") for line in body.split("\n"))


def test_llms_txt() -> None:
    """Name, summary, what sections are about, then each section with its articles."""
    first = ("Install", "https://help.example.com/start/install.md", "On one machine")
    second = ("Tour", "https://help.example.com/start/tour.md", "")
    sections = [("Getting started", "First steps", [first, second]), ("Empty", "Nothing", []), ("Votes", "", [first])]
    assert llms_txt("Acme help", "Answers about Acme", sections) == (
        "# Acme help\n\n> Answers about Acme\n\n- Getting started: First steps\n\n"
        "## Getting started\n\n"
        "- [Install](https://help.example.com/start/install.md): On one machine\n"
        "- [Tour](https://help.example.com/start/tour.md)\n\n"
        "## Votes\n\n"
        "- [Install](https://help.example.com/start/install.md): On one machine\n"
    )


def test_llms_txt_of_nothing() -> None:
    """A site without articles and summary has a name."""
    assert llms_txt("Acme help", "", []) == "# Acme help\n"


texts = st.text(alphabet="ab []()\n\\", min_size=1, max_size=12).map(lambda text: f"t{text}")


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4), texts)
def test_any_titles(entries: list[tuple[str, str, str]], about: str) -> None:
    """Whatever titles and addresses hold, each article is one line that simple readers understand."""
    entries = [(title, re.sub(r"[\n\\]", "", url), description) for title, url, description in entries]
    head, _, listed = llms_txt("Acme", about, [("S", about, entries)]).partition("\n\n## S\n\n")
    assert head.startswith("# Acme\n\n> ")
    lines = listed.removesuffix("\n").split("\n")
    assert len(lines) == len(entries)
    assert all(ENTRY.fullmatch(line) for line in lines)
