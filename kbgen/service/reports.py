"""Reports: what the feedback says, for who bears a token: as JSON, as CSV, and as a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kbgen.feedback.findability import misleading
from kbgen.feedback.missed import missed
from kbgen.feedback.spreadsheet import csv_lines
from kbgen.feedback.store.interface import Store
from kbgen.feedback.store.table import open_store
from kbgen.feedback.summary import Beside, summary
from kbgen.service.problems import problem
from kbgen.service.tokens import bears_token

if TYPE_CHECKING:
    from kbgen.service.reception import Reception

Row = dict[str, object]
Report = Callable[[Store, date], list[Row]]

LOOKED_BACK = timedelta(90)
MOST_COMMENTS = 1000
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _summary(store: Store, today: date) -> list[Row]:
    del today
    rows = summary(store.tallies(), Beside(searches=misleading(store.misleads())))
    return [row.as_json() for row in rows]


def _searches(store: Store, today: date) -> list[Row]:
    return [count.as_json() for count in missed(store.searches(today - LOOKED_BACK)).searches]


def _comments(store: Store, today: date) -> list[Row]:
    del today
    return [
        {**vars(each), "day": each.day.isoformat(), "reason": each.reason and each.reason.value}
        for each in store.comments(most=MOST_COMMENTS)
    ]


def _held(store: Store, today: date) -> list[Row]:
    del today
    return [
        {
            "id": b.vote.id,
            "day": b.day.isoformat(),
            "article": b.vote.article,
            "held": b.held,
            "comment": b.vote.comment,
        }
        for b in islice(store.ballots(held=True), MOST_COMMENTS)
    ]


REPORTS: dict[str, Report] = {"summary": _summary, "searches": _searches, "comments": _comments, "held": _held}


async def report(request: Request) -> Response:
    """One report."""
    if not bears_token(request):
        return problem(
            401, "reports need a token", {"WWW-Authenticate": 'Basic realm="kbgen reports", charset="UTF-8"'}
        )
    name, form = request.path_params["name"], request.query_params.get("format", "json")
    if name not in REPORTS or form not in _FORMS:
        return problem(404, f"there are the reports {', '.join(REPORTS)}, as {', '.join(_FORMS)}")
    reception: Reception = request.app.state.reception
    rows = await asyncio.to_thread(_rows, reception, REPORTS[name])
    response = _FORMS[form](name, rows)
    response.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
    return response


def _rows(reception: Reception, made: Report) -> list[Row]:
    """A report through a connection of its own, so that votes need not wait for it."""
    with closing(open_store(reception.settings.database, create=False)) as store:
        return made(store, reception.today())


def _as_json(name: str, rows: Sequence[Row]) -> Response:
    return JSONResponse({"schema_version": 1, name: rows})


def _as_csv(name: str, rows: Sequence[Row]) -> Response:
    columns = list(rows[0]) if rows else []
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("".join(csv_lines(columns, rows)), media_type="text/csv", headers=headers)


def _as_html(name: str, rows: Sequence[Row]) -> Response:
    columns = list(rows[0]) if rows else []
    head = "".join(f"<th scope=col>{escape(column)}" for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(_told(row.get(c)))}" for c in columns) for row in rows)
    page = f"""<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>{escape(name)} – feedback</title>
<style>body{{font:1rem/1.5 system-ui;margin:2rem}}td,th{{text-align:start;padding:.3rem .8rem;vertical-align:top}}
tr:nth-child(even){{background:#8881}}:root{{color-scheme:light dark}}</style>
<h1>{escape(name.title())}</h1><table><thead><tr>{head}<tbody>{body}</table>{"" if rows else "<p>Nothing yet."}"""
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": _POLICY})


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_told(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_told, value))
    return "" if value is None else str(value)


_FORMS: dict[str, Callable[[str, Sequence[Row]], Response]] = {"json": _as_json, "csv": _as_csv, "html": _as_html}
