"""The removal: what was taken out of the tickets of one import, what is doubtful, and what was noise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kbgen.errors import KbgenError
from kbgen.tickets.door import Admission
from kbgen.tickets.ticket import Ticket

SHOWN = 10
"""Doubtful tickets that are listed in an error."""
MOST = 1000
"""Doubtful tickets that a report lists; all are counted."""
MEANING = {
    "sign": "an @ that belongs to no e-mail address",
    "digits": "a long number",
    "token": "a word that looks like a key",
    "capitals": "two capitalised words that may be a name",
}
"""What each kind of doubt is."""


@dataclass
class Removal:
    """Adds up admissions; says nothing of the texts themselves."""

    removed: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    tickets: int = 0
    doubtful: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Ids of tickets with doubts, each with the kinds."""

    def add(self, admission: Admission) -> None:
        """Count one admission."""
        self.removed.update(admission.removed)
        if admission.ticket is None:
            self.dropped[admission.dropped] += 1
            return
        self.tickets += 1
        self.doubts.update(admission.doubts)
        if admission.doubts and len(self.doubtful) < MOST:
            self.doubtful.append((admission.ticket.id, tuple(sorted(admission.doubts))))

    def settled(self, tickets: Iterable[Ticket], *, strict: bool) -> Iterator[Ticket]:
        """The tickets; after the last, with `strict`, a `KbgenError` where a doubt was counted."""
        yield from tickets
        if strict and self.doubts:
            shown = "\n".join(
                f"  ticket {id_}: {', '.join(map(MEANING.__getitem__, k))}" for id_, k in self.doubtful[:SHOWN]
            )
            raise KbgenError(
                f"{self.doubts.total()} places may hold personal data; nothing was stored\n{shown}",
                hint="mend these tickets in the export, or import without --strict and read the drafts with care",
            )

    def told(self) -> Iterator[str]:
        """Sentences for the terminal about noise and doubts."""
        if self.dropped:
            yield f"Left out: {_listed(self.dropped)}."
        if self.doubts:
            yield f"Perhaps personal, and kept: {_listed(self.doubts)}. With --strict such an import fails."

    def as_json(self) -> dict[str, object]:
        """The whole for a report: counts by kind, and ids of doubtful tickets; no text."""
        return {
            "tickets": self.tickets,
            "removed": dict(sorted(self.removed.items())),
            "left_out": dict(sorted(self.dropped.items())),
            "doubts": dict(sorted(self.doubts.items())),
            "doubtful_tickets": [{"id": id_, "kinds": list(kinds)} for id_, kinds in sorted(self.doubtful)],
        }


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in counts.most_common())
