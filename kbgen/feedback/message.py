"""The message: what a reader writes to a person through the contact form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kbgen.errors import KbgenError
from kbgen.feedback.fields import read_id, refuse_unknown

LONGEST_MESSAGE = 10_000
"""Characters of a message, as in the form."""
LONGEST_SUBJECT = 200
LONGEST_DETAIL = 300
"""Characters of the article, the search and the reason that come along."""
LONGEST_EMAIL = 254

_KEYS = frozenset({"id", "email", "message", "subject", "article", "searched", "reason", "lang", "website"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*")
"""What browsers take in a field for an e-mail address (HTML), with the longest name that mail allows."""
_LANG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message on its way to a person; it is kept until it was handed over, and not longer."""

    id: str
    """A UUID."""
    email: str
    message: str
    subject: str = ""
    article: str = ""
    """The article that the reader came from, as the form says it."""
    searched: str = ""
    """What the reader had searched for."""
    reason: str = ""
    """Why the article did not help."""
    lang: str = ""
    """The language of the page that the form stood on."""
    held: bool = False
    """Whether a field was filled that people do not see: it is handed over marked, and not acknowledged."""


def read_message(data: Mapping[str, object]) -> Message:
    """The message in what was sent; raises a `KbgenError` that names the first field that is wrong."""
    refuse_unknown(data, _KEYS, "a message")
    return Message(
        id=read_id(data.get("id")),
        email=_email(_line(data, "email", LONGEST_EMAIL)),
        message=_required(_text(data, "message", LONGEST_MESSAGE)),
        subject=_line(data, "subject", LONGEST_SUBJECT),
        article=_line(data, "article", LONGEST_DETAIL),
        searched=_line(data, "searched", LONGEST_DETAIL),
        reason=_line(data, "reason", LONGEST_DETAIL),
        lang=_lang(_line(data, "lang", LONGEST_DETAIL)),
        held=bool(data.get("website")),
    )


def _text(data: Mapping[str, object], name: str, longest: int) -> str:
    """A field's text without control characters; with one kind of line end, however it was sent."""
    value = data.get(name)
    text = "" if value is None else value
    if not isinstance(text, str):
        raise KbgenError(f"'{name}' is not text")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise KbgenError(f"'{name}' has more than {longest} characters")
    return text


def _line(data: Mapping[str, object], name: str, longest: int) -> str:
    return " ".join(_text(data, name, longest).split())


def _required(text: str) -> str:
    if not text:
        raise KbgenError("'message' is empty", hint="write a few words")
    return text


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address as browsers take it."""
    return len(text) <= LONGEST_EMAIL and bool(_EMAIL.fullmatch(text))


def _email(text: str) -> str:
    if not is_email(text):
        raise KbgenError("'email' is not an e-mail address", hint="for example name@example.com")
    return text


def _lang(text: str) -> str:
    if text and not _LANG.fullmatch(text):
        raise KbgenError("'lang' is not the code of a language, such as 'en'")
    return text.replace("_", "-").lower()
