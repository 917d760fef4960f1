"""The objects of a JSON document, cut out one by one without reading the document whole.

A document is a list of objects, objects one after the other, or an envelope such as `{"tickets": [...]}` as the
interfaces of help desks give. Objects are found by their braces; one that is damaged inside does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kbgen.tickets.sources.lines import LONGEST

LISTS = frozenset(("tickets", "conversations", "issues", "items", "results", "data", "users"))
"""Keys of an envelope below which tickets, or those who write them, are listed."""

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*+("?)|[{}\[\]]', re.DOTALL)
_REST_OF_STRING = re.compile(r'(?:[^"\\]+|\\.)*+("?)', re.DOTALL)
_CHUNK = 1 << 18


@dataclass(frozen=True, kw_only=True)
class Found:
    """One object of a document."""

    line: int
    """Where it begins."""
    kind: str
    """The key of the envelope below which it is listed, or `""`."""
    text: str | None
    """The object; None where it is too long."""
    whole: bool = True


class Document:
    """Cuts a stream of characters into objects."""

    def __init__(self, stream: IO[str]) -> None:
        """Begin where the stream stands."""
        self._stream = stream
        self._text, self._at, self._line, self._counted = "", 0, 1, 0
        self._outer: list[tuple[str, str]] = []
        self._begin, self._first_line, self._depth = -1, 0, 0
        self._skipping = self._in_string = False
        self._has_id, self._key = False, ""

    def objects(self) -> Iterator[Found]:
        """The objects in their order; the last may not be whole."""
        while chunk := self._stream.read(_CHUNK):
            self._take(chunk)
            yield from self._scan(last=False)
        yield from self._scan(last=True)
        if self._begin >= 0 or self._outer:
            yield Found(line=self._first_line or self._line, kind="", text=None, whole=False)

    def _take(self, chunk: str) -> None:
        keep = self._at if self._begin < 0 or self._skipping else self._begin
        self._count_lines(keep)
        self._text = self._text[keep:] + chunk
        self._at -= keep
        self._counted -= keep
        if self._begin >= 0 and not self._skipping:
            self._begin = 0
            self._skipping = len(self._text) - len(chunk) > LONGEST

    def _count_lines(self, until: int) -> None:
        if until > self._counted:
            self._line += self._text.count("\n", self._counted, until)
            self._counted = until

    def _scan(self, *, last: bool) -> Iterator[Found]:
        if self._in_string and not self._leave_string():
            return
        while token := _TOKEN.search(self._text, self._at):
            mark = token[0][0]
            if mark == '"' and not token[1] and not last:
                self._wait_inside(token.start(), token.end())
                return
            self._at = token.end()
            if mark == '"':
                self._string(token[0])
            elif mark in "{[":
                self._open(mark, token.start())
            elif found := self._close():
                yield found
        self._at = len(self._text)

    def _wait_inside(self, start: int, end: int) -> None:
        """A string goes on in the next chunk: read it again then, or, where it is passed over, go on within it."""
        self._at = start
        if self._skipping or len(self._text) - start > LONGEST:
            self._skipping, self._in_string = self._begin >= 0, True
            self._at = end

    def _leave_string(self) -> bool:
        rest = _REST_OF_STRING.match(self._text, self._at)
        self._at = rest.end() if rest else self._at
        self._in_string = not (rest and rest[1])
        return not self._in_string

    def _string(self, token: str) -> None:
        if self._begin < 0 or self._depth == 1:
            self._key = token[1:-1]
            self._has_id = self._has_id or self._key == "id"

    def _open(self, mark: str, at: int) -> None:
        if self._begin >= 0 and not self._is_envelope(mark):
            self._depth += 1
        elif mark == "{" and (not self._outer or self._outer[-1][0] == "["):
            self._count_lines(at)
            self._begin, self._first_line, self._depth, self._has_id = at, self._line, 1, False
        else:
            self._outer.append((mark, self._key))

    def _is_envelope(self, mark: str) -> bool:
        """Whether the outermost object turns out to hold a list of tickets, and is none itself."""
        lists = (mark == "[" and self._key in LISTS) or (mark == "{" and self._key == "_embedded")
        if self._outer or self._depth != 1 or self._has_id or not lists:
            return False
        self._begin, self._skipping, self._depth = -1, False, 0
        self._outer.append(("{", ""))
        return True

    def _close(self) -> Found | None:
        if self._begin < 0:
            self._outer = self._outer[:-1]
            return None
        self._depth -= 1
        if self._depth:
            return None
        text = None if self._skipping or self._at - self._begin > LONGEST else self._text[self._begin : self._at]
        self._begin, self._skipping = -1, False
        return Found(line=self._first_line, kind=self._outer[-1][1] if self._outer else "", text=text)
