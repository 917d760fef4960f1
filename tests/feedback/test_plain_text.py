"""Plain text: what strangers wrote, harmless on a terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kbgen.feedback.plain_text import UNSEEN, plain


def test_escape_sequences() -> None:
    """Sequences that colour, move or retitle a terminal lose what makes them work."""
    assert plain("\x1b[31mred\x1b]0;title\x07") == f"{UNSEEN}[31mred{UNSEEN}]0;title{UNSEEN}"
    assert plain("\x9b2J") == f"{UNSEEN}2J"


def test_lines_and_directions() -> None:
    """Text stays on one line, and marks that turn its direction are shown instead of obeyed."""
    assert plain("one\r\n two\u2028three") == "one two three"
    assert plain("a\u202eb") == f"a{UNSEEN}b"


def test_scripts() -> None:
    """Words of any script stay as they are."""
    for words in ("Grüße, das hilft nicht!", "می‌خواهم", "役に立たない 👍🏽"):
        assert plain(words) == words


@given(st.text())
def test_any_text(text: str) -> None:
    """Nothing that a terminal would obey is left, and doing it twice changes nothing."""
    found = plain(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in "\u202a\u202e" for c in found)
    assert plain(found) == " ".join(found.split())
