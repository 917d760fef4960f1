"""Threads: mails that belong together, by what they answer, else by subject and people.

They lie in a SQLite file without a name while an export is read, so that memory does not grow with it; the file is gone
when reading ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any, Self

from kbgen.tickets.sources.mail import Mail

_TABLES = """
CREATE TABLE mail (number INTEGER PRIMARY KEY, thread INTEGER, line INTEGER, at TEXT, data TEXT);
CREATE INDEX mail_thread ON mail (thread);
CREATE TABLE known (id TEXT PRIMARY KEY, thread INTEGER) WITHOUT ROWID;
CREATE INDEX known_thread ON known (thread);
CREATE TABLE subject (words TEXT, person TEXT, thread INTEGER, PRIMARY KEY (words, person)) WITHOUT ROWID;
CREATE TABLE received (address TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
"""
_FREE_MAIL = frozenset(
    (
        "gmail.com googlemail.com yahoo.com outlook.com hotmail.com live.com icloud.com me.com aol.com gmx.de gmx.net "
        "web.de t-online.de protonmail.com proton.me orange.fr free.fr laposte.net mail.ru yandex.ru qq.com 163.com"
    ).split()
)


class Threads:
    """Takes mails in and gives them back thread by thread."""

    def __init__(self) -> None:
        """Begin without any."""
        self._db = sqlite3.connect("")
        self._db.executescript(_TABLES)
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(self, mail: Mail, line: int) -> None:
        """Put a mail in the thread of those it answers; several threads that it joins become one."""
        self._count += 1
        ids = [mail.id, *mail.answers] if mail.id else list(mail.answers)
        threads = self._threads_of(ids) or self._by_subject(mail) or [self._count]
        thread = min(threads)
        for other in threads:
            if other != thread:
                for table in ("mail", "known", "subject"):
                    self._db.execute(f"UPDATE {table} SET thread = ? WHERE thread = ?", (thread, other))  # noqa: S608
        self._db.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", ((one, thread) for one in ids))
        people = ((mail.bare_subject, person, thread) for person in {mail.sender, *mail.to[:20]})
        self._db.executemany("INSERT OR REPLACE INTO subject VALUES (?, ?, ?)", people)
        self._remember(mail, line, thread)

    def _remember(self, mail: Mail, line: int, thread: int) -> None:
        row = (self._count, thread, line, mail.at, json.dumps(asdict(mail)))
        self._db.execute("INSERT INTO mail VALUES (?, ?, ?, ?, ?)", row)
        if not mail.answers and not mail.is_reply:
            seen = {part for address in mail.to for part in (address, address.partition("@")[2])}
            self._db.executemany(
                "INSERT INTO received VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                ((part,) for part in seen if part not in _FREE_MAIL),
            )

    def _threads_of(self, ids: list[str]) -> list[int]:
        marks = ", ".join("?" * len(ids[:500]))
        found = self._db.execute(f"SELECT DISTINCT thread FROM known WHERE id IN ({marks})", ids[:500])  # noqa: S608
        return [thread for (thread,) in found]

    def _by_subject(self, mail: Mail) -> list[int]:
        """The thread with the same subject and two people in common, where a mail only says that it answers."""
        if mail.answers or not mail.is_reply or not mail.bare_subject:
            return []
        counts: Counter[int] = Counter()
        for person in {mail.sender, *mail.to[:20]}:
            found = self._db.execute(
                "SELECT thread FROM subject WHERE words = ? AND person = ?", (mail.bare_subject, person)
            )
            counts.update(thread for (thread,) in found)
        return [thread for thread, common in counts.items() if common >= 2][:1]

    def staff(self) -> tuple[str, ...]:
        """The domain or address to which most first mails went; empty where mails went nowhere."""
        found = self._db.execute(
            "SELECT address FROM received ORDER BY count DESC, instr(address, '@') > 0, address LIMIT 1"
        ).fetchone()
        return (found[0],) if found else ()

    def all(self) -> Iterator[list[tuple[int, Mail]]]:
        """The threads, each with the lines and mails of it, oldest first; a mail that came twice is there once."""
        rows = self._db.execute("SELECT thread, line, data FROM mail ORDER BY thread, at, number")
        for _, group in groupby(rows, key=lambda row: row[0]):
            mails: dict[tuple[str, str, str], tuple[int, Mail]] = {}
            for _, line, data in group:
                mail = _mail(data)
                mails.setdefault((mail.id, mail.sender, mail.text if not mail.id else ""), (line, mail))
            yield list(mails.values())


def _mail(data: str) -> Mail:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(data).items()
    }
    return Mail(**fields)
