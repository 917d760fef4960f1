"""Facts about bad exports: each is told in plain words with a way out, and nothing that was stored is lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from invented_exports import TICKETS, freshdesk, write_export, write_json, zendesk

from kbgen.cli import main
from kbgen.errors import KbgenError
from kbgen.tickets.sources import compression, document, lines
from kbgen.tickets.sources.interface import Row
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.store import TicketStore
from kbgen.tickets.ticket import RawTicket, SkippedRow, Ticket

KNOWN = Ticket(id="1", subject="Export", text="How?", replies=(), requester="", created="", tags=())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A help centre with one stored ticket."""
    folder = tmp_path / "centre"
    (folder / "content").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    TicketStore(folder / ".kbgen").save([KNOWN])
    return folder


def run(root: Path, file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["topics", "import", "-f", str(root / "mkdocs.yml"), str(file), *options])


def packed(name: str, data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return whole.getvalue()


LATIN = "id,message\n1,Ärger mit der Größe\n".encode("cp1252")
BOMB = 9 * 2**20
BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "the file is empty", "export it again"),
    "only spaces": (lambda: b"\xef\xbb\xbf\n \n", "the file is empty", "export it again"),
    "header only": (lambda: b"id,message\n", "a header and no ticket", "export it again, with tickets"),
    "missing columns": (lambda: b"Case,Opened,Details\n1,2026,x\n", "none of the columns", "--map text=Case"),
    "Windows-1252": (lambda: LATIN, "not UTF-8; it looks like Windows-1252", "--encoding cp1252"),
    "UTF-16 without mark": (lambda: "id,message\n1,x\n".encode("utf-16-le"), "UTF-16 without a byte order mark", ""),
    "late byte": (lambda: b"id,message\n1," + b"x " * 90_000 + b"\n2,\xe4\n", "not UTF-8", "--encoding"),
    "XML": (lambda: b"<?xml version='1.0'?><tickets/>", "XML or HTML", "export another"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "the format of the file is not known", "--format"),
    "workbook": (lambda: packed("[Content_Types].xml", b"<x/>"), "this is a workbook", "save it as CSV"),
    "empty archive": (lambda: packed("__MACOSX/x", b""), "there is no file inside", "export it again"),
    "broken archive": (lambda: packed("a.csv", b"id,message\n")[:-30], "cannot be read", ""),
    "archive in an archive": (lambda: packed("a.zip", packed("a.csv", b"x")), "holds another archive", "unpack it"),
    "gzip in gzip": (lambda: gzip.compress(gzip.compress(b"x")), "holds another archive", "unpack it"),
    "cut gzip": (lambda: gzip.compress(b"id,message\n" + b"1,x\n" * 9)[:-9], "cannot be unpacked", "whole"),
    "zip bomb": (
        lambda: packed("a.csv", b"id,message\n" + b" " * BOMB),
        "grows beyond its limits",
        "unpack it yourself",
    ),
    "gzip bomb": (lambda: gzip.compress(b"[" + b" " * BOMB), "grows beyond its limits", "unpack it yourself"),
    "no ticket in it": (lambda: b'{"id": 1}\n{"id": 2}\n', "none of the columns", "--map"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_export_is_told_and_nothing_is_lost(
    root: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be used ends with code 1, says what and where and what to do, and leaves the store alone."""
    monkeypatch.setattr(compression, "FREE_BYTES", 4 * 2**20)
    make, problem, hint = BAD[name]
    file = tmp_path / "export"
    file.write_bytes(make())
    before = (root / ".kbgen" / "tickets.sqlite").read_bytes()
    done = run(root, file)
    assert done.exit_code == 1, done.output
    assert problem in done.stderr
    assert hint in done.stderr
    assert "export" in done.stderr
    assert "Traceback" not in done.output
    assert (root / ".kbgen" / "tickets.sqlite").read_bytes() == before
    assert [path.name for path in (root / ".kbgen").glob("*.part")] == []


def test_named_encoding_is_read(tmp_path: Path, root: Path) -> None:
    """What the hint proposes works; a name that is no encoding is wrong usage."""
    file = tmp_path / "a.csv"
    file.write_bytes(LATIN)
    done = run(root, file, "--encoding", "cp1252", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "Größe" in done.output
    for wrong in ("rot13", "none-such"):
        assert run(root, file, "--encoding", wrong).exit_code == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    """UTF-8 and UTF-16 with their mark are read without a word, in CSV and in JSON."""
    (tmp_path / "a").write_bytes("id,message\n1,Größe\n".encode(encoding))
    (tmp_path / "b").write_bytes('[{"id": 1, "text": "Größe"}]'.encode(encoding))
    for name in "ab":
        (row,) = read_tickets(tmp_path / name)
        assert isinstance(row, RawTicket)
        assert row.text == "Größe"


@pytest.mark.parametrize("shape", ["list", "envelope", "lines", "objects"])
def test_whole_objects_before_the_cut_are_read(tmp_path: Path, shape: str) -> None:
    """Of JSON that ends in the middle, the tickets before the cut are read, and the cut is said."""
    file = write_json(tmp_path / "x.json", "zendesk", shape)
    text = file.read_text()
    file.write_text(text[: text.index('"subject": "Where')])
    rows = list(read_tickets(file))
    assert [type(row) for row in rows] == [RawTicket, RawTicket, SkippedRow]
    assert isinstance(rows[2], SkippedRow)
    assert "the file ends here, in the middle" in rows[2].reason


def test_broken_object_hides_no_other(tmp_path: Path) -> None:
    """An object of a list that is no JSON is skipped with its line; the next one is read."""
    one, two = (json.dumps(freshdesk(ticket)) for ticket in TICKETS[:2])
    (tmp_path / "x.json").write_text(f"[{one},\n{{\"id\": nope, 'x': [1,] }},\n{two}]")
    rows = list(read_tickets(tmp_path / "x.json", "freshdesk"))
    assert [type(row) for row in rows] == [RawTicket, SkippedRow, RawTicket]
    assert rows[1] == SkippedRow(line=2, reason="the object is not JSON in UTF-8")


def test_formulas_are_text(tmp_path: Path) -> None:
    """A cell that a spreadsheet would compute is read as the text that it is."""
    text = io.StringIO()
    formulas = ["=HYPERLINK(A1)", "+1+1", "@SUM(A1)", "-2"]
    csv.writer(text).writerows([("id", "message"), *enumerate(formulas)])
    (tmp_path / "a.csv").write_text(text.getvalue())
    assert [row.text for row in read_tickets(tmp_path / "a.csv") if isinstance(row, RawTicket)] == formulas


def written(file: Path, pieces: Iterator[bytes]) -> Path:
    with file.open("wb") as stream:
        for piece in pieces:
            stream.write(piece)
    return file


def huge(shape: str, size: int) -> Iterator[bytes]:
    """An export whose second ticket has `size` bytes, in one line."""
    good = {number: json.dumps(zendesk(TICKETS[number])).encode() for number in (0, 1)}
    start, middle, end = {
        "csv": (b"id,message\n1,x\n2,", b"y", b"\n3,z\n"),
        "lines": (good[0] + b'\n{"id": 5, "description": "', b"y", b'"}\n' + good[1] + b"\n"),
        "list": (b"[" + good[0] + b',{"id": 5, "description": "', b'\\"', b'"},' + good[1] + b"]"),
        "nested": (b"[" + good[0] + b',{"id": 5, "x": [', b'{"a": 1},', b"0]}," + good[1] + b"]"),
    }[shape]
    yield start
    step = middle * (2**20 // len(middle))
    for _ in range(size // len(step)):
        yield step
    yield end


def peak_of(read: Callable[[], list[Row]]) -> tuple[list[Row], int]:
    """What was read, and the most bytes that Python held meanwhile."""
    tracemalloc.start()
    tracemalloc.reset_peak()
    try:
        return read(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("shape", ["csv", "lines", "list", "nested"])
def test_huge_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    """A ticket beyond the limit is skipped and said to be; those before and after it are read, in little memory."""
    for module in (lines, document):
        monkeypatch.setattr(module, "LONGEST", 100_000)
    file = written(tmp_path / "x", huge(shape, 2 * 2**20))
    rows, peak = peak_of(lambda: list(read_tickets(file)))
    assert [row.line for row in rows if isinstance(row, SkippedRow)][:1] == [
        {"lines": 2, "list": 1, "nested": 1}.get(shape, 3)
    ]
    found = [row for row in rows if isinstance(row, RawTicket)]
    assert [found[0].text, found[-1].text] == (["x", "z"] if shape == "csv" else [t.said[0].text for t in TICKETS[:2]])
    assert peak < 4 * 2**20


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["csv", "lines", "list"])
def test_line_of_a_gigabyte_is_passed_over(tmp_path: Path, shape: str) -> None:
    """A line of a gigabyte takes no more memory than the limit of a line allows."""
    file = written(tmp_path / "x", huge(shape, 2**30))
    rows, peak = peak_of(lambda: list(read_tickets(file)))
    assert len([row for row in rows if isinstance(row, RawTicket)]) == 2
    assert peak < 96 * 2**20
    file.unlink()


def peak_of_many(tmp_path: Path, name: str, count: int) -> int:
    """The most memory while an export of `count` tickets is read."""
    good = zendesk(TICKETS[0]) if name == "zendesk" else freshdesk(TICKETS[0])
    pieces = (json.dumps({**good, "id": number}).encode() + b",\n" for number in range(count))
    file = written(tmp_path / f"{name}{count}", (part for piece in ((b"[",), pieces, (b"{}]",)) for part in piece))
    tracemalloc.start()
    tracemalloc.reset_peak()
    assert sum(isinstance(row, RawTicket) for row in read_tickets(file)) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", ["zendesk", "freshdesk"])
def test_memory_does_not_grow_with_the_export(tmp_path: Path, name: str) -> None:
    """Ten times the tickets need no more memory."""
    assert peak_of_many(tmp_path, name, 800) < 1.3 * peak_of_many(tmp_path, name, 200) + 2**20


def test_limits_of_archives_leave_room_for_exports() -> None:
    """What repeats itself a hundred times over is unpacked: exports are as even as that."""
    assert compression.MOST_RATIO >= 200
    assert compression.FREE_BYTES < 100 * 2**20


def test_what_is_read_is_shown_first(root: Path, tmp_path: Path) -> None:
    """A dry run shows the format, each field's origin and a ticket without personal data, and stores nothing."""
    file = write_export(tmp_path, "zendesk")
    before = (root / ".kbgen" / "tickets.sqlite").read_bytes()
    done = run(root, file, "--dry-run", "--map", "product=360001")
    assert done.exit_code == 0, done.output
    assert "export.json is read as Zendesk:\n  id ← id\n" in done.output
    assert "  product ← 360001\n" in done.output
    assert "  How do I export a list\n" in done.output
    assert "mira@" not in done.output
    assert "Nothing was stored." in done.output
    assert (root / ".kbgen" / "tickets.sqlite").read_bytes() == before


def test_mapping_may_stand_in_a_file(root: Path, tmp_path: Path) -> None:
    """A YAML file names columns; a flag goes before it; what is wrong in it is told with an example."""
    (tmp_path / "a.csv").write_text("Nr,Frage,Thema\n1,Wie?,Druck\n")
    (tmp_path / "map.yml").write_text("text: Frage\nid: Thema\n")
    done = run(root, tmp_path / "a.csv", "--map-file", str(tmp_path / "map.yml"), "--map", "id=Nr", "--dry-run")
    assert done.exit_code == 0, done.output
    assert "  id ← Nr\n  text ← Frage\n" in done.output
    for bad in ("- x", "txt: Frage", "text: [1]", "{", "text: Fragen"):
        (tmp_path / "map.yml").write_text(bad)
        done = run(root, tmp_path / "a.csv", "--map-file", str(tmp_path / "map.yml"))
        assert done.exit_code == 1
        assert "hint: " in done.stderr


def test_mail_has_nothing_to_map(tmp_path: Path, root: Path) -> None:
    """Mail has no columns, and the error says so."""
    assert "mail has no columns" in run(root, write_export(tmp_path, "mbox"), "--map", "id=x").stderr


def test_every_skipped_row_is_in_the_report(root: Path, tmp_path: Path) -> None:
    """Ten skipped rows are shown; the file below .kbgen/ lists them all, even where no ticket was left."""
    (tmp_path / "a.csv").write_text("id,message\n" + "1\n" * 25)
    done = run(root, tmp_path / "a.csv")
    assert done.exit_code == 1
    assert "no ticket could be read" in done.stderr
    assert "Skipped 25 rows:" in done.output
    assert "… and 15 more" in done.output
    assert len((root / ".kbgen" / "import-skipped.txt").read_text().splitlines()) == 25


def test_folder_without_files_is_an_error(tmp_path: Path) -> None:
    """An empty folder is told to be one."""
    with pytest.raises(KbgenError, match="there is no file inside"):
        list(read_tickets(tmp_path))
