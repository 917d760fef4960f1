"""The language of opening hours: the words and signs that support people write, as days with their times.

Weekdays count from Monday, 0; times are minutes since midnight in the channel's time zone.
What can be read in two ways is refused: "9-5" may end in the afternoon or in the night.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbgen.errors import KbgenError, nearest

DAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
WEEK = tuple(range(7))
DAY = 24 * 60
EARLY, LATE = 7 * 60, 13 * 60
"""Before `EARLY`, "2:00" may mean 14:00; from `LATE` on, an hour shows that it is counted to 24."""

Minutes = tuple[int, int]
"""Opening and closing time; a closing time past 1440 is on the next day."""
CLOSED: Minutes = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Days, and the times that hold on each of them; both as written, either may be left out."""

    days: tuple[int, ...]
    times: tuple[Minutes, ...]


@dataclass(frozen=True, kw_only=True)
class Token:
    """A word or a sign; `kind` is a letter of `_ITEM`."""

    kind: str
    text: str


_EXAMPLE = "write days and times, for example 'Mon-Fri 9:00-17:00; Sat 10-14'; a time zone stands under 'time_zone'"
_DAY_WORDS = {name.lower()[:n]: day for day, name in enumerate(DAYS) for n in range(2, 10)}
_DAY_WORDS |= {f"{name.lower()}s": day for day, name in enumerate(DAYS)} | {"weds": 2}
_GROUPS = {"weekday": WEEK[:5], "weekdays": WEEK[:5], "weekend": WEEK[5:], "weekends": WEEK[5:]}
_WORDS = {
    **dict.fromkeys(_DAY_WORDS, "d"),
    **dict.fromkeys(_GROUPS, "g"),
    **dict.fromkeys("to until till through thru".split(), "-"),
    **dict.fromkeys("and plus".split(), ","),
    **dict.fromkeys("from on open every the".split(), " "),
    "closed": "c",
}
"""The kind of each word: `d`ay, `g`roup of days, range, list, `c`losed, or a space for what says nothing."""
_TOKEN = re.compile(
    r"""(?P<a>24\s*/\s*7)(?![0-9])  # always
      | (?P<e>(?:every\s*day|daily|(?:7|seven)\s+days\s+a\s+week)\b)
      | (?P<f>(?:a?round\s+the\s+clock|all\s+day|24\s*(?:h|hrs|hours)(?:\s+a\s+day)?)\b)  # full day
      | (?P<t>(?:12\s+)?(?:noon|midnight)\b
            | (?:[0-9]{1,2}[:.][0-9]{2}|[0-9]{4}|[0-9]{1,2})(?![0-9])(?:\s*[ap]\.?m\b\.?)?)
      | (?P<to>[-‐-―−])
      | (?P<join>[,:&/+])
      | (?P<stop>[;\n])
      | (?P<word>[^\W\d_]+)\.?
      | (?P<other>[0-9]+|\S)""",
    re.VERBOSE,
)
_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})?\s*([ap]?)")
_SIGNS = {"to": "-", "join": ",", "stop": ";"}
_ITEM = re.compile(r"d-d|t-t|[degfc,;]")
_ASTRAY = {
    "a": "24/7 says every day, around the clock: write it alone",
    "t": "write when it opens and when it closes, for example 9:00-17:00",
    "-": "put it between two days or two times, for example Mon-Fri 9:00-17:00",
}


def rules(text: str) -> list[Rule]:
    """The rules of `text` in their order; raises a `KbgenError` without a place."""
    tokens = list(_tokens(text))
    if [token.kind for token in tokens] == ["a"]:
        return [Rule(days=WEEK, times=((0, DAY),))]
    found = list(_rules(tokens))
    if not found:
        raise KbgenError("no opening hours are given", hint=_EXAMPLE)
    return found


