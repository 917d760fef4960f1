"""People: who the users are that an export lists beside its tickets. Kept on disk while the export is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kbgen.tickets.sources.export import Export
from kbgen.tickets.sources.records import Record, records_of
from kbgen.tickets.sources.shapes import Object, object_of, text_at, text_of

_KEPT = ("id", "role", "name", "email", "firstname", "lastname", "login")


class People:
    """Users by id."""

    def __init__(self) -> None:
        """Know nobody; the table lies in a file without a name, which goes with this object."""
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE person (id TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")

    @classmethod
    @contextmanager
    def of(cls, export: Export) -> Iterator[People]:
        """The users that an export lists. Where its first record stands in no envelope, none are looked for."""
        people = cls()
        try:
            people.add(export)
            yield people
        finally:
            people.close()

    def add(self, export: Export) -> None:
        """Read the export once for its users; this does not count as progress."""
        with export.unwatched():
            for record in records_of(export):
                if isinstance(record, Record) and record.kind == "users":
                    self._keep(record.data)
                elif isinstance(record, Record) and not record.kind:
                    break

    def _keep(self, user: Object) -> None:
        data = {key: text_of(user.get(key)) for key in _KEPT if text_of(user.get(key))}
        self._db.execute("INSERT OR REPLACE INTO person VALUES (?, ?)", (text_at(user, "id"), json.dumps(data)))

    def find(self, who: object) -> Object:
        """What is known of a user by id; empty where nothing is."""
        row = self._db.execute("SELECT data FROM person WHERE id = ?", (text_of(who),)).fetchone()
        return object_of(json.loads(row[0])) if row else {}

    def close(self) -> None:
        """Forget everybody."""
        self._db.close()


def name_of(person: Object) -> str:
    """The name in an object that describes a person, whatever the help desk calls its parts."""
    whole = text_of(person.get("name"))
    parts = [
        text_of(person.get(first)) or text_of(person.get(second))
        for first, second in (("first", "firstname"), ("last", "lastname"))
    ]
    return whole or " ".join(filter(None, parts))
