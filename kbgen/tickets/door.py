"""The door: raw tickets come in, tickets without personal data go on."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass

from kbgen.tickets.cleaning import clean
from kbgen.tickets.names import names_in
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import RawTicket, Ticket


@dataclass(frozen=True)
class Door:
    """Takes raw tickets in; `key` makes the hash of a requester useless outside this machine."""

    key: bytes

    def admit(self, raw: RawTicket) -> tuple[Ticket, Counter[str]]:
        """The ticket without personal data, and how often each kind was found."""
        text, tail = clean(raw.text)
        replies = [clean(reply) for reply in raw.replies]
        tails = [tail, *(reply_tail for _, reply_tail in replies)]
        names = names_in([raw.subject, text, *(reply for reply, _ in replies)], tails, raw.requester)
        found: Counter[str] = Counter()

        def scrubbed(value: str) -> str:
            result, kinds = scrub(value, names)
            found.update(kinds)
            return result

        ticket = Ticket(
            id=_safe_id(raw.id, self.key),
            subject=scrubbed(" ".join(raw.subject.split())),
            text=scrubbed(text),
            replies=tuple(scrubbed(reply) for reply, _ in replies if reply),
            requester=self._hashed(raw.requester),
            created=raw.created[:10],
            tags=tuple(scrubbed(tag) for tag in raw.tags),
        )
        return ticket, found

    def _hashed(self, requester: str) -> str:
        text = requester.strip().lower().encode()
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()[:16] if text else ""


def _safe_id(text: str, key: bytes) -> str:
    """The export's id, or a hash of it where it looks like more than a number with a prefix."""
    if re.fullmatch(r"[\w#./:-]{1,64}", text):
        return text
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
