"""Plausible: the answer of its Stats API to a query for the vote events."""

from __future__ import annotations

from collections.abc import Iterator

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import SkippedRow
from kbgen.feedback.takeover.columns import plain_names
from kbgen.feedback.takeover.exported import Document, Exported, Row
from kbgen.feedback.takeover.interface import Service
from kbgen.feedback.takeover.poll import Fact, counted

_NEEDED = ("name", "article", "revision", "helpful")
_HINT = "ask the Stats API for the metric 'events' by time:day, event:goal and event:props: article, revision, helpful"
_DASHBOARD = ({"property", "value", "events"}, {"name", "uniqueconversions", "totalconversions"})


def knows(exported: Exported) -> bool:
    """Whether a file is an answer of the Stats API, or a table of the dashboard."""
    names = plain_names(exported)
    return {"results", "query"} <= names or any(table <= names for table in _DASHBOARD)


def facts(exported: Exported) -> Iterator[Fact]:
    """What each result says; raises a `KbgenError` for tables of the dashboard, which hold no whole vote."""
    query = exported.get("query") if isinstance(exported, Document) else None
    if not isinstance(exported, Document) or not isinstance(query, dict):
        raise _error(exported, "the dashboard's tables show each property by itself, and no whole vote")
    metrics, dimensions = _texts(query.get("metrics")), [_field(name) for name in _texts(query.get("dimensions"))]
    missing = [name for name in _NEEDED if name not in dimensions] + ["events"] * ("events" not in metrics)
    if missing:
        raise _error(exported, f"the query asks for no {' and no '.join(missing)}")
    results = exported.get("results")
    _check_whole(exported, query.get("pagination"), len(results) if isinstance(results, list) else 0)
    for row in exported.rows_of(results):
        yield _result(row, dimensions, metrics.index("events")) if isinstance(row, Row) else row


def _result(row: Row, dimensions: list[str], place: int) -> Fact:
    values, counts = row.cells.get("dimensions"), row.cells.get("metrics")
    if not isinstance(values, list) or not isinstance(counts, list) or len(values) != len(dimensions):
        return SkippedRow(where=row.where, problem=f"this has not the {len(dimensions)} dimensions of the query")
    count = counts[place] if place < len(counts) else None
    return row.where, {**dict(zip(dimensions, values, strict=True)), "count": count}


def _field(dimension: str) -> str:
    if dimension in {"event:goal", "event:name"}:
        return "name"
    return "day" if dimension in {"time:day", "time:hour", "time:minute"} else dimension.removeprefix("event:props:")


def _check_whole(exported: Document, pagination: object, results: int) -> None:
    """Raise a `KbgenError` where there may be more than the answer holds: numbers of a part would be wrong."""
    pages = pagination if isinstance(pagination, dict) else {}
    limit, offset = pages.get("limit"), pages.get("offset")
    if (isinstance(limit, int) and results >= limit) or (isinstance(offset, int) and offset > 0):
        raise KbgenError(
            f"this may be a part of the answer: {results} results",
            where=Where(path=exported.file.name),
            hint="ask for all of them at once with a larger pagination limit, or for a shorter time",
        )


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _error(exported: Exported, problem: str) -> KbgenError:
    return KbgenError(problem, where=Where(path=exported.file.name), hint=_HINT)


PLAUSIBLE = Service(title="Plausible: an answer of the Stats API", knows=knows, read=counted("plausible", facts))
