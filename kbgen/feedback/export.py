"""The export: every ballot in a file that any program reads, and back from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.spreadsheet import csv_lines, unguarded
from kbgen.feedback.takeover.exported import Exported, Table
from kbgen.feedback.vote import read_vote

COLUMNS = ("id", "day", "article", "revision", "section", "helpful", "reason", "comment", "query", "held")
_TRUTH = {"true": True, "false": False, "": None}


def export_lines(ballots: Iterable[Ballot], form: str) -> Iterator[str]:
    """The ballots as `csv` or `jsonl`, a line at a time; who cast them is in neither."""
    rows = map(_as_row, ballots)
    if form == "csv":
        yield from csv_lines(COLUMNS, rows)
    else:
        yield from (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_export(exported: Exported) -> Iterator[Ballot | SkippedRow]:
    """The ballots of a file that `export_lines` wrote; raises a `KbgenError` where a column is missing."""
    missing = sorted(set(COLUMNS) - set(exported.columns))
    if missing:
        raise KbgenError(
            f"column '{missing[0]}' is missing",
            where=Where(path=exported.file.name, line=1),
            hint=f"needed: {', '.join(COLUMNS)}",
        )
    texts = isinstance(exported, Table)
    for row in exported.rows():
        yield row if isinstance(row, SkippedRow) else _read(row.where, _values(row.cells) if texts else row.cells)


def _as_row(ballot: Ballot) -> dict[str, object]:
    vote = ballot.vote
    reason = vote.reason.value if vote.reason else None
    beside = {"day": ballot.day.isoformat(), "held": ballot.held, "reason": reason}
    row = {**vars(vote), **beside}
    return {name: row[name] for name in COLUMNS}


def _read(where: Where, row: Mapping[str, object]) -> Ballot | SkippedRow:
    try:
        return _ballot(row)
    except KbgenError as error:
        return SkippedRow(where=where, problem=error.problem)


def _ballot(row: Mapping[str, object]) -> Ballot:
    names = [name for name in COLUMNS if name not in {"day", "held"} and row.get(name) not in (None, "")]
    vote = read_vote({"helpful": None, **{name: row[name] for name in names}})
    try:
        day = date.fromisoformat(str(row.get("day")))
    except ValueError as error:
        raise KbgenError(f"'{str(row.get('day'))[:40]}' is not a day, written as in 2026-11-23") from error
    return Ballot(vote=vote, day=day, held=str(row.get("held") or "")[:50])


def _values(cells: Mapping[str, object]) -> Mapping[str, object]:
    """What the cells of a CSV file stand for."""
    texts = {name: unguarded(str(cells.get(name) or "")) for name in COLUMNS}
    return {**texts, "helpful": _TRUTH.get(texts["helpful"].lower(), texts["helpful"])}
