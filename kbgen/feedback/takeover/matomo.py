"""Matomo: the visits log as JSON, or a flat report that has category, action and name of events."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from kbgen.feedback.ballot import SkippedRow
from kbgen.feedback.takeover.columns import Names, found, plain_name, plain_names, required
from kbgen.feedback.takeover.event import Kind, text_of
from kbgen.feedback.takeover.exported import Document, Exported, Row
from kbgen.feedback.takeover.interface import Service
from kbgen.feedback.takeover.poll import Fact, counted

NAMES: Names = {
    "category": ("eventcategory", "eventseventcategory", "ereigniskategorie"),
    "action": ("eventaction", "eventseventaction", "ereignisaktion"),
    "name": ("eventname", "eventseventname", "ereignisname"),
    "day": ("date", "datum"),
    "count": ("nbevents", "totalevents", "events", "ereignisse", "gesamtereignisse"),
}
_HINT = (
    "Matomo's own reports join two of category, action and name, and a vote needs all three: "
    "export the visits log as JSON (Live.getLastVisitsDetails)"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TEXT = re.compile(r"(?P<article>.+?\.md)(?:#(?P<section>.*))? (?P<revision>\S+)")


def knows(exported: Exported) -> bool:
    """Whether a file is a visits log or a report on events."""
    names = plain_names(exported)
    report = names & {"label", "bezeichnung"} and names & set(NAMES["count"])
    return bool(names & {"actiondetails", *NAMES["category"]} or report or _days(exported))


def facts(exported: Exported) -> Iterator[Fact]:
    """What each event of a visits log says, or each row of a report."""
    if "actiondetails" in plain_names(exported):
        yield from _visits(exported.rows())
        return
    rows = list(_days(exported) or exported.rows())
    columns = next((tuple(row.cells) for row in rows if isinstance(row, Row)), exported.columns)
    places = found(columns, NAMES)
    required(exported, places, ("category", "action", "name", "count"), _HINT)
    for row in rows:
        yield (
            _said(row, {field: row.cells.get(column) for field, column in places.items()})
            if isinstance(row, Row)
            else row
        )


def _visits(rows: Iterable[Row | SkippedRow]) -> Iterator[Fact]:
    for row in rows:
        actions = row.cells.get("actionDetails") if isinstance(row, Row) else None
        for action in actions if isinstance(actions, list) else ():
            if isinstance(row, Row) and isinstance(action, dict) and action.get("type") == "event":
                cells = {name: action.get(f"event{name.capitalize()}") for name in ("category", "action", "name")}
                yield _said(row, {**cells, "day": row.cells.get("serverDate")})
        if isinstance(row, SkippedRow):
            yield row


def _said(row: Row, cells: Mapping[str, object]) -> Fact:
    """The facts in the three parts of an event; the action of one that gives a reason is that reason."""
    kind, action = text_of(cells["category"]), html.unescape(text_of(cells["action"]))
    match = _TEXT.fullmatch(html.unescape(text_of(cells["name"])))
    if kind in set(Kind) and not match:
        return SkippedRow(where=row.where, problem="the event's name is not an article and its revision")
    said = {"helpful": "no", "reason": action} if kind == Kind.REASON else {"helpful": action}
    rest = {name: cells[name] for name in ("day", "count") if name in cells}
    return row.where, {"name": kind, **said, **rest, **(match.groupdict() if match else {})}


def _days(exported: Exported) -> list[Row | SkippedRow]:
    """The rows of a report for several days, which lie under their days; none where a file is something else."""
    data = exported.data if isinstance(exported, Document) else None
    if not isinstance(exported, Document) or not isinstance(data, dict) or not all(map(_DAY.fullmatch, data)):
        return []
    return [_dated(row, day) for day, rows in data.items() for row in exported.rows_of(rows)]


def _dated(row: Row | SkippedRow, day: str) -> Row | SkippedRow:
    if isinstance(row, SkippedRow):
        return row
    cells = {name: value for name, value in row.cells.items() if plain_name(name) not in NAMES["day"]}
    return Row(where=row.where, cells={**cells, "date": day})


MATOMO = Service(title="Matomo: the visits log, or a report on events", knows=knows, read=counted("matomo", facts))
