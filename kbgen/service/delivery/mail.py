"""Delivery by mail: one letter for each message, over a mail server of one's own."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from kbgen.feedback.message import Message
from kbgen.service.delivery.interface import RefusedError, UnreachableError

TIMEOUT = 20
"""Seconds that each answer of the server may take."""
_DETAILS = (("Article", "article"), ("Searched for", "searched"), ("What was wrong", "reason"), ("Language", "lang"))


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """A server that takes letters from us."""

    host: str
    port: int
    security: str
    """`tls` from the start, `starttls` before anything is said, or `none`."""
    user: str = ""
    password: str = field(default="", repr=False)

    @contextmanager
    def session(self) -> Iterator[smtplib.SMTP]:
        """A session that is encrypted and logged in as the settings say; raises an `UnreachableError`."""
        try:
            with self._connected() as smtp:
                if self.security == "starttls":
                    smtp.starttls(context=ssl.create_default_context())
                if self.user:
                    smtp.login(self.user, self.password)
                yield smtp
        except (smtplib.SMTPException, OSError) as error:
            raise UnreachableError(f"the mail server does not take letters: {_said(error)}") from error

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)


@dataclass(frozen=True, kw_only=True)
class MailDelivery:
    """Sends each message as a letter that an answer goes to its writer from."""

    server: MailServer
    sender: Address
    recipients: tuple[Address, ...]
    acknowledges: bool = True
    """Whether the customer gets a letter, too."""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def name(self) -> str:
        """The server."""
        return f"{'smtps' if self.server.security == 'tls' else 'smtp'}://{self.server.host}:{self.server.port}"

    def deliver(self, message: Message) -> None:
        """Send the letter; see `Delivery`."""
        self.send(self.letter(message))

    def send(self, letter: EmailMessage) -> None:
        """Send any letter from us; raises an `UnreachableError` or a `RefusedError`."""
        with self.server.session() as smtp:
            try:
                smtp.send_message(letter)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
                raise RefusedError(f"the mail server refuses the letter: {_said(error)}") from error

    def letter(self, message: Message) -> EmailMessage:
        """The message as a letter to us."""
        letter = self.blank(message.id)
        first = message.message.split("\n", 1)[0][:80]
        letter["Subject"] = f"{'[held] ' if message.held else ''}{message.subject or first}"
        letter["To"] = self.recipients
        letter["Reply-To"] = address_of(message.email)
        if message.held:
            letter["X-Spam-Flag"] = "YES"
        letter.set_content(_body(message))
        return letter

    def blank(self, id_: str) -> EmailMessage:
        """A letter with what all of ours have; the id makes its Message-ID."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self.sender
        letter["Date"] = format_datetime(self.clock())
        letter["Message-ID"] = self.message_id(id_)
        return letter

    def message_id(self, id_: str) -> str:
        """The Message-ID of the letter of one id, the same each time it is sent."""
        return f"<{id_}@{self.sender.domain}>"


def address_of(email: str) -> Address:
    """An e-mail address for a header, in quotes where its parts need them."""
    user, _, domain = email.rpartition("@")
    return Address(username=user, domain=domain)


def _body(message: Message) -> str:
    details = [f"{label}: {value}" for label, name in _DETAILS if (value := getattr(message, name))]
    return "\n".join([message.message, "", "-- ", f"From: {message.email}", *details, ""])


def _said(error: BaseException) -> str:
    """The server's code or the class of the error: its text may name somebody."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    return type(error).__name__
