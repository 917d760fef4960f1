"""The spreadsheet: rows as CSV in which nothing runs."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.feedback.spreadsheet import csv_lines, guarded, unguarded

texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1"])
def test_formulas(text: str) -> None:
    """A cell that a program could take for a formula begins with an apostrophe."""
    assert guarded(text) == f"'{text}"


@given(texts)
def test_guard_and_back(text: str) -> None:
    """Whatever a cell holds, it comes back, and never begins as a formula does."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.fixed_dictionaries({"a": texts, "b": texts}), max_size=4))
def test_rows(rows: list[dict[str, object]]) -> None:
    """What a program reads is what was written, line breaks and quotes included."""
    read = csv.reader(io.StringIO("".join(csv_lines(["a", "b"], rows)), newline=""))
    assert [[unguarded(cell) for cell in cells] for cells in read] == [["a", "b"], *([r["a"], r["b"]] for r in rows)]


def test_values() -> None:
    """Numbers, truth, nothing and lists are told in words that programs read; a negative number is no formula."""
    row = {"n": -1.5, "yes": True, "no": False, "none": None, "list": ["ä", 1]}
    lines = "".join(csv_lines([*row, "absent"], [row])).splitlines()
    assert lines[1] == '-1.5,true,false,,"[""ä"", 1]",'