def _rules(tokens: Sequence[Token]) -> Iterator[Rule]:
    """A comma joins like with like: a time after a time, a day after a day; a day after a time begins a new rule."""
    days: tuple[int, ...] = ()
    times: tuple[Minutes, ...] = ()
    for item in (*_items(tokens), (Token(kind=";", text=""),)):
        kind = item[0].kind
        if (days or times) and (kind == ";" or (times and kind in "deg")):
            yield Rule(days=days, times=times)
            days, times = (), ()
        if kind in "deg":
            days += _days(item)
        elif kind in "tfc":
            times += (_minutes(item),)


def _items(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Days, ranges of days, spans of time and separators, each as its tokens."""
    kinds = "".join(token.kind for token in tokens)
    at = 0
    while at < len(kinds):
        found = _ITEM.match(kinds, at)
        if not found:
            raise KbgenError(f"'{tokens[at].text}' cannot stand here", hint=_ASTRAY[kinds[at]])
        yield tokens[at : found.end()]
        at = found.end()


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text.lower()):
        group = str(found.lastgroup)
        kind = _kind(found["word"]) if group == "word" else _SIGNS.get(group, group)
        if kind == "other":
            raise KbgenError(f"'{found[0]}' is neither a day nor a time", hint=_EXAMPLE)
        if kind != " ":
            yield Token(kind=kind, text=found["word"] or found[0])


def _kind(word: str) -> str:
    kind = _WORDS.get(word)
    if kind:
        return kind
    near = nearest(word, (*map(str.lower, DAYS), *_GROUPS, "daily", "closed", "noon", "midnight"))
    meant = near.title() if near.title() in DAYS else near
    raise KbgenError(f"unknown word '{word}'", hint=f"did you mean '{meant}'?" if near else _EXAMPLE)


def _days(item: Sequence[Token]) -> tuple[int, ...]:
    kind, text = item[0].kind, item[0].text
    if kind != "d":
        return WEEK if kind == "e" else _GROUPS[text]
    first, last = _DAY_WORDS[text], _DAY_WORDS[item[-1].text]
    if len(item) > 1 and first == last:
        hint = f"write '{DAYS[first]}' or 'every day'"
        raise KbgenError(f"'{text} to {item[-1].text}' may be one day or a week", hint=hint)
    return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def _minutes(item: Sequence[Token]) -> Minutes:
    if item[0].kind != "t":
        return (0, DAY) if item[0].kind == "f" else CLOSED
    (opens, starts), (closes, ends) = _clock(item[0].text), _clock(item[-1].text)
    written = f"{item[0].text}–{item[-1].text}"
    if opens in {closes, DAY}:
        raise KbgenError(f"'{written}' does not end after it begins", hint="a day is 0:00-24:00; a night, 22:00-02:00")
    closes = closes or DAY
    half_said = {starts, ends} == {"half", "either"}
    small = starts == ends == "either" and opens < EARLY
    long_night = closes < opens < LATE and not starts == ends == "half"
    if half_said or small or long_night:
        hint = "write am or pm at both ends, as in 9am-5pm, or hours up to 24, as in 09:00-17:00 or 02:00-06:00"
        raise KbgenError(f"'{written}' can be read in two ways", hint=hint)
    return opens, closes if closes > opens else closes + DAY


def _clock(text: str) -> tuple[int, str]:
    """Minutes since midnight, and how they were counted: by `half` days, to `24`, or `either`."""
    if text.endswith(("noon", "midnight")):
        return (12 * 60 if text.endswith("noon") else 0), "half"
    hours, minutes, half = _CLOCK.findall(text)[0]
    hour, minute = int(hours), int(minutes or 0)
    if minute > 59 or hour * 60 + minute > DAY or (half and not 1 <= hour <= 12):
        raise KbgenError(f"'{text}' is not a time of day", hint="times go from 0:00 to 24:00, or from 12am to 11:59pm")
    if half:
        return (hour % 12 + 12 * (half == "p")) * 60 + minute, "half"
    return hour * 60 + minute, "either" if 1 <= hour <= 12 and text[0] != "0" else "24"
