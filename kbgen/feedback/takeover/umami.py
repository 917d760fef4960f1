"""Umami: event data, one row for each property of each event, as its API answers and its export holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import SkippedRow
from kbgen.feedback.takeover.columns import Names, found, plain_names, required
from kbgen.feedback.takeover.exported import Document, Exported, Row
from kbgen.feedback.takeover.interface import Service
from kbgen.feedback.takeover.poll import Fact, counted

NAMES: Names = {
    "id": ("websiteeventid", "eventid"),
    "name": ("eventname",),
    "key": ("datakey", "eventkey"),
    "value": ("stringvalue", "datavalue"),
    "day": ("createdat",),
}
_KEYS = {"article", "revision", "section", "helpful", "reason"}
_HINT = "export the event data: the answer of /api/websites/ID/event-data, or event_data.csv with the event's name"


@dataclass
class _Gathered:
    """An event of which some properties were read."""

    where: Where
    facts: dict[str, object] = field(default_factory=dict)


def knows(exported: Exported) -> bool:
    """Whether a file has a property of an event in each row, is an answer of the API, or a table of totals."""
    names = plain_names(exported)
    keyed = names & set(NAMES["key"]) and names & set(NAMES["id"])
    return bool(keyed) or "eventproperties" in names or {"data", "count"} <= names or names == {"x", "y"}


def facts(exported: Exported) -> Iterator[Fact]:
    """The properties of each event, put together."""
    if plain_names(exported) == {"x", "y"}:
        raise KbgenError(
            "the export of the dashboard holds totals, and no whole vote", where=_place(exported), hint=_HINT
        )
    events: dict[str, _Gathered] = {}
    for row in _rows(exported):
        if isinstance(row, SkippedRow):
            yield row
        else:
            _gather(events, row)
    for event in events.values():
        yield event.where, event.facts


def _gather(events: dict[str, _Gathered], row: Row) -> None:
    cells = row.cells
    event = events.setdefault(str(cells["id"]), _Gathered(row.where, {"name": cells["name"]}))
    if "day" in cells:
        event.facts.setdefault("day", cells["day"])
    if (key := str(cells["key"])) in _KEYS:
        event.facts[key] = cells["value"]


def _rows(exported: Exported) -> Iterator[Row | SkippedRow]:
    """The rows by the names of fields, from a table or from an answer in which the properties lie within events."""
    entries = exported.get("data") if isinstance(exported, Document) else None
    if entries == []:
        return
    if isinstance(exported, Document):
        _check_whole(exported)
        rows = list(exported.rows_of(entries) if isinstance(entries, list) else exported.rows())
        flat = [single for row in rows for single in _properties(row)]
        columns = next((tuple(row.cells) for row in flat if isinstance(row, Row)), exported.columns)
    else:
        flat, columns = exported.rows(), exported.columns  # type: ignore[assignment]
    places = found(columns, NAMES)
    required(exported, places, ("id", "name", "key", "value"), _HINT)
    for row in flat:
        yield row if isinstance(row, SkippedRow) else Row(where=row.where, cells=_by_field(row.cells, places))


def _by_field(cells: Mapping[str, object], places: Mapping[str, str]) -> dict[str, object]:
    return {name: cells.get(column) for name, column in places.items()}


def _properties(row: Row | SkippedRow) -> Iterator[Row | SkippedRow]:
    """A row for each property of an event that holds them in a list; any other row as it is."""
    inner = None if isinstance(row, SkippedRow) else row.cells.get("eventProperties")
    if isinstance(row, SkippedRow) or not isinstance(inner, list):
        yield row
        return
    outer = {name: value for name, value in row.cells.items() if name != "eventProperties"}
    for value in inner:
        if isinstance(value, dict):
            yield Row(where=row.where, cells={**outer, **value})


def _check_whole(exported: Document) -> None:
    """Raise a `KbgenError` where the answer is one page of several: numbers of a part would be wrong."""
    count, size, page = (exported.get(name) for name in ("count", "pageSize", "page"))
    if isinstance(count, int) and isinstance(size, int) and (count > size or (isinstance(page, int) and page > 1)):
        raise KbgenError(
            f"this is a part of the answer: one page of {count} rows",
            where=_place(exported),
            hint=f"ask for all of them at once: pageSize={count}",
        )


def _place(exported: Exported) -> Where:
    return Where(path=exported.file.name)


UMAMI = Service(title="Umami: event data", knows=knows, read=counted("umami", facts))
