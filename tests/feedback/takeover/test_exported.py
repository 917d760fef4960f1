"""The exported file: what a file is, whatever its encoding, and where each row stands."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.feedback.ballot import SkippedRow
from kbgen.feedback.takeover.exported import Document, Lines, Row, Table, open_exported
from kbgen.feedback.takeover.table import SERVICES, read_votes

TABLE = '# Votes\n\na;b\n1;ä\n\n2;"two\nlines"\n3\n4;5\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_table(tmp_path: Path, encoding: str, end: str) -> None:
    """Comments and empty lines are passed over, and a row knows the line on which it begins."""
    file = tmp_path / "votes.csv"
    bom = b"\xfe\xff" if encoding == "utf-16-be" else b""
    file.write_bytes(bom + TABLE.replace("\n", end).encode(encoding))
    table = open_exported(file)
    assert isinstance(table, Table)
    assert table.columns == ("a", "b")
    rows = [(row.where.line, row.cells if isinstance(row, Row) else row.problem) for row in table.rows()]
    two = {"a": "2", "b": f"two{end}lines"}
    assert rows == [(4, {"a": "1", "b": "ä"}), (6, two), (8, "1 cells instead of 2"), (9, {"a": "4", "b": "5"})]


def test_totals(tmp_path: Path) -> None:
    """The row of totals is no row, also where it is longer than the others."""
    file = tmp_path / "votes.csv"
    file.write_text("a,b\nx,1\n,1,Grand total\n")
    assert len(list(open_exported(file).rows())) == 1


def test_lines(tmp_path: Path) -> None:
    """Objects on lines of their own are rows; a line that is none is skipped, also where it is the first."""
    file = tmp_path / "votes.json"
    file.write_text('{"a": }\n\n{"a": 1}\n[2]\n')
    lines = open_exported(file)
    assert isinstance(lines, Lines)
    assert lines.columns == ("a",)
    assert [(row.where.line, isinstance(row, SkippedRow)) for row in lines.rows()] == [
        (1, True),
        (3, False),
        (4, True),
    ]


def test_document(tmp_path: Path) -> None:
    """A JSON value on one line or on several is a document; its entries are told by number."""
    file = tmp_path / "votes.json"
    for text in ('[{"a": 1}, 2]', '[\n {"a": 1},\n 2\n]\n'):
        file.write_text(text)
        document = open_exported(file)
        assert isinstance(document, Document)
        assert document.columns == ("a",)
        assert [str(row.where) for row in document.rows()] == ["votes.json, entry 1", "votes.json, entry 2"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"a,b\n\xff\xfe\xfd,1\n", "neither UTF-8 nor UTF-16"),
        (b"\xff\xfe\x00\xd8\x00", "neither UTF-8 nor UTF-16"),
        (b"[1,", "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b'{"a": ' * 100_000, "this is not JSON"),
    ],
)
def test_unreadable(tmp_path: Path, data: bytes, problem: str) -> None:
    """A file that cannot be read is an error that names it."""
    file = tmp_path / "votes.txt"
    file.write_bytes(data)
    with pytest.raises(KbgenError, match=problem) as caught:
        list(open_exported(file).rows())
    assert str(caught.value.where) == "votes.txt"


def test_not_there(tmp_path: Path) -> None:
    """A file that is not there is an error, too."""
    with pytest.raises(KbgenError, match="cannot be read"):
        open_exported(tmp_path / "none.csv")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("article_vote"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "article revision helpful name event_name date count data results query metrics dimensions rows "
                "dimensionHeaders dimensionValues metricValues metricHeaders value event_params key submissions "
                "created_at actionDetails eventCategory eventAction eventName eventProperties eventId dataKey "
                "stringValue rowCount pageSize pagination limit label nb_events type serverDate 2026-11-01".split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(json_values, st.sampled_from([None, *SERVICES]))
@example({"data": [{"event_id": []}], "count": 1}, None)
@example(
    {"results": [{"metrics": [[]], "dimensions": [{}]}], "query": {"metrics": ["events"], "dimensions": [[]]}}, None
)
@example([{"actionDetails": [{"type": "event", "eventCategory": [], "eventAction": {}, "eventName": 1}]}], None)
def test_any_json(tmp_path: Path, value: object, service: str | None) -> None:
    """Whatever a JSON file holds, its votes are read or refused with words; nothing else is raised."""
    file = tmp_path / "votes.json"
    file.write_text(json.dumps(value))
    with contextlib.suppress(KbgenError):
        list(read_votes(file, service))


HEADERS = st.sampled_from(
    [
        "id,day,article,revision,section,helpful,reason,comment,query,held",
        "Event name,Date,article,revision,helpful,Event count",
        "event_id,event_name,data_key,string_value,created_at",
        "date,Event Category,Event Action,Event Name,Total events",
        "article,revision,helpful,created_at",
    ]
)
CELLS = st.sampled_from(
    ["article_vote", "a.md", "0123456789abcdef", "yes", "20261101", "2026-11-01", "3", "", '"', "article", "\x00", "'"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HEADERS, st.lists(st.lists(CELLS | st.text(max_size=4), max_size=6), max_size=5), st.binary(max_size=4))
def test_any_table(tmp_path: Path, header: str, rows: list[list[str]], more: bytes) -> None:
    """Whatever a table holds, its votes are read or refused with words; nothing else is raised."""
    file = tmp_path / "votes.csv"
    text = "\n".join([header, *(",".join(row) for row in rows)])
    file.write_bytes(text.encode(errors="surrogatepass") + more)
    with contextlib.suppress(KbgenError):
        list(read_votes(file))
