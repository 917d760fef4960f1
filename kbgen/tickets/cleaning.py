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
_SIGN_OFF = re.compile(r"^[-–—/~* ]*[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]+){0,2}(?:[ \t]*[,|(·].{0,40})?(?<![.?!])$")
_QUOTED = re.compile(r"^>|\b(?:wrote|schrieb|écrit|escribió)\b.{0,40}:|^-{2,} ?\w|^(?:From|Von|De): ", re.MULTILINE)
_CLOSING = re.compile(
    r"^(?:(?:many |kind |best |warm |with )*(?:thanks|thank you|thx|regards|wishes|cheers|greetings)"
    r"(?: again| in advance| so much| and regards)?|"
    r"sincerely|best|yours(?: \w+)?|mit freundlichen grüßen|viele grüße|beste grüße|danke|mfg|lg|vg)[ ,.!]*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^(?:-- ?|_{3,}|-{3,})$")


def clean(message: str) -> tuple[str, str]:
    """The message's own words, and what was cut off its end: names stand there."""
    text = plain(message[: LONGEST * 2])
    own = _without_quotes(text) if _QUOTED.search(text) else text
    lines = own.splitlines()
    kept = _without_signature(lines)
    cut = text[len(own) :] if text.startswith(own) else text.replace(own, "", 1)
    return "\n".join(kept).strip(), "\n".join([*lines[len(kept) :], cut]).strip()


def plain(message: str) -> str:
    """A text without remains of HTML and without runs of blank lines."""
    text = message.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = html.unescape(text).replace("\u00a0", " ").replace("\u200b", "")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n")))


def _without_quotes(text: str) -> str:
    replies = _parser().read(text).replies
    own = next((str(reply.body).strip() for reply in replies if re.search(r"\w", str(reply.body))), "")
    return own if own and not own.startswith(">") and "forward" not in own[:60].lower() else text


@lru_cache(maxsize=1)
def _parser() -> EmailReplyParser:
    return EmailReplyParser(languages=["en", "de", "fr", "es"])


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        below = [other for other in lines[number + 1 :] if other]
        if number and (_SIGNATURE.match(line) or (_CLOSING.match(line) and _is_signature(below))):
            lines = lines[:number]
            break
    while len(lines) > 1 and (not lines[-1] or _DEVICE.match(lines[-1]) or _SIGN_OFF.match(lines[-1])):
        lines = lines[:-1]
    return lines


def _is_signature(lines: list[str]) -> bool:
    """Whether lines below a closing are who wrote, not what they still ask."""
    return len(lines) <= 6 and not any("?" in line or len(line.split()) > 8 for line in lines)
