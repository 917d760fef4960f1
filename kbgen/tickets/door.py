"""The door: raw tickets come in, tickets without personal data go on."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from kbgen.tickets.cleaning import LONGEST, clean, plain
from kbgen.tickets.names import names_in
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import RawTicket, Ticket

_NUMBER = re.compile(r"(?:[A-Za-z][\w#/:-]{0,30})?#?\d{1,10}|row-[0-9a-f]{12}")
"""What help desks call tickets: digits, or words and digits: 1042, T-1001, CASE_7:1, zd/1042."""

MOST_DIGITS = 10

LONGEST_LINE = 300
"""Characters of a subject or a tag that are read."""

MOST_TAGS = 20


@dataclass(frozen=True)
class Door:
    """Takes raw tickets in; `key` makes the hash of a requester useless outside this machine."""

    key: bytes

    def admit(self, raw: RawTicket) -> tuple[Ticket, Counter[str]]:
        """The ticket without personal data, and how often each kind was found."""
        subject = plain(" ".join(raw.subject[:LONGEST_LINE].split()))
        text, tail = clean(raw.text)
        replies = [clean(reply) for reply in raw.replies]
        tails = [tail, *(reply_tail for _, reply_tail in replies)]
        names = names_in([subject, text, *(reply for reply, _ in replies)], tails, raw.requester)
        found: Counter[str] = Counter()

        def scrubbed(value: str) -> str:
            result, kinds = scrub(value, names)
            found.update(kinds)
            return shortened(result)

        ticket = Ticket(
            id=_safe_id(raw.id, self.key),
            subject=scrubbed(subject),
            text=scrubbed(text),
            replies=tuple(scrubbed(reply) for reply, _ in replies if reply),
            requester=self._hashed(raw.requester),
            created=_day(raw.created),
            tags=tuple(scrubbed(plain(tag[:LONGEST_LINE])) for tag in raw.tags[:MOST_TAGS]),
        )
        return ticket, found

    def _hashed(self, requester: str) -> str:
        text = requester.strip().lower().encode()
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()[:16] if text else ""


def shortened(text: str) -> str:
    """The text up to the longest length that is kept, cut between words, never inside a mark."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(None, 1)[0]


def _day(text: str) -> str:
    """The day of a moment in ISO form, `""` for anything else."""
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        return ""


def _safe_id(text: str, key: bytes) -> str:
    """The export's id, or a hash of it where it looks like more than a number with a prefix."""
    digits = sum(letter.isdigit() for letter in text)
    if _NUMBER.fullmatch(text) and (digits <= MOST_DIGITS or text.startswith("row-")):
        return text
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
