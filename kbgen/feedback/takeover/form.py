"""The form service: one row for each submission, as Netlify, Formspree and services like them export it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from kbgen.errors import KbgenError, Where
from kbgen.feedback.ballot import Ballot, SkippedRow
from kbgen.feedback.takeover.columns import Names, found, plain_name, plain_names, required
from kbgen.feedback.takeover.event import read_answer, read_day, text_of
from kbgen.feedback.takeover.exported import Document, Exported, Row
from kbgen.feedback.takeover.interface import Service, Votes
from kbgen.feedback.takeover.poll import NAMESPACE, no_day
from kbgen.feedback.vote import Vote, read_vote

NAMES: Names = {
    "id": ("id",),
    "article": ("article",),
    "revision": ("revision",),
    "helpful": ("helpful",),
    "reason": ("reason",),
    "comment": ("comment",),
    "section": ("section",),
    "robot": ("gotcha", "website"),
    "time": ("createdat", "submittedat", "submissiondate", "date", "timestamp", "datetime", "created", "submitted"),
}
_TEXTS = ("id", "article", "revision", "reason", "comment", "section")
_HINT = "export the submissions of the form 'vote' with all their fields"


@dataclass(frozen=True, kw_only=True)
class _Submission:
    """A row, and what tells when it came."""

    vote: Vote
    day: date
    time: str
    held: str


def knows(exported: Exported) -> bool:
    """Whether a file has the fields of the vote form."""
    names = plain_names(exported)
    return {"article", "revision", "helpful"} <= names or "submissions" in names or {"data", "createdat"} <= names


def read(exported: Exported, day: date | None) -> Votes:
    """The last submission of each vote, unless it took the vote back."""
    rows = list(_rows(exported))
    if not rows and isinstance(exported, Document):
        return
    columns = {name: None for row in rows if isinstance(row, Row) for name in row.cells} or exported.columns
    places = found(columns, NAMES)
    required(exported, places, ("article", "revision", "helpful"), _HINT)
    if "time" not in places and day is None:
        raise no_day(Where(path=exported.file.name))
    last: dict[str, _Submission] = {}
    for one in _submissions(rows, places, day):
        if isinstance(one, SkippedRow):
            yield one
        elif one.vote.id not in last or last[one.vote.id].time <= one.time:
            last[one.vote.id] = one
    for one in sorted(last.values(), key=lambda one: (one.day, one.time, one.vote.id)):
        if one.vote.helpful is not None:
            yield Ballot(vote=one.vote, day=one.day, held=one.held)


def _submissions(
    rows: Iterable[Row | SkippedRow], places: Mapping[str, str], day: date | None
) -> Iterator[_Submission | SkippedRow]:
    same: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, SkippedRow):
            yield row
        else:
            cells = {name: row.cells.get(column) for name, column in places.items()}
            yield _submission(row.where, cells, day, same)


def _submission(
    where: Where, cells: Mapping[str, object], day: date | None, same: Counter[str]
) -> _Submission | SkippedRow:
    time = text_of(cells.get("time"))
    fields = {name: text for name in _TEXTS if (text := text_of(cells.get(name)))}
    fields["id"] = _id(fields, time, str(cells.get("helpful")), same)
    try:
        vote = read_vote({**fields, "helpful": read_answer(cells.get("helpful"))})
        came = day if day and "time" not in cells else read_day(time)
    except KbgenError as error:
        return SkippedRow(where=where, problem=error.problem)
    return _Submission(vote=vote, day=came, time=time, held="honeypot" if text_of(cells.get("robot")) else "")


def _id(fields: Mapping[str, str], time: str, helpful: str, same: Counter[str]) -> str:
    """The vote's own id; one without, sent without JavaScript, gets one made of all that it says."""
    try:
        return str(UUID(fields["id"]))
    except (KeyError, ValueError):
        text = "\x1f".join(("form", time, helpful, *(fields.get(name, "") for name in _TEXTS)))
        same[text] += 1
        return str(uuid5(NAMESPACE, f"{text}\x1f{same[text]}"))


def _rows(exported: Exported) -> Iterator[Row | SkippedRow]:
    """The submissions, with the fields of those that hold them apart from what the service knows of them."""
    inner = exported.get("submissions") if isinstance(exported, Document) else None
    for row in (
        exported.rows_of(inner) if isinstance(exported, Document) and isinstance(inner, list) else exported.rows()
    ):
        data = row.cells.get("data") if isinstance(row, Row) else None
        if isinstance(row, Row) and isinstance(data, dict):
            times = {name: value for name, value in row.cells.items() if plain_name(name) in NAMES["time"]}
            yield Row(where=row.where, cells={**times, **data})
        else:
            yield row


FORM = Service(title="a form service such as Netlify or Formspree: its submissions", knows=knows, read=read)
