"""Settings of the service, from flags or the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from kbgen.errors import KbgenError


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What the service needs to know."""

    database: str = "sqlite:///votes.sqlite"
    origins: tuple[str, ...] = ()
    """Addresses of the help centres whose readers may vote, with their path, without a closing slash.

    The first is the one that the built site is at; pages of the others may show its articles.
    """
    site: str = ""
    """Folder of the built site, from which suggestions come; without it there are none."""
    proxies: int = 0
    """Proxies of our own in front of the service, whose word on the reader's address is taken."""
    report_tokens: tuple[str, ...] = ()
    """SHA-256 digests of the tokens that open the reports."""
    contact_to: str = field(default="", repr=False)
    """Where messages of the contact form go, as URLs separated by spaces; without it none are taken."""
    contact_reply: str = ""
    """When an answer to a message comes, for example 'within one working day'."""
    host: str = "127.0.0.1"
    port: int = 8100

    def as_environment(self) -> dict[str, str]:
        """The same settings as variables, for worker processes."""
        return {
            "KBGEN_DATABASE": self.database,
            "KBGEN_ORIGIN": " ".join(self.origins),
            "KBGEN_SITE": self.site,
            "KBGEN_PROXIES": str(self.proxies),
            "KBGEN_REPORT_TOKENS": " ".join(self.report_tokens),
            "KBGEN_CONTACT_TO": self.contact_to,
            "KBGEN_CONTACT_REPLY": self.contact_reply,
            "KBGEN_HOST": self.host,
            "KBGEN_PORT": str(self.port),
        }

    @property
    def address(self) -> str:
        """Where the built site is published, `""` where that is not known."""
        return self.origins[0] if self.origins else ""

    def site_of(self, origin: str, referer: str = "") -> str | None:
        """The help centre that a browser's `Origin` header belongs to, or `None` where it is a stranger.

        Of several on one origin it is the one that the page lies in, as far as `referer` tells.
        """
        own = [site for site in self.origins if origin_of(site) == origin]
        inside = [site for site in own if f"{referer}/".startswith(f"{site}/")]
        return max(inside, key=len, default=own[0] if own else None)


def from_environment(environment: Mapping[str, str]) -> ServiceSettings:
    """Settings from `KBGEN_…` variables; several origins are separated by spaces."""
    default = ServiceSettings()
    return ServiceSettings(
        database=environment.get("KBGEN_DATABASE", default.database),
        origins=read_origins(environment.get("KBGEN_ORIGIN", "").split()),
        site=environment.get("KBGEN_SITE", default.site),
        proxies=_number(environment, "KBGEN_PROXIES", default.proxies, 10),
        report_tokens=read_digests(environment.get("KBGEN_REPORT_TOKENS", "").split()),
        contact_to=environment.get("KBGEN_CONTACT_TO", default.contact_to),
        contact_reply=environment.get("KBGEN_CONTACT_REPLY", default.contact_reply),
        host=environment.get("KBGEN_HOST", default.host),
        port=_number(environment, "KBGEN_PORT", default.port, 65535),
    )


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = environment.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise KbgenError(f"{name} is not a number from 0 to {most}: '{text}'")
    return int(text)


def read_digests(digests: list[str]) -> tuple[str, ...]:
    """Digests of tokens, checked; a token itself is refused, so that none is kept by mistake."""
    for digest in digests:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise KbgenError(
                "a report token is known by 64 hexadecimal digits",
                hint="'kbgen feedback token' prints a new one with its digits",
            )
    return tuple(digests)


def read_origins(addresses: list[str]) -> tuple[str, ...]:
    """Addresses of help centres, checked; raises a `KbgenError` for one that is none."""
    for address in addresses:
        if not _is_address(address):
            raise KbgenError(
                f"'{address}' is not the address of a help centre", hint="for example https://help.example.com"
            )
    return tuple(address.rstrip("/") for address in addresses)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0) and not (
            parts.query or parts.fragment
        )
    except ValueError:  # half a bracket, or a port beyond 65535
        return False


@cache
def origin_of(address: str) -> str:
    """Scheme, host and port of an address, as browsers send them in `Origin`."""
    parts = urlsplit(address)
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != standard else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"
