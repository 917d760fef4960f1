"""Formulas: LaTeX as pymdownx.arithmatex marks it becomes MathML, which browsers draw by themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_MARKED = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\s*\\(?P<open>[(\[])(?P<latex>.*?)\\[)\]]\s*</(?P=tag)>', re.DOTALL
)

_TEXT = re.compile(r"\\(?:text|mbox)[a-z]*\s*\{[^{}]*\}")
"""Words in a formula, which the converter hands on without escaping them."""


def has_formulas(text: str) -> bool:
    """Whether a rendered page holds formulas; most do not, and the converter need not be loaded."""
    return 'class="arithmatex"' in text


def with_mathml(text: str, report: Callable[[str], None]) -> str:
    """The page with each formula as MathML; one that cannot be read stays as its LaTeX and goes to `report`."""
    return _MARKED.sub(lambda match: _mathml(match, report), text)


def _mathml(match: re.Match[str], report: Callable[[str], None]) -> str:
    from latex2mathml.converter import convert  # few sites have formulas  # noqa: PLC0415

    latex = html.unescape(match["latex"]).strip()
    display = "inline" if match["open"] == "(" else "block"
    try:
        mathml = convert(_TEXT.sub(lambda text: html.escape(text[0], quote=False), latex), display=display)
    except Exception:  # noqa: BLE001 - the converter's errors have no common class
        report(f"the formula '{latex}' cannot be read: check its braces and what follows _, ^ and \\left")
        return match[0]
    return re.sub(r"&(?!#?\w+;)", "&amp;", mathml)
