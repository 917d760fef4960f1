"""The vote event: what an adapter told an analytics service, and how often that day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from kbgen.errors import KbgenError
from kbgen.feedback.vote import Vote, read_vote

MOST = 100_000
"""The largest number of votes on one text in one day that is believed."""
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_NOTHING = {"", "(not set)", "(none)", "null", "None", "undefined"}
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


class Kind(StrEnum):
    """What the event says; the names are those that adapters send."""

    VOTE = "article_vote"
    REASON = "article_vote_reason"
    UNDONE = "article_vote_undone"


@dataclass(frozen=True, kw_only=True)
class Event:
    """So many events of one kind, on one day, about the same answer to the same text."""

    kind: Kind
    day: date
    vote: Vote
    """What was said; all events have the same id, for an analytics service keeps none."""
    count: int


def text_of(value: object) -> str:
    """The text of a cell; `""` for what services write where there is nothing."""
    text = "" if value is None else str(value).strip()
    return "" if text in _NOTHING else text


def read_day(value: object) -> date:
    """The day in a day or a moment as services write them; raises a `KbgenError` where it begins otherwise."""
    text = text_of(value)
    match = _DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else date.fromisoformat(text)
    except ValueError as error:
        raise KbgenError(f"'{text[:40]}' is not a day", hint="write year-month-day, as in 2026-11-23") from error


def read_answer(value: object) -> bool | None:
    """What a cell says to "was this helpful": yes, no, or taken back; raises a `KbgenError` for all else."""
    text = text_of(value).lower()
    if text and text not in _ANSWERS:
        raise KbgenError("'helpful' is not yes or no")
    return _ANSWERS.get(text)


def read_event(facts: Mapping[str, object], day: date | None) -> Event:
    """The event of `name`, `article`, `revision`, `helpful` and, where there are any, `day`, `count` and more.

    Raises a `KbgenError` that names the first one that is wrong.
    """
    answer = read_answer(facts.get("helpful"))
    if answer is None:
        raise KbgenError("'helpful' is neither yes nor no")
    fields = {name: text_of(facts.get(name)) for name in ("article", "revision", "section", "reason")}
    said = {name: text for name, text in fields.items() if text}
    vote = read_vote({"id": str(UUID(int=0)), "helpful": answer, **said})
    return Event(
        kind=Kind(text_of(facts.get("name"))),
        day=day if day and "day" not in facts else read_day(facts.get("day")),
        vote=vote,
        count=_count(facts.get("count", 1)),
    )


def _count(value: object) -> int:
    text = text_of(value)
    if not re.fullmatch(r"[0-9]{1,8}(?:\.0)?", text) or float(text) > MOST:
        raise KbgenError(f"'{text[:40]}' is not a number of events")
    return int(float(text))
