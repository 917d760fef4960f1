"""The style sheet of a site: its tokens as custom properties, and the parts that use them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kbgen.look.tokens import Tokens

MATERIAL_REM = 16 / 20
"""Stock Material counts 20 pixels a rem."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,])\s*")


def stylesheet(tokens: Tokens, parts: Iterable[str], *, lean: bool) -> str:
    """One style sheet: the tokens, then the parts, without comments and spare white space.

    The lean look follows the reader's device until they choose a scheme; stock Material says the scheme itself.
    """
    unit = 1 if lean else MATERIAL_REM
    sizes = "".join(f"--kb-{name}:{round(size * unit, 4)}rem;" for name, size in tokens.sizes.items())
    others = "".join(f"--kb-{name}:{value};" for name, value in tokens.others.items())
    dark = tokens.colours(dark=True)
    schemes = (
        f':root[data-scheme="dark"]{{{dark}}}@media (prefers-color-scheme:dark){{:root:not([data-scheme]){{{dark}}}}}'
        if lean
        else f'[data-md-color-scheme="slate"]{{{dark}}}'
    )
    root = ":root" if lean else ':root,[data-md-color-scheme="default"]'
    return _squeezed(f"{root}{{{tokens.colours(dark=False)}}}:root{{{sizes}{others}}}{schemes}{''.join(parts)}")


def _squeezed(text: str) -> str:
    """Styles without comments, line breaks and spaces that say nothing."""
    return _AROUND.sub(r"\1", " ".join(_COMMENT.sub("", text).split()))
