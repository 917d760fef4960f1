"""Variants: many short messages made of few real ones, as customers vary them.

Each variant of a message takes one to three of these steps, drawn with a seed that comes from its id: leave out one
word (not the only one) · say one word in another way, of a short list · swap two neighbouring letters of one word, or
leave one out · begin with a greeting · end with thanks · write it all in small letters, without a full stop.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kbgen.tickets.ticket import RawTicket

SAME = """\
how do i|how can i|what is the way to
can you|could you|would you
i need|i want|i would like
i want to|i need to|i would like to
tell me|let me know|say
why is|how come
what is|what's
do not|don't
cannot|can't|am not able to
help|assist
show|display
please|kindly
money|cash|funds
card|bank card
purchase|buy
transfer|payment
show me|give me
start|begin
remove|delete
change|modify|update
account|profile
phone|mobile
find|locate
fast|quickly|soon
problem|issue|trouble
incorrect|wrong
turn on|switch on
turn off|switch off"""
OTHERS = {
    word: [other for other in line.split("|") if other != word]
    for line in SAME.splitlines()
    for word in line.split("|")
}
GREETINGS = "Hi,|Hello,|Hey,|Hi there,|Good morning,|Hello team,|Dear support,".split("|")
THANKS = "Thanks!|Thank you.|Thanks in advance.|Please help.|Any idea?|Cheers".split("|")
Step = Callable[[str, random.Random], str]


def without_word(text: str, chance: random.Random) -> str:
    words = text.split()
    if len(words) > 3:
        del words[chance.randrange(len(words))]
    return " ".join(words)


def other_word(text: str, chance: random.Random) -> str:
    padded = f" {text} "
    known = [word for word in OTHERS if f" {word} " in padded.lower()]
    if not known:
        return text
    word = chance.choice(known)
    start = padded.lower().index(f" {word} ") + 1
    return (padded[:start] + chance.choice(OTHERS[word]) + padded[start + len(word) :]).strip()


def slip(text: str, chance: random.Random) -> str:
    words = text.split()
    places = [n for n, word in enumerate(words) if len(word) > 3]
    if not places:
        return text
    place = chance.choice(places)
    letter = chance.randrange(1, len(words[place]) - 2)
    word = words[place]
    swapped = word[letter + 1] + word[letter] if chance.random() < 0.5 else word[letter]
    words[place] = word[:letter] + swapped + word[letter + 2 :]
    return " ".join(words)


def greeted(text: str, chance: random.Random) -> str:
    return f"{chance.choice(GREETINGS)} {text}"


def thanked(text: str, chance: random.Random) -> str:
    return f"{text.rstrip('.')}{'' if text.endswith('?') else '.'} {chance.choice(THANKS)}"


def small(text: str, _: random.Random) -> str:
    return text.lower().rstrip(".!")


STEPS: tuple[Step, ...] = (without_word, other_word, other_word, slip, greeted, thanked, small)


def variant(text: str, seed: str) -> str:
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    for step in chance.sample(STEPS, chance.randint(1, 3)):
        text = step(text, chance)
    return text


def real_messages(folder: Path) -> list[tuple[str, str, str]]:
    """Id, text and label of each message; the name of its file stands before the label."""
    rows = []
    for file in sorted(folder.glob("*.jsonl")):
        name = file.stem.split("_")[0]
        rows += [(row["id"], row["text"], f"{name}/{row['label']}") for row in map(json.loads, file.open())]
    return sorted(rows)


def messages(real: Sequence[tuple[str, str, str]], count: int) -> Iterator[tuple[RawTicket, str]]:
    """So many raw tickets, each with its label: the real ones in an order of chance, then variants of each in turn."""
    order = list(range(len(real)))
    random.Random(0).shuffle(order)  # noqa: S311 - a benchmark, no secret
    for number in range(count):
        turn, place = divmod(number, len(real))
        id_, text, label = real[order[place]]
        worded = variant(text, f"{id_} {turn}") if turn else text
        yield RawTicket(id=f"T-{number}", subject="", text=worded, requester=f"person {number % 9973}"), label
