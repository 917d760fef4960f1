"""Facts about columns: how the fields of a ticket are found in an export."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.columns import KNOWN_AS, match_columns
from kbgen.tickets.sources.interface import FIELDS

HERE = Where(path="tickets.csv", line=1)


def matched(*present: str, **chosen: str) -> dict[str, str]:
    return match_columns(present, chosen, where=HERE)


def test_own_field_names_need_no_map() -> None:
    """A file whose columns are called like kbgen's fields is read without a word."""
    assert matched(*FIELDS) == {field: field for field in FIELDS}


def test_names_are_matched_loosely() -> None:
    """Case, hyphens, underscores and a byte order mark make no difference."""
    assert matched("\ufeffTicket-ID", "Created_At", "BODY") == {
        "id": "\ufeffTicket-ID",
        "created": "Created_At",
        "text": "BODY",
    }


@pytest.mark.parametrize(("field", "alias"), [(field, alias) for field, names in KNOWN_AS.items() for alias in names])
def test_every_alias_is_found(field: str, alias: str) -> None:
    """Each known name of a field leads to it."""
    assert match_columns([alias], {} if field == "text" else {"text": alias}, where=HERE)[field] == alias


def test_first_alias_counts() -> None:
    """Where two columns could hold a field, the one named first in the table of aliases is taken."""
    assert matched("comment", "message")["text"] == "message"


def test_chosen_column_goes_before_the_guessed() -> None:
    """A column that the user names is taken, whatever the guess would be."""
    assert matched("message", "notes", text="notes")["text"] == "notes"


def test_unknown_columns_are_an_error_that_lists_them() -> None:
    """A header in which no column is known to hold the message is an error that lists all columns and shows --map."""
    with pytest.raises(KbgenError) as caught:
        matched("Case", "Opened", "Details")
    assert str(caught.value.where) == "tickets.csv:1"
    assert "Case, Opened, Details" in caught.value.hint
    assert "--map text=Case" in caught.value.hint


def test_chosen_column_that_is_not_there_is_an_error_with_a_suggestion() -> None:
    """A slip in --map is answered with the name that was probably meant."""
    with pytest.raises(KbgenError, match="no column 'mesage' for 'text'") as caught:
        matched("id", "message", text="mesage")
    assert caught.value.hint == "did you mean 'message'?"


def test_chosen_column_that_resembles_none_lists_the_columns() -> None:
    """Where no name is near, the columns are listed."""
    with pytest.raises(KbgenError) as caught:
        matched("id", "message", text="zzz")
    assert caught.value.hint == "the columns are: id, message"


@given(
    st.lists(st.text(max_size=12), max_size=6),
    st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=8), max_size=2),
)
def test_any_header_is_matched_or_refused(present: list[str], chosen: dict[str, str]) -> None:
    """Every header gives columns that it holds, or a `KbgenError`."""
    try:
        columns = match_columns(present, chosen, where=HERE)
    except KbgenError:
        return
    assert set(columns.values()) <= {*present, ""}
    assert set(columns) <= set(FIELDS)
