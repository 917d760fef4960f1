"""The door: raw tickets come in, tickets without personal data go on."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kbgen.tickets.cleaning import LONGEST, clean, plain
from kbgen.tickets.doubts import doubts_in
from kbgen.tickets.language import language_of
from kbgen.tickets.links import pages_linked, shown_at
from kbgen.tickets.names import WORD, names_in
from kbgen.tickets.noise import noise_of
from kbgen.tickets.people import People
from kbgen.tickets.privacy import scrub
from kbgen.tickets.ticket import RawTicket, Ticket

_NUMBER = re.compile(r"(?:[A-Za-z]{1,12}[\d_#/:-]{0,12})?#?\d{1,10}|row-[0-9a-f]{12}")
"""What help desks call tickets: digits, or words and digits: 1042, T-1001, CASE_7:1, zd/1042."""

_LETTERS = re.compile(r"[^\W\d_]+")

MOST_DIGITS = 10

LONGEST_LINE = 300
"""Characters of a subject or a tag that are read."""

MOST_TAGS = 20


@dataclass(frozen=True, kw_only=True)
class Admission:
    """What became of a raw ticket at the door."""

    ticket: Ticket | None
    """The ticket without personal data; None where the whole message was noise."""
    removed: Counter[str]
    """How often each kind of personal data was found."""
    doubts: Counter[str]
    """How often each kind of what may be personal is left; see `doubts_in`."""
    dropped: str = ""
    """Why there is no ticket: "auto-reply", "bounce" or "empty"."""


@dataclass(frozen=True)
class Door:
    """Takes raw tickets in; `key` makes the hash of a requester useless outside this machine."""

    key: bytes
    sites: tuple[str, ...] = ()
    """Addresses of the help centre: links to its pages are kept."""
    terms: frozenset[str] = frozenset()
    """Words of the product, in small letters, that are no doubt where they are written with capitals."""
    people: People | None = field(default=None, compare=False)
    """Finds names that nothing announces; None: they stay."""

    def admit(self, raw: RawTicket) -> Admission:
        """The ticket without personal data, what was removed, and what is doubtful; or why it is dropped."""
        subject = plain(" ".join(raw.subject[:LONGEST_LINE].split()))
        text, tail = clean(raw.text)
        if reason := noise_of(subject, f"{text}\n{tail}"):
            return Admission(ticket=None, removed=Counter(), doubts=Counter(), dropped=reason)
        cleaned = [clean(reply) for reply in raw.replies]
        replies = [reply for reply, _ in cleaned if reply]
        tails = [tail, *(reply_tail for _, reply_tail in cleaned)]
        lang = language_of(f"{subject}. {text}", raw.lang)
        short = [plain(line[:LONGEST_LINE]) for line in (*raw.tags[:MOST_TAGS], raw.product, raw.plan) if line]
        names = self._names([subject, text, *replies, *short], tails, raw, lang)
        removed: Counter[str] = Counter()

        def scrubbed(value: str) -> str:
            result, kinds = scrub(value, names)
            removed.update(kinds)
            return shortened(result)

        def line(value: str) -> str:
            return scrubbed(plain(" ".join(value[:LONGEST_LINE].split()))) if value else ""

        ticket = Ticket(
            id=_safe_id(raw.id, self.key, names),
            subject=scrubbed(subject),
            text=scrubbed(text),
            replies=tuple(scrubbed(reply) for reply in replies),
            requester=self._hashed(raw.requester),
            created=_day(raw.created),
            tags=tuple(line(tag) for tag in raw.tags[:MOST_TAGS]),
            product=line(raw.product),
            plan=line(raw.plan),
            lang=lang,
            url=shown_at(raw.url, names) if raw.url else "",
            articles=pages_linked(raw.replies, self.sites, names),
            reopened=raw.reopened,
            first_reply=raw.first_reply,
            satisfied=raw.satisfied,
        )
        return Admission(ticket=ticket, removed=removed, doubts=self._doubts(ticket))

    def _names(self, texts: list[str], tails: list[str], raw: RawTicket, lang: str) -> frozenset[str]:
        known = list(raw.names)
        if self.people:
            known += [name for text in texts for name in self.people(text, lang)]
        return names_in(texts, tails, raw.requester, known)

    def _doubts(self, ticket: Ticket) -> Counter[str]:
        texts: Iterable[str] = (ticket.subject, ticket.text, *ticket.replies, *ticket.tags, ticket.product, ticket.plan)
        found: Counter[str] = Counter()
        for text in texts:
            found.update(doubts_in(text, self.terms))
        return found

    def _hashed(self, requester: str) -> str:
        text = requester.strip().lower().encode()
        return hmac.new(self.key, text, hashlib.sha256).hexdigest()[:16] if text else ""


def terms_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of a product, from texts of its help centre."""
    return frozenset(word.lower() for text in texts for word in WORD.findall(text))


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


def _safe_id(text: str, key: bytes, names: frozenset[str]) -> str:
    """The export's id, or a hash of it where it looks like more than a number with a prefix."""
    digits = sum(letter.isdigit() for letter in text)
    named = names.intersection(_LETTERS.findall(text))
    if not named and _NUMBER.fullmatch(text) and (digits <= MOST_DIGITS or text.startswith("row-")):
        return text
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
