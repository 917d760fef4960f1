"""Cleaning: what the writer of a message said, without quotes, signatures and remains of HTML."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from mailparser_reply import EmailReplyParser

from kbgen.tickets.greetings import BYE
from kbgen.tickets.noise import without_noise

LONGEST = 4000
"""Characters of a message that are read; what comes after repeats or rambles."""

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "cs")
"""Languages in which quotes and signatures are known."""

_UNSEEN = re.compile(
    r"<(style|script|head|title)\b[^>]*>.*?</\1\s*>|<!--.*?-->|<!doctype[^>]*>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"</?(?:p|div|br|span|b|i|u|a|li|ul|ol|font|blockquote|table|tbody|thead|tr|td|th|strong|em|img|html|body|meta|center|"
    r"h[1-6]|hr|pre|code|small|sup|sub|o:p|section|article|header|footer|input|button|link)\b[^>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.IGNORECASE)
_DEVICE = re.compile(
    r"^(?:(?:sent|gesendet|envoyé|enviado|inviato|von meinem|get outlook)\b.{0,12} ?"
    r"(?:from|von|mit|depuis|de|desde|da|for|iphone|ipad|android)\b.{0,40}|von meinem .{1,30} gesendet)$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(r"^[-–—/~* ]*[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]+){0,2}(?:[ \t]*[,|(·].{0,40})?(?<![.?!])$")
_QUOTED = re.compile(
    r"^>|\b(?:wrote|schrieb|écrit|escribió|scritto)\b.{0,80}:|^-{2,} ?\w|^\*?(?:From|Von|De|Da)\*?: ", re.MULTILINE
)
_CLOSING = re.compile(rf"^{BYE}[ ,.!]*$")
_INVISIBLE = {
    0xA0: " ",
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xE000, 0xE001)),
}
_SIGNATURE = re.compile(r"^(?:-- ?|_{3,}|-{3,})$")


def clean(message: str) -> tuple[str, str]:
    """The message's own words, and what was cut off its end: names stand there."""
    text = without_noise(plain(message[: LONGEST * 2]))
    own = _without_quotes(text) if _QUOTED.search(text) else text
    lines = own.splitlines()
    kept = _without_signature(lines)
    cut = text[len(own) :] if text.startswith(own) else text.replace(own, "", 1)
    return "\n".join(kept).strip(), "\n".join([*lines[len(kept) :], cut]).strip()


def plain(message: str) -> str:
    """A text without remains of HTML and without runs of blank lines."""
    text = message.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", text)))
    text = html.unescape(text) if "&" in text else text
    text = text if text.isascii() else text.translate(_INVISIBLE)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n")))


def _without_quotes(text: str) -> str:
    replies = _parser().read(text).replies
    own = next((str(reply.body).strip() for reply in replies if re.search(r"\w", str(reply.body))), "")
    return own if own and not own.startswith(">") and "forward" not in own[:60].lower() else text


@lru_cache(maxsize=1)
def _parser() -> EmailReplyParser:
    return EmailReplyParser(languages=list(LANGUAGES))


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
