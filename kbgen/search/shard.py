"""The shard: the terms that share a beginning, and the articles that say them, in one small file.

One line for each stem: `stem TAB forms TAB postings [TAB articles]`, or `form > stem` where a form lies in another
shard than its stem. A form is written as a digit (letters to cut from the end of the stem, in base 36) and the rest.
A posting is the distance to the article before (in digits of base 32, least first, 32 added to all but the last) and
its impact; where only the postings that count most are kept, `articles` says how many there were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
IMPACTS = len(DIGITS) - 1
"""The greatest impact."""
MOST_POSTINGS = 2_000
"""Postings of one stem that are kept; an article that says so common a word only in passing is left out."""
PREFIX = 4
"""Characters that decide in which shard a word lies."""
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def shard_of(word: str, count: int) -> int:
    """In which of `count` shards (a power of two) a word lies: FNV-1a of the code points of its first characters."""
    value = 0x811C9DC5
    for character in word[:PREFIX]:
        value = ((value ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return (value ^ (value >> 15)) & (count - 1)


@dataclass(kw_only=True)
class Group:
    """One stem: the words that are forms of it, and the impact that it has on each article, by slot."""

    forms: set[str] = field(default_factory=set)
    postings: dict[int, int] = field(default_factory=dict)
    articles: int = 0
    """How many articles say it, `0` for as many as there are postings."""

    @property
    def count(self) -> int:
        """How many articles say it."""
        return self.articles or len(self.postings)


@dataclass(kw_only=True)
class Shard:
    """The stems of one shard, and the forms whose stems lie elsewhere."""

    groups: dict[str, Group] = field(default_factory=dict)
    elsewhere: dict[str, set[str]] = field(default_factory=dict)

    def encode(self) -> str:
        """The shard as its file holds it."""
        lines = [_line(stem, self.groups[stem]) for stem in sorted(self.groups)]
        lines += [f"{form} > {stem}" for form in sorted(self.elsewhere) for stem in sorted(self.elsewhere[form])]
        return "\n".join([*lines, ""])

    @cached_property
    def stems(self) -> dict[str, set[str]]:
        """The stems of each form that lies in this shard."""
        found = {form: set(stems) for form, stems in self.elsewhere.items()}
        for stem, group in self.groups.items():
            for form in group.forms:
                found.setdefault(form, set()).add(stem)
        return found


def _line(stem: str, group: Group) -> str:
    forms = ",".join(_form(stem, form) for form in sorted(group.forms))
    postings = group.postings
    if len(postings) > MOST_POSTINGS:
        best = sorted(postings, key=lambda slot: (-postings[slot], slot))[:MOST_POSTINGS]
        return f"{stem}\t{forms}\t{_written({slot: postings[slot] for slot in best})}\t{len(postings)}"
    return f"{stem}\t{forms}\t{_written(postings)}"


def _form(stem: str, form: str) -> str:
    same = 0
    while same < min(len(stem), len(form)) and stem[same] == form[same]:
        same += 1
    cut = len(stem) - same
    return _BASE36[cut] + form[same:]


def _written(postings: dict[int, int]) -> str:
    out, before = [], -1
    for slot in sorted(postings):
        gap = slot - before - 1
        before = slot
        while gap > 31:
            out.append(DIGITS[32 + (gap & 31)])
            gap >>= 5
        out.append(DIGITS[gap])
        out.append(DIGITS[postings[slot]])
    return "".join(out)


def decode(text: str) -> Shard:
    """The shard in a file; raises a `ValueError` where it is damaged."""
    shard = Shard()
    for line in text.split("\n")[:-1]:
        if " > " in line:
            form, stem = line.split(" > ")
            shard.elsewhere.setdefault(form, set()).add(stem)
            continue
        stem, forms, postings, *rest = line.split("\t")
        shard.groups[stem] = Group(
            forms={_read_form(stem, form) for form in forms.split(",")} if forms else set(),
            postings=dict(_read(postings)),
            articles=int(rest[0]) if rest else 0,
        )
    return shard


def _read_form(stem: str, form: str) -> str:
    return stem[: len(stem) - int(form[0], 36)] + form[1:]


def _read(text: str) -> Iterator[tuple[int, int]]:
    slot, gap, shift = -1, 0, 0
    values = map(_VALUES.__getitem__, text)
    for value in values:
        gap |= (value & 31) << shift
        if value > 31:
            shift += 5
            continue
        slot += gap + 1
        gap = shift = 0
        yield slot, next(values)


_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
