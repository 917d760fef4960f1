"""The export: every ballot in a file that any program reads, and back from it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import Ballot
from kbgen.feedback.spreadsheet import csv_lines, unguarded
from kbgen.feedback.vote import read_vote
from kbgen.outputs.files import write_whole

COLUMNS = ("id", "day", "article", "revision", "section", "helpful", "reason", "comment", "query", "held")
_TRUTH = {"true": True, "false": False, "": None}


def export_lines(ballots: Iterable[Ballot], form: str) -> Iterator[str]:
    """The ballots as `csv` or `jsonl`, a line at a time; who cast them is in neither."""
    rows = map(_as_row, ballots)
    if form == "csv":
        yield from csv_lines(COLUMNS, rows)
    else:
        yield from (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_export(file: Path) -> Iterator[Ballot]:
    """The ballots of a file that `export_lines` wrote; raises a `KbgenError` with the line of one that is none."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = _json_rows(text, file.name) if file.suffix == ".jsonl" else _csv_rows(text, file.name)
        for line, row in rows:
            try:
                yield _ballot(row)
            except KbgenError as error:
                raise KbgenError(error.problem, where=Where(path=file.name, line=line), hint=error.hint) from error


def _as_row(ballot: Ballot) -> dict[str, object]:
    vote = ballot.vote
    reason = vote.reason.value if vote.reason else None
    beside = {"day": ballot.day.isoformat(), "held": ballot.held, "reason": reason}
    row = {**vars(vote), **beside}
    return {name: row[name] for name in COLUMNS}


def _ballot(row: Mapping[str, object]) -> Ballot:
    fields = {name: row[name] for name in COLUMNS if row.get(name) not in {None, ""} and name not in {"day", "held"}}
    vote = read_vote({"helpful": None, **fields})
    try:
        day = date.fromisoformat(str(row.get("day")))
    except ValueError as error:
        raise KbgenError(f"'{row.get('day')}' is not a day", hint="write year-month-day, as in 2026-11-23") from error
    return Ballot(vote=vote, day=day, held=str(row.get("held") or "")[:50])


def _json_rows(text: IO[str], name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise KbgenError("this is not JSON", where=Where(path=name, line=number)) from error
        if not isinstance(row, dict):
            raise KbgenError("this is not a JSON object", where=Where(path=name, line=number))
        yield number, row


def _csv_rows(text: IO[str], name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.DictReader(text)
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise KbgenError(
            f"column '{min(missing)}' is missing",
            where=Where(path=name, line=1),
            hint=f"needed: {', '.join(COLUMNS)}",
        )
    for cells in reader:
        row: dict[str, object] = {name: unguarded(cells[name] or "") for name in COLUMNS}
        row["helpful"] = _TRUTH.get(str(row["helpful"]).lower(), row["helpful"])
        yield reader.line_num, row


def write_export(file: Path, ballots: Iterable[Ballot]) -> None:
    """Write an export whole or not at all; its form is that of the file's name."""
    write_whole(file, "".join(export_lines(ballots, "jsonl" if file.suffix == ".jsonl" else "csv")))
