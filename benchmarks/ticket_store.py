"""What a ticket store costs: kbgen's rows beside JSON as text (its first version) and blocks of columns.

    python benchmarks/ticket_store.py [--tickets 100000]

Each store takes the same invented tickets in, gives all back one after the other, and gives 2,000 by id. Times are CPU
seconds of one core; memory is the most that Python holds while 10,000 tickets are read one after the other.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import tempfile
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from itertools import islice
from pathlib import Path

from kbgen.tickets.store import TicketStore
from kbgen.tickets.ticket import Ticket

BLOCK = 512
NAMES = [field.name for field in fields(Ticket)]
WORDS = (
    "how can I export the invoice as a file when printer does not answer after last update of my account please help "
    "open settings then choose general and press save it shows error code again we could not find page button menu team"
).split()


def invented(count: int) -> Iterator[Ticket]:
    """Tickets of the length of real ones: about 60 words asked, two answers of about 50."""
    dice = random.Random(7)  # noqa: S311

    def words(most: int) -> str:
        return " ".join(dice.choices(WORDS, k=dice.randint(most // 3, most)))

    for number in range(count):
        yield Ticket(
            id=str(number),
            subject=words(9),
            text=words(90),
            replies=(words(75), words(75)),
            requester=f"{dice.getrandbits(64):016x}",
            created=f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            tags=(dice.choice(WORDS),),
        )


def as_ticket(values: dict[str, object]) -> Ticket:
    return Ticket(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


class JsonText:
    """One JSON object with names a row."""

    def __init__(self, folder: Path) -> None:
        """Make the table."""
        self.db = sqlite3.connect(folder / "json.sqlite")
        self.db.execute("CREATE TABLE ticket (id TEXT PRIMARY KEY, data TEXT) WITHOUT ROWID")

    def save(self, tickets: Iterable[Ticket]) -> None:
        """Store all in one transaction."""
        with self.db:
            rows = ((ticket.id, json.dumps(asdict(ticket), ensure_ascii=False)) for ticket in tickets)
            self.db.executemany("INSERT OR REPLACE INTO ticket VALUES (?, ?)", rows)

    def stream(self) -> Iterator[Ticket]:
        """Every ticket, one at a time."""
        for (data,) in self.db.execute("SELECT data FROM ticket ORDER BY id"):
            yield as_ticket(json.loads(data))

    def of(self, ids: list[str]) -> Iterator[Ticket]:
        """The tickets with these ids."""
        for one in ids:
            row = self.db.execute("SELECT data FROM ticket WHERE id = ?", (one,)).fetchone()
            yield as_ticket(json.loads(row[0]))


class Blocks:
    """Five hundred tickets a row, column by column, compressed together, as Parquet does."""

    def __init__(self, folder: Path) -> None:
        """Make the table."""
        self.db = sqlite3.connect(folder / "blocks.sqlite")
        self.db.execute("CREATE TABLE block (number INTEGER PRIMARY KEY, data BLOB)")
        self.db.execute("CREATE TABLE place (id TEXT PRIMARY KEY, block INT) WITHOUT ROWID")

    def save(self, tickets: Iterable[Ticket]) -> None:
        """Store all in one transaction."""
        rest = iter(tickets)
        with self.db:
            for number in range(10**9):
                some = list(islice(rest, BLOCK))
                if not some:
                    return
                columns = [[getattr(ticket, name) for ticket in some] for name in NAMES]
                data = zlib.compress(json.dumps(columns, ensure_ascii=False).encode(), 1)
                self.db.execute("INSERT INTO block VALUES (?, ?)", (number, data))
                self.db.executemany("INSERT INTO place VALUES (?, ?)", ((ticket.id, number) for ticket in some))

    def _tickets(self, data: bytes) -> Iterator[Ticket]:
        for values in zip(*json.loads(zlib.decompress(data)), strict=True):
            yield as_ticket(dict(zip(NAMES, values, strict=True)))

    def stream(self) -> Iterator[Ticket]:
        """Every ticket, one at a time."""
        for (data,) in self.db.execute("SELECT data FROM block ORDER BY number"):
            yield from self._tickets(data)

    def of(self, ids: list[str]) -> Iterator[Ticket]:
        """The tickets with these ids."""
        wanted = set(ids)
        marks = ", ".join("?" * len(ids))
        query = f"SELECT data FROM block WHERE number IN (SELECT block FROM place WHERE id IN ({marks}))"  # noqa: S608
        for (data,) in self.db.execute(query, ids):
            yield from (ticket for ticket in self._tickets(data) if ticket.id in wanted)


def cpu(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def measured(store: TicketStore | JsonText | Blocks, folder: Path, count: int) -> list[float]:
    ids = [str(number) for number in random.Random(1).sample(range(count), min(2000, count))]  # noqa: S311
    making = cpu(lambda: sum(1 for _ in invented(count)))
    figures = [cpu(lambda: store.save(invented(count))) - making]
    figures.append(cpu(lambda: sum(1 for _ in store.stream())))
    figures.append(cpu(lambda: sum(1 for _ in store.of(ids))))
    figures.append(sum(file.stat().st_size for file in folder.glob("*.sqlite")) / 2**20)
    tracemalloc.start()
    sum(1 for _ in islice(store.stream(), 10_000))
    figures.append(tracemalloc.get_traced_memory()[1] / 2**20)
    tracemalloc.stop()
    return figures


def main() -> None:
    """Measure the three stores and print what each costs, and how many times kbgen's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    count = parser.parse_args().tickets
    found = {}
    for name, make in {"rows, compressed (kbgen)": TicketStore, "JSON as text": JsonText, "blocks": Blocks}.items():
        with tempfile.TemporaryDirectory() as folder:
            found[name] = measured(make(Path(folder)), Path(folder), count)
    own = next(iter(found.values()))
    print(
        f"{count} tickets\n{'':26}{'import s':>16}{'read all s':>16}{'2,000 ids s':>16}{'disk MB':>16}{'memory MB':>16}"
    )
    for name, figures in found.items():
        cells = (f"{figure:.2f} ({figure / mine:.1f}×)" for figure, mine in zip(figures, own, strict=True))
        print(f"{name:26}" + "".join(f"{cell:>16}" for cell in cells))


if __name__ == "__main__":
    main()
