"""Formulas: LaTeX becomes MathML, which browsers draw by themselves."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.pages.maths import has_formulas, with_mathml


def inline(latex: str) -> str:
    return f'<span class="arithmatex">\\({latex}\\)</span>'


def block(latex: str) -> str:
    return f'<div class="arithmatex">\\[\n{latex}\n\\]</div>'


def drawn(text: str) -> str:
    """The page with its formulas, none of which may be a problem."""
    return with_mathml(text, pytest.fail)


def test_has_formulas() -> None:
    """Only a page with what arithmatex marks has formulas."""
    assert has_formulas(f"<p>{inline('x')}</p>")
    assert not has_formulas("<p>x</p>")


def test_inline() -> None:
    """A formula in a line stays in the line."""
    text = drawn(f"<p>So {inline('x^2')} holds.</p>")
    assert re.fullmatch(r'<p>So <math [^>]*display="inline"[^>]*>.*</math> holds\.</p>', text, re.DOTALL)
    assert "<msup>" in text


def test_block() -> None:
    """A formula of its own stands in its own line."""
    text = drawn(block(r"\frac{1}{2}"))
    assert re.fullmatch(r'<math [^>]*display="block"[^>]*>.*</math>', text, re.DOTALL)
    assert "<mfrac>" in text


def test_several() -> None:
    """Each formula is drawn by itself, and what stands between stays."""
    text = drawn(f"{inline('a')}, {inline('b')}{block('c')}<p>d</p>")
    assert text.count("<math ") == 3
    assert ", " in text
    assert text.endswith("<p>d</p>")


def test_entities() -> None:
    """What HTML escapes is read as the writer wrote it, and escaped again."""
    root = ET.fromstring(drawn(inline(r"a &lt; b \&amp; \begin{matrix} c &amp; d \end{matrix}")))  # noqa: S314 - made here
    assert "".join(root.itertext()) == "a<b&cd"
    assert len(root.findall(".//{*}mtd")) == 2


@pytest.mark.parametrize(("written", "text"), [("a&lt;b", "a<b"), ("&lt;b&gt;c&lt;/b&gt;", "<b>c</b>"), ("&amp;", "&")])
def test_words_in_a_formula(written: str, text: str) -> None:
    """Words in a formula are text, never markup."""
    root = ET.fromstring(drawn(inline(rf"\text{{{written}}}")))  # noqa: S314 - made here
    assert [element.text for element in root.findall(".//{*}mtext")] == [text]


def test_a_formula_that_cannot_be_read() -> None:
    """A bad formula stays as its LaTeX and is reported; the others are drawn."""
    found: list[str] = []
    bad = inline("x^")
    text = with_mathml(f"{inline('x')} {bad} {inline('y')}", found.append)
    assert bad in text
    assert text.count("<math ") == 2
    (problem,) = found
    assert problem.startswith("the formula 'x^' cannot be read")


@pytest.mark.parametrize("text", ["", "<p>x</p>", '<span class="arithmatex">x</span>', r"<p>\(x\)</p>"])
def test_what_is_no_formula(text: str) -> None:
    """Text that arithmatex has not marked whole stays as it is."""
    assert drawn(text) == text


@given(st.text(alphabet='ab12+-^_{}\\fracsqrtlextmd()[]&<>" \n', max_size=25))
def test_any_latex(latex: str) -> None:
    """Whatever a formula holds, the page gets well-formed MathML, or the formula as it was and a problem."""
    found: list[str] = []
    marked = inline(html.escape(latex))
    text = with_mathml(marked, found.append)
    if found or not text.startswith("<math"):
        assert text == marked
    else:
        ET.fromstring(text)  # noqa: S314 - made here
