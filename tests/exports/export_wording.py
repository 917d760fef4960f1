"""Wording: tables of sentences in which `[a|b]` is a choice and `{x}` a slot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

import yaml

TABLES = Path(__file__).parent / "tables"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([a-z]+)\}")
_EXACT = re.compile(r"`[^`]*`|\"[^\"]*\"|\{[a-z]+\}|\S*[\d@/]\S*")
_QUOTED = re.compile(r"(`[^`]*`)")


def lines(text: str) -> tuple[str, ...]:
    """The sentences of one table, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@cache
def table(file: str) -> Mapping[str, tuple[str, ...]]:
    """All tables of a file below `tables/`; those of a language are named `de.greetings`."""
    found = {}
    for key, value in yaml.safe_load((TABLES / file).read_text(encoding="utf-8")).items():
        inner = {f"{key}.{name}": text for name, text in value.items()} if isinstance(value, dict) else {key: value}
        found.update({name: lines(text) for name, text in inner.items()})
    return found


def spoken(text: str, random: Random) -> str:
    """The sentence with one wording of each choice."""
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), text)
    return re.sub(r"\s+([.,;!?])", r"\1", re.sub(r"  +", " ", text)) if " ?" not in text else text


def filled(text: str, slots: Mapping[str, str]) -> str:
    """The text with its slots filled; braces that are no slot stay."""
    return _SLOT.sub(lambda match: slots.get(match[1], match[0]), text)


def seeded(name: str) -> Random:
    """Chance that is the same for the same name."""
    return Random(name)  # noqa: S311 - nothing here is secret


def say(choices: Sequence[str], random: Random, slots: Mapping[str, str]) -> str:
    """One wording out of a table."""
    return filled(spoken(random.choice(choices), random), slots)


def mistyped(text: str, random: Random, share: float = 0.07) -> str:
    """The text as typed in a hurry: letters swapped, dropped or doubled, but not in codes, quotes and slots."""
    exact = [match.span() for match in _EXACT.finditer(text)]

    def word(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in exact)
        return match[0] if inside or random.random() > share else _slip(match[0], random)

    return re.sub(r"[^\W\d_]{4,}", word, text)


def _slip(word: str, random: Random) -> str:
    place = random.randrange(1, len(word) - 1)
    return random.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
        )
    )


def hasty(text: str) -> str:
    """The text in lower case and without full stops; error texts stay as they are."""
    parts = _QUOTED.split(text)
    return "".join(part if part.startswith("`") else part.lower().replace(". ", " ") for part in parts).rstrip(".")


def bare(text: str, random: Random) -> str:
    """The text with the backticks of error texts as people write them: quoted, bare or in part."""
    style = random.choice(('"{}"', "{}", "{}", "'{}'"))
    return re.sub(r"`([^`]*)`", lambda match: style.format(match[1]), text)
