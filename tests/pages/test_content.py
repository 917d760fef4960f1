"""The text of an article in the lean look: tables that scroll by themselves, and formulas."""

from __future__ import annotations

import pytest
from centres import CONFIG, Centre, article, build_site
from hypothesis import given
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.pages.content import lean_content

TABLE = "<table>\n<tr><td>1</td></tr>\n</table>"


def lean(html: str) -> str:
    """The text for the lean look, where nothing is to report."""
    return lean_content(html, pytest.fail)


def test_table() -> None:
    """Each table of Markdown stands in a box of its own, which scrolls where the table is wide."""
    assert lean(f"<p>a</p>{TABLE}<p>b</p>{TABLE}") == (
        f'<p>a</p><div class="kb-scroll">{TABLE}</div><p>b</p><div class="kb-scroll">{TABLE}</div>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<table class="highlighttable"><tr><td class="linenos">1</td></tr></table>',
        "<pre><code>&lt;table&gt;&lt;/table&gt;</code></pre>",
        "<p>no table</p>",
        "<table><tr>",
        "</table>",
        "",
    ],
)
def test_what_stays(html: str) -> None:
    """Program text with line numbers, text about tables and half a table stay as they are."""
    assert lean(html) == html


def test_table_within_a_table() -> None:
    """Of nested raw tables only the inner one is boxed, and nothing is torn apart."""
    outer = '<table class="x"><tr><td>{}</td></tr></table>'
    assert lean(outer.format(TABLE)) == outer.format(f'<div class="kb-scroll">{TABLE}</div>')


@given(st.lists(st.sampled_from(["<table>", "</table>", "<table class='a'>", "<td>", "x", "\n"]), max_size=20))
def test_any_tables(parts: list[str]) -> None:
    """Boxes are added in pairs; all that was there stays, in its order."""
    html = "".join(parts)
    boxed = lean(html)
    assert boxed.count('<div class="kb-scroll">') == boxed.count("</div>")
    assert boxed.replace('<div class="kb-scroll">', "").replace("</div>", "") == html


def test_without_formulas() -> None:
    """A page without formulas does not change, whatever signs it holds."""
    html = r"<p>\(a\) costs $5$</p>"
    assert lean(html) == html


MATHS = f"""{CONFIG}markdown_extensions:
  - tables
  - pymdownx.arithmatex:
      generic: true
"""


def test_on_the_page(centre: Centre) -> None:
    """A table and a formula of an article are boxed and drawn on its page, which needs no script for it."""
    body = "| a |\n|---|\n| 1 |\n\nSo $x^2$ holds.\n\n$$\n\\frac{1}{2}\n$$\n"
    page = (build_site(centre({"a.md": article("A", body)}, config=MATHS)) / "a/index.html").read_text()
    assert '<div class="kb-scroll"><table>' in page
    assert "<msup>" in page
    assert 'display="block"' in page
    assert "arithmatex" not in page


def test_a_formula_that_cannot_be_read(centre: Centre) -> None:
    """A bad formula is a warning with the article's path, which --strict makes an error; the page keeps its text."""
    folder = centre({"g/a.md": article("A", "So $x_1_2$ holds.\n")}, config=MATHS)
    page = (build_site(folder) / "g/a/index.html").read_text()
    assert r"\(x_1_2\)" in page
    with pytest.raises(KbgenError, match=r"g/a\.md: the formula 'x_1_2' cannot be read"):
        build_site(folder, strict=True)
