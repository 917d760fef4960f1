"""The passage: the stretch of a text with most of the query, cut between words, its words marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kbgen.search.passage import LENGTH, passage

FILLER = (
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna "
)


def shown(text: str, *words: str) -> str:
    pieces = passage(text, {word: number for number, word in enumerate(words)})
    return "".join(f"[{piece}]" if marked else piece for piece, marked in pieces)


def test_words_are_marked() -> None:
    """Each word of the query is marked, whatever its case and accents."""
    assert shown("Open the Café menu.", "cafe", "menu") == "Open the [Café] [menu]."


def test_the_densest_stretch() -> None:
    """Where several words stand together, there the passage is, with an ellipsis on either side."""
    text = f"printer {FILLER * 3}connect the printer to the network {FILLER * 3}"
    cut = shown(text, "printer", "connect", "network")
    assert "[connect] the [printer] to the [network]" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")


def test_nothing_to_mark() -> None:
    """A text without any of the words is shown from its beginning."""
    assert shown(FILLER * 3, "zebra").startswith("lorem ipsum")
    assert shown("", "zebra") == ""


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_any_text(text: str, words: list[str]) -> None:
    """A passage is a piece of the text, not much longer than allowed."""
    whole = "".join(piece for piece, _ in passage(text, {word: n for n, word in enumerate(words)}))
    assert len(whole) <= LENGTH + 4
    assert whole.removeprefix("… ").removesuffix(" …") in text or whole in text
