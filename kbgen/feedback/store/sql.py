"""What the stores have in common: how they write, in the SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

import secrets
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.message import Message
from kbgen.feedback.missed import FEWEST
from kbgen.feedback.search import Search
from kbgen.feedback.store.interface import Received
from kbgen.feedback.store.merge import Place, merged
from kbgen.feedback.store.reports import COLUMNS, GROUP, SqlReports, Transaction
from kbgen.feedback.store.rows import FIELDS, Row, ballot_of, day_of, day_text, number, row_of, text_of

_MARKS = ", ".join("?" * (len(FIELDS) + 2))
_INSERT = f"INSERT INTO vote ({COLUMNS}, sum, visitor) VALUES ({_MARKS})"
_INSERT_AT = f"INSERT INTO vote ({COLUMNS}, sum, visitor, seq) VALUES ({_MARKS}, ?)"
_COUNT = """
INSERT INTO search (day, lang, query, n, empty, unclicked, contacted) VALUES (?, ?, ?, 1, ?, ?, ?)
ON CONFLICT (day, lang, query) DO UPDATE SET
    n = search.n + 1, empty = search.empty + excluded.empty, unclicked = search.unclicked + excluded.unclicked,
    contacted = search.contacted + excluded.contacted
"""
_FORGET_RARE = """
DELETE FROM search WHERE day < ? AND (lang, query) IN (
    SELECT lang, query FROM search GROUP BY lang, query HAVING sum(n) < ?
) RETURNING n
"""
_SPEAKS = "(comment <> '' OR query <> '')"
_KEEP = """
INSERT INTO message (id, day, body) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE message.body <> ''
"""


class SqlStore(SqlReports):
    """A `Store` in tables; what differs between databases is left to each."""

    among: str
    """Tells that a column holds one of the values that `listed` made one value of."""

    @abstractmethod
    def listed(self, values: Sequence[object]) -> object:
        """Several values as one."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Transaction]:
        """A transaction that is on disk when its block is left; a `StoreError` where it is not."""

    def save(self, received: Sequence[Received], today: date) -> None:
        """Store what came; see `Store`."""
        ballots = [each for each in received if isinstance(each, Ballot)]
        # in one order everywhere, so that no two services wait for each other
        searches = sorted((_search_row(each, today) for each in received if isinstance(each, Search)), key=str)
        messages = [(each.id, day_text(today), text_of(each)) for each in received if isinstance(each, Message)]
        with self.writing() as transaction:
            if ballots:
                self._cast(transaction, ballots)
            transaction.each(_COUNT, searches)
            transaction.each(_KEEP, messages)

    def _cast(self, transaction: Transaction, ballots: Sequence[Ballot]) -> None:
        ids = self.listed([ballot.vote.id for ballot in ballots])
        visitors = self.listed([ballot.visitor for ballot in ballots if ballot.visitor])
        one = "SELECT seq, id, visitor, day, sum FROM vote WHERE"
        rows = transaction.rows(f"{one} id {self.among} UNION {one} visitor {self.among}", ids, visitors)
        places = merged(ballots, [_place(row) for row in rows])
        if rows:
            transaction.rows(f"DELETE FROM vote WHERE seq {self.among}", self.listed([row[0] for row in rows]))
        new = [(place.seq, row_of(place.ballot)) for place in places if place.ballot]
        transaction.each(_INSERT_AT, [(*row, seq) for seq, row in new if seq > 0])
        transaction.each(_INSERT, [row for seq, row in new if seq < 0])
        transaction.record([number(row[len(FIELDS)]) for _, row in new], [number(row[4]) for row in rows])

    def salt(self, today: date) -> str:
        """The salt of the day; see `Store`."""
        day, tomorrow = day_text(today), day_text(today + timedelta(1))  # where another machine's clock may be already
        with self.writing() as transaction:
            gone = transaction.rows("DELETE FROM salt WHERE day < ? OR day > ? RETURNING day", day, tomorrow)
            transaction.rows("INSERT INTO salt VALUES (?, ?) ON CONFLICT (day) DO NOTHING", day, secrets.token_hex(32))
            if gone:
                made = "substr(visitor, 1, 10) < ? OR substr(visitor, 1, 10) > ?"
                transaction.rows(f"UPDATE vote SET visitor = NULL WHERE {made}", day, tomorrow)
                yesterday = day_text(today - timedelta(1))
                transaction.rows("DELETE FROM message WHERE body = '' AND day < ?", yesterday)
            return str(transaction.rows("SELECT salt FROM salt WHERE day = ?", day)[0][0])

    def restore(self, ballots: Iterable[Ballot]) -> int:
        """Store ballots that were exported; see `Store`."""
        coming, new = iter(ballots), 0
        while group := list(islice(coming, GROUP)):
            by_id = {ballot.vote.id: ballot for ballot in reversed(group)}
            with self.writing() as transaction:
                known = transaction.rows(f"SELECT id FROM vote WHERE id {self.among}", self.listed(list(by_id)))
                for (id_,) in known:
                    del by_id[str(id_)]
                rows = [row_of(replace(ballot, visitor="")) for ballot in reversed(by_id.values())]
                transaction.each(_INSERT, rows)
                transaction.record([number(row[len(FIELDS)]) for row in rows], [])
            new += len(by_id)
        return new

    def release(self, ids: Sequence[str]) -> int:
        """Let ballots count; see `Store`."""
        where = f"held <> '' AND id {self.among}"
        return self._rewrite(where, (self.listed(list(ids)),), lambda ballot: replace(ballot, held=""))

    def erase(self, article: str) -> int:
        """Delete the ballots of one article; see `Store`."""
        with self.writing() as transaction:
            rows = transaction.rows("DELETE FROM vote WHERE article = ? RETURNING sum", article)
            transaction.record([], [number(row[0]) for row in rows])
        return len(rows)

    def forget(self, *, comments: date, searches: date, rare: date) -> int:
        """Delete old comments and searches; see `Store`."""
        forgotten = 0
        while done := self._rewrite(f"{_SPEAKS} AND day < ?", (day_text(comments),), _silent):
            forgotten += done
        with self.writing() as transaction:
            gone = transaction.rows("DELETE FROM search WHERE day < ? RETURNING n", day_text(searches))
            gone += transaction.rows(_FORGET_RARE, day_text(rare), FEWEST)
        return forgotten + len(gone)

    def redact(self, ids: Sequence[str]) -> int:
        """Delete the comments of some votes; see `Store`."""
        return self._rewrite(f"{_SPEAKS} AND id {self.among}", (self.listed(list(ids)),), _silent)

    def _rewrite(self, where: str, values: Row, change: Callable[[Ballot], Ballot]) -> int:
        """Change some hundred ballots, so that votes need not wait long; how many there were."""
        with self.writing() as transaction:
            rows = transaction.rows(f"SELECT {COLUMNS}, seq, sum FROM vote WHERE {where} LIMIT {GROUP}", *values)
            changed = [(change(ballot_of(row[:-2])), row[-2]) for row in rows]
            new = [(b.vote.comment, b.vote.query, b.held, row_of(b)[len(FIELDS)], seq) for b, seq in changed]
            transaction.each("UPDATE vote SET comment = ?, query = ?, held = ?, sum = ? WHERE seq = ?", new)
            transaction.record([number(row[3]) for row in new], [number(row[-1]) for row in rows])
        return len(rows)

    def handed_over(self, ids: Sequence[str]) -> None:
        """Forget what messages said that reached a person; their ids stay for a day, so that a repeat is known."""
        with self.writing() as transaction:
            transaction.rows(f"UPDATE message SET body = '' WHERE id {self.among}", self.listed(list(ids)))


def _silent(ballot: Ballot) -> Ballot:
    """The ballot without the reader's own words."""
    return replace(ballot, vote=replace(ballot.vote, comment="", query=""))


def _search_row(search: Search, today: date) -> Row:
    unclicked = search.results > 0 and not search.clicked
    return day_text(today), search.lang, search.query, int(search.results == 0), int(unclicked), int(search.contacted)


def _place(row: Row) -> Place:
    seq, id_, visitor, day, _ = row
    return Place(number(seq), str(id_), str(visitor or ""), day_of(day))
