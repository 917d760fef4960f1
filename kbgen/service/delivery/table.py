"""The table of deliveries: which URL means which."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from kbgen.errors import KbgenError
from kbgen.service.delivery.folder import open_folder
from kbgen.service.delivery.interface import Delivery
from kbgen.service.delivery.mail_address import open_mail
from kbgen.service.delivery.webhook import open_webhook

DELIVERIES: dict[str, Callable[[str], Delivery]] = {
    "smtp": open_mail,
    "smtps": open_mail,
    "https": open_webhook,
    "http": open_webhook,
    "file": open_folder,
}


def open_deliveries(text: str) -> tuple[Delivery, ...]:
    """The deliveries in a setting: one URL or several with spaces between; raises a `KbgenError` without passwords."""
    return tuple(_open(url, number) for number, url in enumerate(text.split(), 1))


def _open(url: str, number: int) -> Delivery:
    try:
        parts = urlsplit(url)
        scheme, _ = parts.scheme, parts.port
    except ValueError:
        scheme = ""
    if scheme not in DELIVERIES:
        raise KbgenError(f"address {number} of contact-to cannot be read", hint=f"it starts with {_schemes()}")
    try:
        return DELIVERIES[scheme](url)
    except KbgenError as error:
        raise KbgenError(f"address {number} of contact-to: {error.problem}", hint=error.hint) from error


def _schemes() -> str:
    return ", ".join(f"{scheme}://" for scheme in DELIVERIES)
