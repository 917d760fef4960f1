"""Captions: a strict reader of WebVTT that says line and column of what is wrong.

Follows https://www.w3.org/TR/webvtt1/ for the file's structure; styles and regions are passed over.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kbgen.errors import KbgenError, Where

_TIME = r"(?:(?P<{0}h>\d{{2,4}}):)?(?P<{0}m>[0-5]\d):(?P<{0}s>[0-5]\d)\.(?P<{0}f>\d{{3}})"
_TIMING = re.compile(rf"^{_TIME.format('a')}[ \t]+-->[ \t]+{_TIME.format('b')}(?P<settings>[ \t].*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z0-9.:]*(?:\s[^>]*)?>")

Complain = Callable[..., None]
"""Takes line, problem, hint and column of a fault."""


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A text and the span in which it is shown; seconds from the start of the video."""

    start: float
    end: float
    text: str
    speaker: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A stretch of the transcript: one speaker, no long pause."""

    start: float
    speaker: str
    cues: tuple[Cue, ...]


def read_captions(text: str, path: str) -> tuple[list[Cue], list[KbgenError]]:
    """The cues of a WebVTT file in its order, and every fault by line."""
    cues: list[Cue] = []
    faults: list[KbgenError] = []

    def fault(line: int, problem: str, hint: str = "", column: int = 0) -> None:
        faults.append(KbgenError(problem, where=Where(path=path, line=line, column=column), hint=hint))

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.match(r"^WEBVTT(?:[ \t].*)?$", lines[0]):
        fault(1, "the first line is not 'WEBVTT'", "put the word WEBVTT alone on the first line, then an empty line")
        return [], faults
    header = next((n for n, line in enumerate(lines) if n and not line.strip()), len(lines))
    if any("-->" in line for line in lines[1:header]):
        fault(2, "an empty line is missing below WEBVTT", "put an empty line between WEBVTT and the first cue")
    for first, block in _blocks(lines[header:], header + 1):
        if re.match(r"^(NOTE|STYLE|REGION)(\s|$)", block[0]):
            continue
        cue = _cue(first, block, fault)
        if cue is None:
            continue
        if cues and cue.start < cues[-1].start:
            fault(cue.line, "this cue starts before the one above it", "put the cues in the order of their times")
        cues.append(cue)
    if not cues and not faults:
        fault(1, "the file holds no cue", "add a line '00:00:00.000 --> 00:00:04.000' and the words below it")
    return cues, faults


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=first):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(first: int, block: list[str], complain: Complain) -> Cue | None:
    at = 0 if "-->" in block[0] else 1
    if at >= len(block) or "-->" not in block[at]:
        complain(first, "this block has no line of times", "write '00:00:01.000 --> 00:00:04.000' above the words")
        return None
    line = first + at
    match = _TIMING.match(block[at].strip())
    if not match:
        hint = "write times as 00:01.500 or 00:00:01.500, with a point"
        complain(line, f"these times cannot be read: '{block[at].strip()}'", hint, 1)
        return None
    start, end = _seconds(match, "a"), _seconds(match, "b")
    if end <= start:
        complain(line, "this cue ends before it starts", "the second time must be later than the first")
        return None
    raw = "\n".join(block[at + 1 :])
    if "-->" in raw:
        complain(
            line + 1 + raw[: raw.index("-->")].count("\n"),
            "two cues stand in one block",
            "put an empty line between them",
        )
        return None
    voice = _VOICE.search(raw)
    text = " ".join(html.unescape(_TAG.sub("", raw)).split())
    if not text:
        complain(line, "this cue has no words", "write what is said below the times, or remove the cue")
        return None
    speaker = html.unescape(voice[1]).strip() if voice else ""
    return Cue(start=start, end=end, text=text, speaker=speaker, line=line)


def _seconds(match: re.Match[str], side: str) -> float:
    hours, minutes, seconds, thousandths = (int(match[side + part] or 0) for part in "hmsf")
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def transcript(cues: list[Cue], *, pause: float = 1.5) -> list[Paragraph]:
    """The cues as paragraphs: a new one begins with another speaker or after `pause` seconds of silence."""
    groups: list[list[Cue]] = []
    for cue in cues:
        last = groups[-1][-1] if groups else None
        if last and last.speaker == cue.speaker and cue.start - last.end < pause:
            groups[-1].append(cue)
        else:
            groups.append([cue])
    return [Paragraph(start=g[0].start, speaker=g[0].speaker, cues=tuple(g)) for g in groups]


def clock(seconds: float) -> str:
    """Seconds as people write them: 83 is '1:23'."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
