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
        if re.search(r"\s", text):
            raise KbgenError(f"the address '{text}' holds white space", hint="write %20 for a space")
        return cls(text)

    @property
    def origin(self) -> str:
        """Scheme and host, as a Content-Security-Policy names them; `""` for a path of the site itself."""
        parts = urlsplit(self)
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
