"""Plain text: what strangers wrote, as a terminal may print it."""

from __future__ import annotations

import unicodedata

UNSEEN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that would steer the terminal or hide others."""


def plain(text: str) -> str:
    """The text on one line, without control characters, escape sequences and marks that turn its direction."""
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in {"Zs", "Zl", "Zp"}:
        return " "
    return UNSEEN if kind[0] == "C" and character not in "\u200c\u200d" else character
