"""Facts about CSV exports: one conversation a row, and no row stops the others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.tickets.door import Door
from kbgen.tickets.sources.interface import Reading
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, SkippedRow

SAMPLE = Path(__file__).parents[1] / "data" / "sample-tickets.csv"
Rows = list[RawTicket | SkippedRow]
Read = Callable[..., Rows]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a CSV file of the given text or bytes."""

    def rows(data: str | bytes, **columns: str) -> Rows:
        file = tmp_path / "tickets.csv"
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_tickets(file, "csv", Reading(columns=columns)))

    return rows


def test_row_becomes_a_ticket(read: Read) -> None:
    """Each cell of a row lands in the field of its column."""
    data = (
        "id,created,subject,message,replies,requester,tags\n"
        '7,2026-03-05,Export,How?,"One.\nline\n---\nTwo.",a@b.example,"pdf, print"\n'
    )
    assert read(data) == [
        RawTicket(
            id="7",
            created="2026-03-05",
            subject="Export",
            text="How?",
            replies=("One.\nline", "Two."),
            requester="a@b.example",
            tags=("pdf", "print"),
        )
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("bom", ["", "\ufeff"], ids=["plain", "with BOM"])
def test_dialects_of_spreadsheets_are_read(read: Read, mark: str, end: str, bom: str) -> None:
    """Comma, semicolon and tab, each kind of line end, with and without byte order mark, all read the same."""
    rows = [["id", "message"], ["1", f'say "hi"{mark} Grüße']]
    text = end.join(mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert read(f"{bom}{text}{end}") == [RawTicket(id="1", subject="", text=f'say "hi"{mark} Grüße')]


def test_only_a_line_of_three_hyphens_parts_replies(read: Read) -> None:
    """Three hyphens inside a line are text; a line of nothing else parts two replies, and empty replies vanish."""
    (ticket,) = read('id,message,replies\n1,x,"a --- b\n ---  \n\n---\nc"\n')
    assert ticket.replies == ("a --- b", "c")


def test_broken_rows_are_skipped_and_the_rest_is_read(read: Read) -> None:
    """Rows with too few or too many cells, no message or a stray quote are skipped, with line and reason."""
    rows = read('id,message\n1,good\n2\n3,a,b\n4,\n5,"un"quoted"\n6,good\n')
    assert [row.id for row in rows if isinstance(row, RawTicket)] == ["1", "6"]
    assert [(row.line, row.reason) for row in rows if isinstance(row, SkippedRow)] == [
        (3, "1 cells instead of 2"),
        (4, "3 cells instead of 2"),
        (5, "the message is empty"),
        (6, "the row cannot be read: ',' expected after '\"'"),
    ]


def test_lines_are_counted_as_an_editor_counts(read: Read) -> None:
    """The line of a skipped row is where it begins, also below cells of several lines and empty lines."""
    rows = read('id,message\n1,"two\nlines"\n\n2\n')
    assert rows[1] == SkippedRow(line=5, reason="1 cells instead of 2")


def test_quote_that_never_closes_is_one_skipped_row(read: Read) -> None:
    """A quote that is never closed swallows what follows; that is said, and what came before is kept."""
    rows = read('id,message\n1,good\n2,"open\n3,lost\n')
    assert [type(row) for row in rows] == [RawTicket, SkippedRow]


def test_subject_stands_in_for_a_missing_message(read: Read) -> None:
    """A ticket of only a subject asks what its subject says."""
    assert read("id,subject,message\n1,How?,\n") == [RawTicket(id="1", subject="How?", text="How?")]


def test_row_without_id_is_known_by_its_words(read: Read) -> None:
    """Without an id the same words are the same ticket, wherever they stand."""
    first, second = read("message\nhello\nworld\n")
    assert [row.id for row in read("message\nworld\nhello\n")] == [second.id, first.id]
    assert first.id.startswith("row-")


def test_tickets_without_ids_from_two_files_are_two(read: Read) -> None:
    """Different messages without ids never share one, so that February does not overwrite January."""
    (january,), (february,) = read("message\nJanuary asks\n"), read("message\nFebruary asks\n")
    assert january.id != february.id


def test_wrong_header_is_an_error_that_lists_the_columns(read: Read) -> None:
    """A file in which no column can be guessed stops the import and lists its columns."""
    with pytest.raises(KbgenError) as caught:
        read("Case number,Opened,Details\n1,2026,hello\n")
    assert "the columns are: Case number, Opened, Details" in caught.value.hint


def test_named_columns_are_read(read: Read) -> None:
    """With the columns named, any header will do."""
    assert read("Case number,Details\n1,hello\n", id="Case number", text="Details") == [
        RawTicket(id="1", subject="", text="hello")
    ]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfei\x00d\x00", b"id,message\n1,ok\n2,\xff\n"])
def test_file_that_is_no_csv_in_utf8_is_an_error(read: Read, data: bytes) -> None:
    """An empty file, UTF-16 and broken UTF-8 are errors with a hint, not tracebacks."""
    with pytest.raises(KbgenError) as caught:
        read(data)
    assert caught.value.hint


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """A file that is not there is an error that names it."""
    with pytest.raises(KbgenError, match="there is no file"):
        list(read_tickets(tmp_path / "none.csv", "csv"))


def test_header_may_hold_line_breaks(read: Read) -> None:
    """A column name of two lines in quotes is one name, as RFC 4180 allows."""
    assert read('id,"message\n(first)",created\n1,hello,2026-03-05\n', text="message\n(first)")[0].text == "hello"


def test_sample_export_is_read_whole() -> None:
    """Every row of the sample export is read, none is skipped."""
    rows = list(read_tickets(SAMPLE))
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert [row.id for row in rows if isinstance(row, RawTicket)] == ids
    assert len(ids) == 442


def test_nothing_planted_in_the_sample_export_comes_through() -> None:
    """No e-mail address, card, IBAN, IP address or link of the sample export is left in any admitted ticket."""
    raw = SAMPLE.read_text(encoding="utf-8")
    planted = {
        *re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", raw),
        *re.findall(r"\b(?:\d{4}[ -]?){3}\d{4}\b", raw),
        *re.findall(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?\d{1,2})?\b", raw),
        *re.findall(r"https?://[^\s\"'<>)]+", raw),
        *(
            address
            for address in re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", raw)
            if not address.startswith(("127.", "0."))
        ),
    }
    assert len(planted) > 300
    door = Door(b"key")
    kept = "\n".join(repr(door.admit(row).ticket) for row in read_tickets(SAMPLE) if isinstance(row, RawTicket))
    assert [secret for secret in planted if secret in kept] == []


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"id,message\n{text}".encode()))
def test_any_bytes_are_rows_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the file holds, it comes as tickets and skipped rows, or as a `KbgenError`."""
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(data)
    try:
        rows = list(read_tickets(file, "csv"))
    except KbgenError:
        return
    assert all(isinstance(row, RawTicket | SkippedRow) for row in rows)


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CELL, CELL.filter(str.strip)), min_size=1, max_size=5))
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    """Subjects and messages come back as they were written, whatever commas, quotes and line breaks they hold."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("subject", "message"), *cells])
    file = tmp_path_factory.getbasetemp() / "written.csv"
    file.write_bytes(text.getvalue().encode())
    rows = list(read_tickets(file, "csv"))
    assert [(row.subject, row.text) for row in rows] == [(s.strip(), m.strip()) for s, m in cells]
