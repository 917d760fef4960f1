"""The acknowledgement: a letter that tells a customer that we have their message, and when we answer."""

from __future__ import annotations

import re
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import yaml

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message
from kbgen.service.delivery.mail import MailDelivery, address_of

ADDRESS_PAUSE = 3600.0
"""Seconds in which one address gets one acknowledgement."""
MOST_AN_HOUR = 200
"""Acknowledgements to all addresses together."""
MOST_ADDRESSES = 10_000
LONGEST_REPLY = 200
_ROBOTS = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "do-not-reply", "donotreply", "bounce"})
_TAGGED = re.compile(r"\s*([a-z]{2,3})\s*=\s*(.*?)\s*")

Replies = Mapping[str, str]
"""The expected reply time by language; `""` is that of every language."""


class Allowance:
    """Who may get an acknowledgement now, so that nobody is flooded with them; it lives as long as the service."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody."""
        self._clock = clock
        self._last: OrderedDict[str, float] = OrderedDict()
        self._hour: deque[float] = deque(maxlen=MOST_AN_HOUR)

    def take(self, email: str) -> bool:
        """Whether the address may get one, which is then counted."""
        now, person = self._clock(), _person(email)
        full = len(self._hour) == MOST_AN_HOUR and now - self._hour[0] < ADDRESS_PAUSE
        if full or now - self._last.get(person, float("-inf")) < ADDRESS_PAUSE:
            return False
        self._hour.append(now)
        self._last[person] = now
        self._last.move_to_end(person)
        while len(self._last) > MOST_ADDRESSES or now - next(iter(self._last.values())) >= ADDRESS_PAUSE:
            self._last.popitem(last=False)
        return True


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """Sends the letter by the same mail server that brings messages to us."""

    mail: MailDelivery
    contact: str
    """Address of the contact page."""
    replies: Replies = field(default_factory=dict)
    allowance: Allowance = field(default_factory=Allowance)

    def send(self, message: Message) -> None:
        """Acknowledge a message, where its writer may get a letter now; raises what `MailDelivery.send` raises."""
        if not message.held and not self._goes_round(message.email) and self.allowance.take(message.email):
            self.mail.send(self.letter(message))

    def letter(self, message: Message) -> EmailMessage:
        """The letter; nothing in it is the customer's own words, so that nobody can write to others through us."""
        language, said = self._words(message.lang)
        letter = self.mail.blank(f"{message.id}.reply")
        letter["Subject"] = said["subject"]
        letter["To"] = address_of(message.email)
        letter["In-Reply-To"] = self.mail.message_id(message.id)
        letter["Auto-Submitted"] = "auto-replied"
        letter["X-Auto-Response-Suppress"] = "All"
        letter["Content-Language"] = language
        reply = self.replies.get(language, self.replies.get("", ""))
        next_ = said["next"].format(reply=reply) if reply else said["next_any"]
        letter.set_content(said["body"].format(next=next_, contact=self.contact))
        return letter

    def _words(self, lang: str) -> tuple[str, Mapping[str, str]]:
        """The words in the language of the page, else in the first that has a reply time, else in English."""
        known = languages()
        wanted = (lang.partition("-")[0], *self.replies, "en")
        language = next(code for code in wanted if code in known)
        return language, known[language]

    def _goes_round(self, email: str) -> bool:
        own = {self.mail.sender.addr_spec.lower(), *(each.addr_spec.lower() for each in self.mail.recipients)}
        return email.lower() in own or email.lower().partition("@")[0] in _ROBOTS


def read_replies(text: str) -> Replies:
    """The reply times in a setting: `within one day`, or `en=within one day | de=innerhalb eines Tages`."""
    if len(text) > LONGEST_REPLY * len(languages()) or not text.isprintable():
        raise KbgenError(f"contact-reply has more than {LONGEST_REPLY} characters, or some that cannot be printed")
    parts = text.split("|")
    tagged = [(match[1], match[2]) for part in parts if (match := _TAGGED.fullmatch(part))]
    if not tagged:
        return {"": text.strip()} if text.strip() else {}
    unknown = sorted({language for language, _ in tagged} - set(languages()))
    if unknown or len(tagged) < len(parts):
        known = " | ".join(f"{language}=…" for language in languages())
        raise KbgenError("contact-reply names a language that has no words, or mixes both forms", hint=known)
    return dict(tagged)


@cache
def languages() -> dict[str, dict[str, str]]:
    """The words of the letter in each language."""
    text = (Path(__file__).parent / "acknowledgement.yml").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = yaml.safe_load(text)
    return words


def _person(email: str) -> str:
    """An address without what can be added to it: `kim+shop@example.com` is `kim@example.com`."""
    user, _, domain = email.lower().rpartition("@")
    return f"{user.partition('+')[0]}@{domain}"
