"""Addresses that a person writes into settings: where a link or a form may lead."""

from __future__ import annotations

import re
from typing import Self
from urllib.parse import urlsplit

from kbgen.errors import KbgenError

SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "xmpp", "matrix", "sip"})
"""Schemes that a link to a person may have; `javascript:` and its kind are none of them."""


class Address(str):
    """Where a link leads: a web address, `mailto:`, `tel:`, or a path of the site itself."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address, or a `KbgenError` where a browser could not follow it or would run it."""
        scheme = re.match(r"([a-zA-Z][\w+.-]*):", text)
        if scheme and scheme[1].lower() not in SCHEMES:
            raise KbgenError(
                f"'{text}' is not an address that a link may lead to",
                hint="begin it with https://, mailto: or tel:, or write a path of the site",
            )
        if text.startswith("//"):
            raise KbgenError(f"'{text}' says no way to get there", hint=f"write https:{text}")
        if re.search(r"\s", text):
            hint = "leave the spaces out" if scheme and scheme[1].lower() in {"tel", "sms"} else "write %20 for a space"
            raise KbgenError(f"the address '{text}' holds white space", hint=hint)
        if re.search(r"[\x00-\x1f\x7f]", text):  # browsers pass over some of them, and what stays is another address
            raise KbgenError(f"the address {text!r} holds a control character", hint="write the address anew")
        if "\\" in text:  # browsers take it for a slash, and two of them begin a host
            raise KbgenError(f"the address '{text}' holds a backslash", hint="write / or %5C")
        try:
            cls(text).origin  # noqa: B018 - a host that no name can have shows here
        except ValueError as error:
            raise KbgenError(f"'{text}' is half an address: {error}", hint="as in https://help.example.com/") from error
        return cls(text)

    @property
    def origin(self) -> str:
        """Scheme and host in ASCII, as a Content-Security-Policy names them; `""` for a path of the site itself."""
        parts = urlsplit(self)
        host = parts.netloc.rpartition("@")[2]
        host = host if host.isascii() else host.encode("idna").decode()
        return f"{parts.scheme}://{host}" if parts.scheme in {"http", "https"} and host else ""
