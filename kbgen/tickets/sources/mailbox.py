"""Tickets from mail: mbox files and EML files, threaded; what staff wrote among themselves is left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from kbgen.errors import KbgenError, Where
from kbgen.tickets.sources.conversation import Conversation, Message
from kbgen.tickets.sources.export import Export, Part
from kbgen.tickets.sources.interface import Beginning, Reading, Row
from kbgen.tickets.sources.mail import MOST_BYTES, Mail, mail_of
from kbgen.tickets.sources.threads import Threads
from kbgen.tickets.ticket import SkippedRow

_STEP = 1 << 20
_FROM_LINE = re.compile(r"From [^\n]*\r?\n[A-Za-z][A-Za-z0-9-]*:")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[ \t\S]*\r?\n(?:[ \t]|[A-Za-z])")
_MAIL_HEADER = re.compile(
    r"^(?:From|Received|Message-ID|Return-Path|MIME-Version|Delivered-To):", re.IGNORECASE | re.MULTILINE
)

Split = Callable[[IO[bytes]], Iterator[tuple[int, bytes]]]


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """Reads files of mails; `split` cuts one file into them."""

    name: str
    title: str
    split: Split
    begins: Callable[[str], bool]

    def claims(self, beginning: Beginning) -> bool:
        """Whether the text begins as such a file does."""
        return self.begins(beginning.text)

    def fields(self, export: Export, reading: Reading) -> dict[str, str]:
        """What is read from which header; the staff is guessed from all mails where nobody named it."""
        if reading.columns:
            raise KbgenError(
                "mail has no columns to map", where=Where(path=str(export.path)), hint="leave --map and --map-file out"
            )
        with export.unwatched(), Threads() as threads:
            for _ in self._read(export, threads):
                pass
            staff = _staff(threads, reading)
        guessed = "" if reading.staff else ", guessed; name it with --staff"
        return {
            "id": "Message-ID of the first mail",
            "created": "Date",
            "subject": "Subject",
            "text": "the first mail of a thread that is not from staff",
            "replies": f"later mails from staff ({', '.join(staff) or 'nobody'}{guessed})",
            "requester": "From",
            "requester_name": "From",
            "agent": "From",
            "first_reply": "Date",
        }

    def rows(self, export: Export, reading: Reading) -> Iterator[Row]:
        """One ticket for each thread, once all mails have been read."""
        with Threads() as threads:
            yield from self._read(export, threads)
            staff = _staff(threads, reading)
            for thread in threads.all():
                yield _row(thread, staff)

    def _read(self, export: Export, threads: Threads) -> Iterator[SkippedRow]:
        """Take every mail in; those that cannot be read are skipped."""
        for part in export.parts:
            yield from self._read_part(export, part, threads)

    def _read_part(self, export: Export, part: Part, threads: Threads) -> Iterator[SkippedRow]:
        with part.stream() as stream:
            for line, data in self.split(stream):
                mail = mail_of(data)
                if mail is None:
                    yield export.named(part, SkippedRow(line=line, reason="this is no mail"))
                else:
                    threads.add(mail, line)


def _staff(threads: Threads, reading: Reading) -> tuple[str, ...]:
    return tuple(name.lower().lstrip("@") for name in reading.staff) or threads.staff()


def _row(thread: list[tuple[int, Mail]], staff: tuple[str, ...]) -> Row:
    def is_staff(address: str) -> bool:
        domain = address.partition("@")[2]
        return any(one in {address, domain} or domain.endswith(f".{one}") for one in staff)

    def is_private(mail: Mail) -> bool:
        return is_staff(mail.sender) and all(is_staff(address) for address in mail.to)

    shown = [(line, mail) for line, mail in thread if not mail.automatic and not is_private(mail)]
    line = thread[0][0]
    if not shown:
        return SkippedRow(line=line, reason="the thread holds only automatic mails or mails among staff")
    first = next((mail for _, mail in shown if not is_staff(mail.sender)), shown[0][1])
    return Conversation(
        id=_id(thread[0][1]),
        subject=first.subject,
        messages=tuple(Message(text=m.text, staff=is_staff(m.sender), at=m.at) for _, m in shown),
        requester=first.sender,
        created=first.at,
        names=tuple(mail.sender_name for _, mail in thread),
    ).row(line)


def _id(mail: Mail) -> str:
    """A short id of the thread's first mail; its own names a machine or a person."""
    own = mail.id or f"{mail.sender}\0{mail.at}\0{mail.subject}\0{mail.text}"
    return f"row-{hashlib.sha256(own.encode('utf-8', 'replace')).hexdigest()[:12]}"


def mails_of_mbox(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The mails of an mbox file, each with its line; of one that is very long the beginning."""
    lines: list[bytes] = []
    number = begin = size = 0
    blank = fresh = True
    while piece := stream.readline(_STEP):
        if fresh and blank and piece.startswith(b"From "):
            if lines:
                yield begin, b"".join(lines)
            lines, size, begin = [], 0, number + 1
        elif size < MOST_BYTES:
            lines.append(piece)
            size += len(piece)
        blank = fresh and piece in {b"\n", b"\r\n"}
        fresh = piece.endswith(b"\n")
        number += fresh
    if lines:
        yield begin, b"".join(lines)


def mail_of_eml(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The one mail of an EML file."""
    yield 1, stream.read(MOST_BYTES)


def _begins_as_mbox(text: str) -> bool:
    return bool(_FROM_LINE.match(text.lstrip("\ufeff\r\n")))


def _begins_as_eml(text: str) -> bool:
    head = text.lstrip("\ufeff\r\n").partition("\n\n")[0]
    return bool(_HEADER.match(head) and len(_MAIL_HEADER.findall(head)) >= 2)


MBOX = Mailbox(name="mbox", title="mbox", split=mails_of_mbox, begins=_begins_as_mbox)
EML = Mailbox(name="eml", title="EML", split=mail_of_eml, begins=_begins_as_eml)
