"""The adapter: where votes go on a site that runs no vote service of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from kbgen.articles.address import Address
from kbgen.errors import KbgenError, nearest


class Adapter(StrEnum):
    """Who takes the votes."""

    GA4 = "ga4"
    PLAUSIBLE = "plausible"
    UMAMI = "umami"
    MATOMO = "matomo"
    FORM = "form"
    ISSUE = "issue"
    MAILTO = "mailto"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The adapter of that name; a `KbgenError` names the one that was probably meant."""
        name = text.strip().lower()
        if name in list(cls):
            return cls(name)
        near = KNOWN_AS.get(name.replace(" ", "-")) or nearest(name, list(cls))
        hint = f"did you mean '{near}'?" if near else f"use one of: {', '.join(cls)}"
        raise KbgenError(f"there is no adapter '{text}'", hint=hint)

    @property
    def is_analytics(self) -> bool:
        """Whether votes go as events through a script that the site loads."""
        return self in CLOUDS

    @property
    def is_link(self) -> bool:
        """Whether readers write to a person instead of choosing yes or no."""
        return self in {Adapter.ISSUE, Adapter.MAILTO}


KNOWN_AS: Mapping[str, Adapter] = {
    **dict.fromkeys(("ga", "gtag", "google", "google-analytics", "gtm"), Adapter.GA4),
    **dict.fromkeys(("netlify", "formspree", "getform", "basin"), Adapter.FORM),
    **dict.fromkeys(("github", "issues"), Adapter.ISSUE),
    **dict.fromkeys(("mail", "email", "e-mail"), Adapter.MAILTO),
    "piwik": Adapter.MATOMO,
}
"""Names that people know an adapter by."""

Sources = Mapping[str, tuple[str, ...]]
"""What a Content-Security-Policy allows, by its directive."""

CLOUDS: Mapping[Adapter, Sources] = {
    Adapter.GA4: {
        "script-src": ("https://*.googletagmanager.com",),
        "img-src": ("https://*.google-analytics.com", "https://*.googletagmanager.com"),
        "connect-src": (
            "https://*.google-analytics.com",
            "https://*.analytics.google.com",
            "https://*.googletagmanager.com",
        ),
    },
    Adapter.PLAUSIBLE: {"script-src": ("https://plausible.io",), "connect-src": ("https://plausible.io",)},
    Adapter.UMAMI: {
        "script-src": ("https://cloud.umami.is",),
        "connect-src": ("https://cloud.umami.is", "https://gateway.umami.is", "https://*.umami.dev"),
    },
    Adapter.MATOMO: {
        "script-src": ("https://cdn.matomo.cloud",),
        "img-src": ("https://*.matomo.cloud",),
        "connect-src": ("https://*.matomo.cloud",),
    },
}
"""What each analytics service needs where its maker hosts it, as its maker's documentation says."""


def sources(adapter: Adapter | None, endpoint: Address) -> Sources:
    """What a page must allow for an adapter; a server of one's own at `endpoint` stands in for the maker's."""
    own = (endpoint.origin,) if endpoint.origin else ()
    if adapter is Adapter.FORM:
        return {"connect-src": own, "form-action": own}
    if adapter is None or not adapter.is_analytics:
        return {}
    return dict.fromkeys(("script-src", "img-src", "connect-src"), own) if own else CLOUDS[adapter]


class Receiver(Address):
    """A web address, or a path of the site, that takes what is sent to it."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address; a `KbgenError` where nothing can be sent to it."""
        found = super().parse(text)
        if urlsplit(found).scheme not in {"", "http", "https"}:
            raise KbgenError(f"nothing can be sent to '{text}'", hint="begin it with https://")
        return found


class Repository(Address):
    """The address of a repository on GitHub or a server of that kind."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address, without what may follow owner and name; a `KbgenError` where these are missing."""
        found = super().parse(text)
        names = [name for name in urlsplit(found).path.split("/") if name][:2]
        if not found.origin or len(names) < 2:
            hint = "write it as in https://github.com/acme/help"
            raise KbgenError(f"'{text}' is not the address of a repository", hint=hint)
        return cls(f"{found.origin}/{names[0]}/{names[1].removesuffix('.git')}")


class MailAddress(str):
    """The address of a mailbox."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address, with or without `mailto:`; a `KbgenError` where no mail could reach it."""
        plain = text.removeprefix("mailto:")
        if not re.fullmatch(r"[^\s@<>,;:\"?&#%/\\]+@[^\s@<>,;:\"?&#%/\\]+\.[^\s@<>,;:\"?&#%/\\]+", plain):
            raise KbgenError(f"'{text}' is not an e-mail address", hint="write it as in help@example.com")
        return cls(plain)
