"""How much personal data privacy finds, and how much it takes for personal that is not.

usage: python benchmarks/privacy.py [--heldout | --misses KIND | --speed [TICKETS]]

Each sentence of `privacy_sentences.py` is filled with invented values (`personal.py`, valid check digits) until the
set holds ITEMS values, as many for each language and each kind as its sentences have places; harmless sentences
stand between. --heldout takes the sentences of `privacy_heldout.py`, which were written first and not used to tune.
A value counts as found when no letter or digit of it is left. A mark counts as right when it touches a value of any
kind. Intervals are Wilson's, 95 %; sentences repeat with other values, so that they are somewhat too narrow.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from random import Random

import privacy_heldout
import privacy_sentences
from personal import LANGUAGES, VALUES

from kbgen.tickets.cleaning import clean
from kbgen.tickets.door import Door
from kbgen.tickets.names import names_in
from kbgen.tickets.privacy import findings
from kbgen.tickets.ticket import RawTicket

TURNS = {"tuned": 32, "heldout": 40}
"""How often each sentence is filled."""
UNFLOORED = {"free"}
SHOWN_AS = {"given": "name (cued)", "name": "name (cued)", "free": "name (free)", "password": "key"}
MARKED_AS = {"key": "key", "name": "name (cued)"}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message and the personal values in it, each with its kind."""

    lang: str
    text: str
    values: tuple[tuple[str, str], ...]


@dataclass
class Tally:
    """Of one kind: values, those found; marks, those that are right."""

    values: int = 0
    found: int = 0
    marks: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)


def messages(
    sentences: dict[str, tuple[str, ...]], harmless: dict[str, tuple[str, ...]], turns: int
) -> Iterator[Message]:
    """The sentences filled, with harmless ones between."""
    rng = Random(20261123)  # noqa: S311 (the same each time)
    for turn in range(turns):
        for lang in LANGUAGES:
            for sentence in sentences[lang]:
                yield filled(sentence, lang, rng)
            for sentence in harmless[lang]:
                if turn % 4 == 0:
                    yield Message(lang=lang, text=sentence, values=())


def filled(sentence: str, lang: str, rng: Random) -> Message:
    values: list[tuple[str, str]] = []

    def value(match: re.Match[str]) -> str:
        values.append((match[1], VALUES[match[1]](rng, lang)))
        return values[-1][1]

    return Message(lang=lang, text=_PLACE.sub(value, sentence), values=tuple(values))


def tallies(found: Iterator[Message]) -> tuple[dict[str, Tally], Tally, Tally]:
    """By kind, and for structured kinds and cued names together."""
    kinds: dict[str, Tally] = defaultdict(Tally)
    for message in found:
        count(message, kinds)
    floored = [tally for kind, tally in kinds.items() if kind != "name (free)"]
    whole = Tally(
        values=sum(t.values for t in floored),
        found=sum(t.found for t in floored),
        marks=sum(t.marks for t in kinds.values()),
        right=sum(t.right for t in kinds.values()),
    )
    return kinds, whole, kinds["name (free)"]


def count(message: Message, kinds: dict[str, Tally]) -> None:
    """Add one message, cleaned and looked through as at the door."""
    text, tail = clean(message.text)
    spans = findings(text, names_in([text], [tail], ""))
    gold = [(kind, match.span()) for kind, value in message.values for match in re.finditer(re.escape(value), text)]
    covered = {place for span in spans for place in range(span.start, span.end)}
    for kind, value in message.values:
        tally = kinds[SHOWN_AS.get(kind, kind)]
        left = [m for m in re.finditer(re.escape(value), text) if any(
            text[place].isalnum() and place not in covered for place in range(*m.span()))]  # fmt: skip
        tally.values += 1
        tally.found += not left
        if left:
            tally.missed.append(f"{message.lang}: {message.text!r}")
    for span in spans:
        tally = kinds[MARKED_AS.get(span.kind, span.kind)]
        right = any(start < span.end and span.start < end for _, (start, end) in gold)
        tally.marks += 1
        tally.right += right
        if not right:
            tally.missed.append(f"{message.lang}: FALSE [{text[span.start : span.end]}] in {text!r}")


def wilson(part: int, whole: int) -> str:
    """A share with its interval (Wilson, 1927)."""
    if not whole:
        return "–"
    z, share = 1.96, part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{share:.3f} ({middle - reach:.3f}–{middle + reach:.3f})"


def table(kinds: dict[str, Tally], whole: Tally) -> str:
    rows = [*sorted(kinds.items()), ("all but free names", whole)]
    lines = ["| kind | values | recall | marks | precision |", "|---|--:|---|--:|---|"]
    for kind, t in rows:
        lines.append(f"| {kind} | {t.values} | {wilson(t.found, t.values)} | {t.marks} | {wilson(t.right, t.marks)} |")
    return "\n".join(lines)


def speed(tickets: int) -> str:
    """CPU seconds of `Door.admit`, a third of the tickets with something personal."""
    made = list(messages(privacy_sentences.SENTENCES, privacy_sentences.HARMLESS, 4))
    plain = [text for texts in privacy_sentences.HARMLESS.values() for text in texts]
    personal = [message.text for message in made]
    raw = [
        RawTicket(
            id=str(n),
            subject=f"Question {n % 97}",
            text=personal[n % len(personal)] if n % 3 == 0 else plain[n % len(plain)],
            requester=f"anna.{n % 5000}@mail.example",
        )
        for n in range(tickets)
    ]
    door = Door(b"k" * 32)
    door.admit(raw[0])
    begin = time.process_time()
    kinds: Counter[str] = Counter()
    for ticket in raw:
        admission = door.admit(ticket)
        kinds.update(getattr(admission, "removed", None) or {})
    took = time.process_time() - begin
    return f"{tickets} tickets: {took:.1f} s CPU, {tickets / took:.0f} a second, {kinds.total()} marks"


def main(arguments: list[str]) -> None:
    if "--speed" in arguments:
        counts = [int(argument) for argument in arguments if argument.isdigit()]
        print(speed(counts[0] if counts else 100_000))
        return
    source, name = (privacy_heldout, "heldout") if "--heldout" in arguments else (privacy_sentences, "tuned")
    kinds, whole, _ = tallies(messages(source.SENTENCES, source.HARMLESS, TURNS[name]))
    if "--misses" in arguments and name == "tuned":
        for kind, tally in kinds.items():
            if arguments[-1] in (kind, "all"):
                print(kind, *tally.missed[:: max(1, len(tally.missed) // 12)], sep="\n  ")
        return
    print(f"{name} sentences, {sum(tally.values for tally in kinds.values())} values in {len(LANGUAGES)} languages\n")
    print(table(kinds, whole))


if __name__ == "__main__":
    main(sys.argv[1:])
