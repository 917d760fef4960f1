"""SQLite FTS5, as a server would ask it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from documents import Document
from relevance import Find

COLUMNS = ("title", "headings", "answers", "text")
BOOSTS = (20.0, 5.0, 8.0, 1.0)
"""Chosen on the dev half: FTS5 knows only the length of whole rows, so titles must shout."""
TABLE = f"CREATE VIRTUAL TABLE found USING fts5(article UNINDEXED, {', '.join(COLUMNS)}, tokenize='porter unicode61')"
FIND = f"SELECT article FROM found WHERE found MATCH ? ORDER BY bm25(found, 0, {', '.join(map(str, BOOSTS))}) LIMIT ?"  # noqa: S608 - constants
WORD = re.compile(r"\w+")
STOP = frozenset(
    (
        "a about an and are as at be but by can could did do does for from had has have how i if in into is it its me "
        "my no not of on or our should so such that the their then there these they this to was we were what when "
        "where which who why will with would you your"
    ).split()
)


def build(documents: Sequence[Document], folder: Path) -> None:
    with closing(sqlite3.connect(folder / "index.sqlite")) as database, database:
        database.execute(TABLE)
        database.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", map(row, documents))
        database.execute("INSERT INTO found(found) VALUES ('optimize')")


def row(document: Document) -> tuple[str, ...]:
    answers = "\n".join(document.answers)
    text = f"{document.description}\n{document.body}"
    return (document.article, document.title, "\n".join(document.headings), answers, text)


@contextmanager
def opened(folder: Path) -> Iterator[Find]:
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        yield lambda query, limit: [row[0] for row in database.execute(FIND, (asked(query), limit))]


def asked(query: str) -> str:
    """Any of the words that mean something; the last may be the beginning of one."""
    words = WORD.findall(query) or [""]
    meant = [word for word in words if word.lower() not in STOP] or words
    return " OR ".join([*(f'"{word}"' for word in meant), f'"{meant[-1]}"*'])
