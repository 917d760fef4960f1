"""Google Analytics 4: an exploration as CSV, an answer of the Data API, or rows of its table in BigQuery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import SkippedRow
from kbgen.feedback.takeover.columns import Names, found, plain_names, required
from kbgen.feedback.takeover.exported import Document, Exported, Row
from kbgen.feedback.takeover.interface import Service
from kbgen.feedback.takeover.poll import Fact, counted

NAMES: Names = {
    "name": ("eventname", "ereignisname"),
    "day": ("date", "eventdate", "datum"),
    "article": ("article",),
    "revision": ("revision",),
    "helpful": ("helpful",),
    "reason": ("reason",),
    "section": ("section",),
    "count": ("eventcount", "ereignisanzahl", "anzahlderereignisse"),
}
_HINT = "add the event name, the date, article, revision, helpful and reason as rows, and the event count as value"


def knows(exported: Exported) -> bool:
    """Whether a file names events, or is an answer of the Data API."""
    names = plain_names(exported)
    return "dimensionheaders" in names or bool(names & set(NAMES["name"]) and not names & {"datakey", "eventkey"})


def facts(exported: Exported) -> Iterator[Fact]:
    """What each row says, whichever of the three forms it has."""
    if isinstance(exported, Document) and exported.get("dimensionHeaders"):
        yield from _answer(exported)
    elif "eventparams" in plain_names(exported):
        yield from _bigquery(exported.rows())
    else:
        places = found(exported.columns, NAMES)
        required(exported, places, ("name", "article", "revision", "helpful", "count"), _HINT)
        for row in exported.rows():
            yield row if isinstance(row, SkippedRow) else (row.where, _by_field(row.cells, places))


def _by_field(cells: Mapping[str, object], places: Mapping[str, str]) -> Mapping[str, object]:
    return {field: cells.get(column) for field, column in places.items()}


def _answer(exported: Document) -> Iterator[Fact]:
    columns = [*_all(exported.get("dimensionHeaders"), "name"), *_all(exported.get("metricHeaders"), "name")]
    places = found(columns, NAMES)
    required(exported, places, ("name", "article", "revision", "helpful", "count"), _HINT)
    rows = exported.get("rows")
    total = exported.get("rowCount")
    if isinstance(total, int) and isinstance(rows, list) and len(rows) < total:
        raise KbgenError(
            f"this is a part of the answer: {len(rows)} of {total} rows",
            where=Where(path=exported.file.name),
            hint="ask for all of them at once with a larger limit, or for a shorter time",
        )
    for row in exported.rows_of(rows):
        if isinstance(row, Row):
            values = [*_all(row.cells.get("dimensionValues"), "value"), *_all(row.cells.get("metricValues"), "value")]
            yield row.where, _by_field(dict(zip(columns, values, strict=False)), places)
        else:
            yield row


def _all(values: object, name: str) -> Sequence[str]:
    """The text under a name in each object of a list."""
    return [str(value.get(name, "")) for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _bigquery(rows: Iterable[Row | SkippedRow]) -> Iterator[Fact]:
    for row in rows:
        if isinstance(row, Row):
            params = row.cells.get("event_params")
            pairs = [_pair(param) for param in params if isinstance(param, dict)] if isinstance(params, list) else []
            own = {"name": row.cells.get("event_name"), "day": row.cells.get("event_date")}
            yield row.where, {field: value for field, value in pairs if field in NAMES} | own
        else:
            yield row


def _pair(param: Mapping[str, object]) -> tuple[str, object]:
    value = param.get("value")
    held = value if isinstance(value, dict) else {}
    given = held.get("string_value")
    return str(param.get("key")), held.get("int_value") if given is None else given


GA4 = Service(
    title="Google Analytics 4: an exploration, the Data API or BigQuery", knows=knows, read=counted("ga4", facts)
)
