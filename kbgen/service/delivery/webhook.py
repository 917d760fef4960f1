"""Delivery to a webhook: one POST of JSON for each message, signed as Standard Webhooks says."""

from __future__ import annotations

import base64
import binascii
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import kbgen
from kbgen.errors import KbgenError
from kbgen.feedback.message import Message
from kbgen.service.delivery.interface import RefusedError, UnreachableError
from kbgen.service.delivery.payload import payload

TIMEOUT = 20
"""Seconds that an answer may take."""
LATER = frozenset({408, 425, 429})
"""Statuses below 500 that say: not now, whatever the message."""


@dataclass(frozen=True, kw_only=True)
class WebhookDelivery:
    """Posts messages to one address."""

    url: str = field(repr=False)
    """The address without name, password and secret; its path and query may be secret too."""
    name: str
    """Scheme and host."""
    login: str = field(default="", repr=False)
    """The `Authorization` header."""
    secret: bytes = field(default=b"", repr=False)
    clock: Callable[[], float] = time.time

    def deliver(self, message: Message) -> None:
        """Post it; a status from 200 to 299 means that it was taken. See `Delivery`."""
        body = json.dumps(payload(message), ensure_ascii=False).encode()
        request = urllib.request.Request(self.url, body, self.headers(message.id, body), method="POST")  # noqa: S310 - http(s) alone gets here
        try:
            with urllib.request.build_opener(_StayHere).open(request, timeout=TIMEOUT) as answer:
                answer.read(1024)
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error.code) from error
        except (OSError, http.client.HTTPException) as error:
            raise UnreachableError(f"the webhook does not answer: {_cause(error)}") from error

    def headers(self, id_: str, body: bytes) -> dict[str, str]:
        """The headers of one post; the signature covers id, time and body."""
        sent = str(int(self.clock()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"kbgen/{kbgen.__version__}",
            "Idempotency-Key": id_,
            "Webhook-Id": id_,
            "Webhook-Timestamp": sent,
        }
        if self.login:
            headers["Authorization"] = self.login
        if self.secret:
            headers["Webhook-Signature"] = signature(self.secret, id_, sent, body)
        return headers


def signature(secret: bytes, id_: str, sent: str, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, time and body in base64 (standardwebhooks.com)."""
    signed = hmac.digest(secret, b".".join((id_.encode(), sent.encode(), body)), "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def open_webhook(url: str) -> WebhookDelivery:
    """The delivery that an `https://…` URL names; `#secret=whsec_…` is kept here and signs what is sent."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise KbgenError("the address of a webhook names no host", hint="https://hooks.example.com/kbgen")
    host = parts.netloc.rpartition("@")[2]
    return WebhookDelivery(
        url=urlunsplit((parts.scheme, host, parts.path or "/", parts.query, "")),
        name=f"{parts.scheme}://{host}",
        login=_login(unquote(parts.username or ""), unquote(parts.password or "")),
        secret=_secret(parts.fragment),
    )


def _login(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}" if user else ""


def _secret(fragment: str) -> bytes:
    given = parse_qs(fragment, keep_blank_values=True)
    if set(given) - {"secret"}:
        raise KbgenError("behind the # of a webhook stands only its secret", hint="…#secret=whsec_…")
    text = given.get("secret", [""])[0]
    if not text:
        return b""
    try:
        return base64.b64decode(text.removeprefix("whsec_").replace(" ", "+"), validate=True)
    except binascii.Error as error:
        raise KbgenError("the secret of the webhook is not base64", hint="openssl rand -base64 32") from error


def _refusal(status: int) -> KbgenError:
    if status >= 500 or status in LATER:
        return UnreachableError(f"the webhook answers {status}")
    return RefusedError(f"the webhook answers {status}")


def _cause(error: BaseException) -> str:
    """The class of what went wrong: its text may hold the address."""
    reason = getattr(error, "reason", None)
    return type(reason if isinstance(reason, BaseException) else error).__name__


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a POST would become a GET without its message."""

    def redirect_request(self, *_args: object, **_keywords: object) -> None:
        """Name no request that would follow."""
