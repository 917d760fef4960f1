"""The text of an article as the lean look shows it: wide tables scroll by themselves, formulas are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable

from kbgen.pages.maths import has_formulas, with_mathml

_TABLE = re.compile(r"<table>(?:(?!<table\b).)*?</table>", re.DOTALL)


def lean_content(html: str, report: Callable[[str], None]) -> str:
    """The rendered text of an article for the lean look; what cannot be drawn goes to `report`."""
    html = _TABLE.sub(lambda match: f'<div class="kb-scroll">{match[0]}</div>', html)
    return with_mathml(html, report) if has_formulas(html) else html
