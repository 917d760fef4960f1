"""The address of a mail delivery: a mail server, a sender and recipients, in one URL."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import getaddresses
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from kbgen.errors import KbgenError
from kbgen.feedback.message import is_email
from kbgen.service.delivery.mail import MailDelivery, MailServer

EXAMPLE = "smtp://user:password@mail.example.com:587?from=help@example.com&to=support@example.com"
PORTS = {"smtp": 587, "smtps": 465}
_KEYS = frozenset({"from", "to", "tls", "acknowledge"})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def open_mail(url: str) -> MailDelivery:
    """The delivery that an `smtp://…` or `smtps://…` URL names.

    Letters go encrypted, except to this machine or with `tls=no`.
    """
    parts = urlsplit(url)
    given = {name: values[-1] for name, values in parse_qs(_plus_kept(parts.query), keep_blank_values=True).items()}
    unknown = sorted(set(given) - _KEYS)
    if unknown:
        raise KbgenError(
            f"the mail server has no setting '{unknown[0][:40]}'", hint=f"it has: {', '.join(sorted(_KEYS))}"
        )
    senders = _addresses(given, "from")
    if len(senders) != 1:
        raise KbgenError("the mail server has more than one 'from'", hint=EXAMPLE)
    return MailDelivery(
        server=_server(parts, given),
        sender=senders[0],
        recipients=_addresses(given, "to"),
        acknowledges=_yes(given, "acknowledge"),
    )


def _server(parts: SplitResult, given: dict[str, str]) -> MailServer:
    if not parts.hostname or parts.path.strip("/"):
        raise KbgenError("the mail server has no host, or something behind it that is no port", hint=EXAMPLE)
    encrypted = _yes(given, "tls") if "tls" in given else parts.hostname not in _LOOPBACK
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        security="tls" if parts.scheme == "smtps" else "starttls" if encrypted else "none",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _addresses(given: dict[str, str], name: str) -> tuple[Address, ...]:
    text = given.get(name, "")
    if not text:
        raise KbgenError(f"the mail server has no '{name}'", hint=EXAMPLE)
    pairs = getaddresses([text])
    if not all(is_email(email) for _, email in pairs) or not text.isprintable():
        raise KbgenError(f"'{name}' of the mail server is not an e-mail address", hint=EXAMPLE)
    return tuple(Address(display_name=shown, addr_spec=email) for shown, email in pairs)


def _yes(given: dict[str, str], name: str) -> bool:
    value = given.get(name, "yes")
    if value not in {"yes", "no"}:
        raise KbgenError(f"'{name}' of the mail server is neither yes nor no", hint=EXAMPLE)
    return value == "yes"


def _plus_kept(query: str) -> str:
    """The query with its plus signs: they belong to addresses such as `help+web@example.com`."""
    return query.replace("+", "%2B")
