"""What the stores have in common: how they report, in the SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.missed import SearchCount
from kbgen.feedback.store.rows import FIELDS, Row, ballot_of, day_of, day_text, message_of, number, reason_of, row_sum
from kbgen.feedback.tally import Comment, Mislead, Tally

COLUMNS = ", ".join(FIELDS)
GROUP = 500
"""Rows that one statement moves."""
_COUNTED = """
SELECT lang, query, sum(n), sum(empty), sum(unclicked), sum(contacted) FROM search
WHERE day >= ? GROUP BY lang, query
"""
_TALLIES = """
SELECT article, revision, section, helpful, reason, count(*), min(day), max(day) FROM vote
WHERE held = '' AND helpful IS NOT NULL GROUP BY article, revision, section, helpful, reason
"""
_COMMENTS = """
SELECT article, revision, section, helpful, reason, comment, day FROM vote
WHERE comment <> '' AND held = '' AND helpful IS NOT NULL AND (article = ? OR ? = '') ORDER BY seq DESC LIMIT ?
"""
_MISLEADS = """
SELECT article, query, count(*) FROM vote
WHERE query <> '' AND held = '' AND helpful = 0 GROUP BY article, query
"""


class Transaction(Protocol):
    """What happens together, or not at all. Values stand for the question marks of a statement."""

    def rows(self, statement: str, *values: object) -> list[Row]:
        """Run a statement and return what it gives."""

    def each(self, statement: str, rows: Sequence[Row]) -> None:
        """Run a statement once for each row of values."""

    def record(self, came: Sequence[int], went: Sequence[int]) -> None:
        """Account for ballots that came and went, by their sums."""


class SqlReports(ABC):
    """What a `Store` in tables tells."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that changes nothing."""

    def tallies(self) -> list[Tally]:
        """The votes that count, in numbers; see `Store`."""
        with self.reading() as transaction:
            rows = transaction.rows(_TALLIES)
        return [_tally(row) for row in sorted(rows, key=lambda row: tuple(str(cell or "") for cell in row[:5]))]

    def comments(self, article: str = "", *, most: int = 1_000_000) -> list[Comment]:
        """What readers wrote; see `Store`."""
        with self.reading() as transaction:
            rows = transaction.rows(_COMMENTS, article, article, most)
        return [_comment(row) for row in rows]

    def misleads(self) -> list[Mislead]:
        """The searches that led astray; see `Store`."""
        with self.reading() as transaction:
            rows = transaction.rows(_MISLEADS)
        found = [Mislead(article=str(article), query=str(query), n=number(n)) for article, query, n in rows]
        return sorted(found, key=lambda each: (-each.n, each.article, each.query))

    def searches(self, since: date) -> list[SearchCount]:
        """How often each query was searched for; see `Store`."""
        with self.reading() as transaction:
            rows = transaction.rows(_COUNTED, day_text(since))
        names = ("n", "empty", "unclicked", "contacted")
        found = [
            SearchCount(lang=str(lang), query=str(query), **dict(zip(names, map(number, counts), strict=True)))
            for lang, query, *counts in rows
        ]
        return sorted(found, key=lambda each: (each.lang, each.query))

    def ballots(self, *, held: bool | None = None) -> Iterator[Ballot]:
        """Every ballot; see `Store`."""
        which = {None: "", True: "AND held <> ''", False: "AND held = ''"}[held]
        return (ballot_of(row) for row in self._votes(COLUMNS, which))

    def messages(self, most: int = 100) -> list[Message]:
        """Messages that wait; see `Store`."""
        with self.reading() as transaction:
            rows = transaction.rows("SELECT body FROM message WHERE body <> '' ORDER BY seq LIMIT ?", most)
        return [message_of(str(body)) for (body,) in rows]

    def damaged(self) -> list[str]:
        """The articles of ballots whose row is not what was written."""
        rows = self._votes(f"{COLUMNS}, sum")
        return sorted({str(row[1]) for row in rows if row_sum(*row[:-1]) != row[-1]})

    def _votes(self, columns: str, which: str = "") -> Iterator[Row]:
        """The rows of all votes, or of some, in their order: a group at a time, so that nobody waits for the rest."""
        statement = f"SELECT {columns}, seq FROM vote WHERE seq > ? {which} ORDER BY seq LIMIT {GROUP}"
        last: object = 0
        while True:
            with self.reading() as transaction:
                rows = transaction.rows(statement, last)
            yield from (row[:-1] for row in rows)
            if len(rows) < GROUP:
                return
            last = rows[-1][-1]


def _tally(row: Row) -> Tally:
    article, revision, section, helpful, reason, n, first, last = row
    return Tally(
        article=str(article),
        revision=str(revision),
        section=str(section),
        helpful=bool(helpful),
        reason=reason_of(reason),
        n=number(n),
        first=day_of(first),
        last=day_of(last),
    )


def _comment(row: Row) -> Comment:
    article, revision, section, helpful, reason, text, day = row
    return Comment(
        article=str(article),
        revision=str(revision),
        section=str(section),
        helpful=bool(helpful),
        reason=reason_of(reason),
        text=str(text),
        day=day_of(day),
    )
