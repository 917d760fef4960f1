"""Settings of the service, from flags or the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    host: str = "127.0.0.1"
    port: int = 8100

    def as_environment(self) -> dict[str, str]:
        """The same settings as variables, for worker processes."""
        return {
            "KBGEN_DATABASE": self.database,
            "KBGEN_ORIGIN": " ".join(self.origins),
            "KBGEN_SITE": self.site,
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
    port = environment.get("KBGEN_PORT", str(default.port))
    if not port.isdigit() or not 0 <= int(port) <= 65535:
        raise KbgenError(f"KBGEN_PORT is not a port: '{port}'", hint="a number from 1 to 65535")
    return ServiceSettings(
        database=environment.get("KBGEN_DATABASE", default.database),
        origins=read_origins(environment.get("KBGEN_ORIGIN", "").split()),
        site=environment.get("KBGEN_SITE", default.site),
        host=environment.get("KBGEN_HOST", default.host),
        port=int(port),
    )


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


def origin_of(address: str) -> str:
    """Scheme, host and port of an address, as browsers send them in `Origin`."""
    parts = urlsplit(address)
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != standard else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"
