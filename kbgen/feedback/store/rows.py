"""Rows: how ballots and messages stand in the tables of a database."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from hashlib import blake2b

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.vote import Reason, Vote

FIELDS = ("id", "article", "revision", "section", "helpful", "reason", "comment", "query", "day", "held")
"""The columns of a ballot that its sum covers."""
Row = tuple[object, ...]


def row_sum(*fields: object) -> int:
    """Tells whether a ballot's row was damaged: 64 bits of BLAKE2b over its fields, as a signed integer."""
    text = "\x1f".join("\x00" if field is None else str(field) for field in fields)
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


def row_of(ballot: Ballot) -> Row:
    """The ballot's fields in the order of `FIELDS`, then its sum and its visitor."""
    vote = ballot.vote
    fields = (
        vote.id,
        vote.article,
        vote.revision,
        vote.section,
        None if vote.helpful is None else int(vote.helpful),
        vote.reason.value if vote.reason else None,
        vote.comment,
        vote.query,
        day_text(ballot.day),
        ballot.held,
    )
    return *fields, row_sum(*fields), ballot.visitor or None


def ballot_of(row: Row) -> Ballot:
    """The ballot in a row of `FIELDS`, without its visitor."""
    id_, article, revision, section, helpful, reason, comment, query, day, held = row
    vote = Vote(
        id=str(id_),
        article=str(article),
        revision=str(revision),
        helpful=None if helpful is None else bool(helpful),
        reason=reason_of(reason),
        comment=str(comment),
        section=str(section),
        query=str(query),
    )
    return Ballot(vote=vote, day=day_of(day), held=str(held))


def text_of(message: Message) -> str:
    """A message as it is kept."""
    return json.dumps(asdict(message), ensure_ascii=False)


def message_of(text: str) -> Message:
    """The message in a text that `text_of` made."""
    known = {field.name for field in fields(Message)}  # a newer kbgen may have written more
    return Message(**{name: value for name, value in json.loads(text).items() if name in known})


def reason_of(value: object) -> Reason | None:
    """The reason in a column, `None` where there is none."""
    return Reason(str(value)) if value else None


def day_text(day: date) -> str:
    """A day as it stands in a column."""
    return day.isoformat()


def day_of(value: object) -> date:
    """The day in a column."""
    return date.fromisoformat(str(value))


def number(value: object) -> int:
    """The number in a column."""
    return int(str(value))
