"""Cleaning: what the writer of a message said, without quotes, signatures and remains of HTML."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from mailparser_reply import EmailReplyParser

LONGEST = 4000
"""Characters of a message that are read; what comes after repeats or rambles."""

_TAG = re.compile(r"</?(?:p|div|br|span|b|i|u|a|li|ul|ol|font|blockquote|table|tr|td|strong|em)\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)
_DEVICE = re.compile(r"^(?:sent|gesendet|envoyé|enviado) (?:from|von|depuis|desde) .{1,40}$", re.IGNORECASE)
_SIGN_OFF = re.compile(r"^[-–—/~* ]*[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]+){0,2}(?:,.{0,40})?$")
_CLOSING = re.compile(
    r"^(?:(?:many |kind |best |warm |with )*(?:thanks|thank you|thx|regards|wishes|cheers|greetings)"
    r"(?: again| in advance| so much| and regards)?|"
    r"sincerely|best|yours(?: \w+)?|mit freundlichen grüßen|viele grüße|beste grüße|danke|mfg|lg|vg)[ ,.!]*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^(?:-- ?|_{3,}|-{3,})$")


def clean(message: str) -> tuple[str, str]:
    """The message's own words, and what was cut off its end: names stand there."""
    text = _plain(message[: LONGEST * 2])
    own = _without_quotes(text)
    kept = _without_signature(own.splitlines())
    body = "\n".join(kept).strip()
    cut = text[len(own) :] if text.startswith(own) else text.replace(own, "", 1)
    return re.sub(r"\n{3,}", "\n\n", body)[:LONGEST], "\n".join([*own.splitlines()[len(kept) :], cut]).strip()


def _plain(message: str) -> str:
    text = message.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = html.unescape(text).replace("\u00a0", " ").replace("\u200b", "")
    return "\n".join(line.strip() for line in text.split("\n"))


def _without_quotes(text: str) -> str:
    replies = _parser().read(text).replies
    own = next((str(reply.body).strip() for reply in replies if str(reply.body).strip()), "")
    return own if own and not own.startswith(">") else text


@lru_cache(maxsize=1)
def _parser() -> EmailReplyParser:
    return EmailReplyParser(languages=["en", "de", "fr", "es"])


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        below = len([other for other in lines[number + 1 :] if other])
        if number and (_SIGNATURE.match(line) or (_CLOSING.match(line) and below <= 6)):
            lines = lines[:number]
            break
    while len(lines) > 1 and (not lines[-1] or _DEVICE.match(lines[-1]) or _SIGN_OFF.match(lines[-1])):
        lines = lines[:-1]
    return lines
