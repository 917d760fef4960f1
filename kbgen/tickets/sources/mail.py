"""The mail: what one message says, who wrote it to whom, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from kbgen.tickets.sources.html_text import text_of_html

MOST_BYTES = 10_000_000
"""Bytes of a message that are read: text stands before what is attached."""

MOST_TEXT = 100_000
_MOST_PARTS = 200
_ID = re.compile(r"<([^<>\s]{1,500})>")
_REPLY = re.compile(r"^\s*(?:(?:re|aw|sv|antw|rif|res|fwd?|wg|tr)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FREE = ("bulk", "junk", "list", "auto_reply")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One message."""

    id: str
    answers: tuple[str, ...]
    """Ids of the messages before it."""
    subject: str
    sender: str
    """The address in lower case."""
    sender_name: str
    to: tuple[str, ...]
    """Addresses in To and Cc."""
    at: str
    """The moment in ISO form in UTC, or `""`."""
    text: str
    automatic: bool
    """Whether no person wrote it: absence notes, bounces, newsletters."""

    @property
    def bare_subject(self) -> str:
        """The subject without what answering puts before it."""
        return " ".join(_REPLY.sub("", self.subject).lower().split())

    @property
    def is_reply(self) -> bool:
        """Whether the subject says that it answers or passes on another."""
        return bool(_REPLY.match(self.subject))


def mail_of(data: bytes) -> Mail | None:
    """The message in bytes; None where they hold none."""
    try:
        message = message_from_bytes(data[:MOST_BYTES])
        senders = _people(message, "from")
        if not message.keys() or not senders:
            return None
        return Mail(
            id=next(iter(_ids(message, "message-id")), ""),
            answers=(*_ids(message, "references"), *_ids(message, "in-reply-to")),
            subject=" ".join(_header(message, "subject").split())[:1000],
            sender=senders[0][1],
            sender_name=senders[0][0],
            to=tuple(address for _, address in (*_people(message, "to"), *_people(message, "cc"))),
            at=_moment(message),
            text=_text(message)[:MOST_TEXT].strip(),
            automatic=_is_automatic(message),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        return None  # the parser of the standard library stumbles in many ways over what is no mail


def _header(message: Message, name: str) -> str:
    pieces = []
    for data, charset in decode_header(str(message.get(name, ""))):
        pieces.append(_decoded(data, charset) if isinstance(data, bytes) else data)
    return "".join(pieces).encode("utf-8", "replace").decode()


def _decoded(data: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _people(message: Message, name: str) -> list[tuple[str, str]]:
    found = getaddresses([_header(message, name)])
    return [(person.strip(), address.strip().lower()) for person, address in found if "@" in address]


def _ids(message: Message, name: str) -> tuple[str, ...]:
    return tuple(_ID.findall(str(message.get(name, ""))))


def _moment(message: Message) -> str:
    try:
        moment = parsedate_to_datetime(_header(message, "date"))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return moment.astimezone(UTC).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _is_automatic(message: Message) -> bool:
    submitted = _header(message, "auto-submitted").strip().lower()
    precedence = _header(message, "precedence").strip().lower()
    marked = any(message.get(name) for name in ("x-autoreply", "x-autorespond", "list-unsubscribe"))
    bounced = message.get_content_type() == "multipart/report"
    return submitted.startswith("auto-") or precedence in _FREE or marked or bounced


def _text(message: Message) -> str:
    """The first plain text that is not attached, else the first HTML."""
    html = ""
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain" and (text := _body(part)).strip():
            return text
        if part.get_content_type() == "text/html" and not html:
            html = text_of_html(_body(part))
    return html


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _body(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return _decoded(data, part.get_content_charset()).encode("utf-8", "replace").decode().replace("\r\n", "\n")
