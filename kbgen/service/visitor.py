"""The visitor: who sends something, as far as the salt of one day can tell, and nobody afterwards."""

from __future__ import annotations

import asyncio
import hmac
import logging
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import sha256
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton

from starlette.requests import Request

from kbgen.feedback.store.interface import Store
from kbgen.feedback.vote import Vote

_PRIVATE = ("10.", "127.", "192.168.", "169.254.", "fc", "fd", "fe80:", "::", *(f"172.{n}." for n in range(16, 32)))
"""How addresses begin that no public network has (RFC 6890)."""

log = logging.getLogger("kbgen.service")


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """What tells one sender from another; it is kept in memory while a request is answered, and nowhere else."""

    address: str
    """The network address: whole for IPv4, the first 64 bits for IPv6, of which one household has all."""
    agent: str
    """What the browser calls itself."""

    @cached_property
    def neighbourhood(self) -> str:
        """The public network around the address: 256 addresses of IPv4, 65,536 networks of IPv6.

        It is `""` in a network of one's own, where many honest readers sit behind few addresses.
        """
        if self.address.startswith(_PRIVATE):
            return ""
        if ":" in self.address:
            return inet_ntop(AF_INET6, inet_pton(AF_INET6, self.address)[:6] + bytes(10)) + "/48"
        return f"{self.address.rpartition('.')[0]}.0/24" if self.address else ""

    def digest(self, salt: str, today: date, site: str, vote: Vote) -> str:
        """The visitor as the store knows them: the day and an HMAC-SHA256 under its salt, another for each thing."""
        about = (site, self.address, self.agent, vote.article, vote.revision, vote.section)
        made = hmac.new(bytes.fromhex(salt), "\x00".join(about).encode("utf-8", "replace"), sha256)
        return f"{today.isoformat()} {made.hexdigest()[:32]}"


def visitor_of(request: Request, proxies: int) -> Visitor:
    """The sender of a request that came through so many proxies of our own; what others claim is not believed."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.getlist("x-forwarded-for")
    if forwarded and not proxies:
        _warn_of_proxy()
    claimed = ",".join(forwarded).split(",") if proxies else []
    address = claimed[-proxies] if len(claimed) >= proxies > 0 else peer
    return Visitor(
        address=_network(address.strip()) or _network(peer), agent=request.headers.get("user-agent", "")[:500]
    )


@cache
def _warn_of_proxy() -> None:
    log.warning("requests come through a proxy, and all readers look like one; if it is yours, set --proxies 1")


def _network(text: str) -> str:
    """The address in a text, without port and zone; `""` where it is none."""
    host = text.rsplit(":", 1)[0] if text.count(":") == 1 or "]:" in text else text
    host = host.strip("[]").partition("%")[0].removeprefix("::ffff:")
    try:
        if ":" in host:
            return inet_ntop(AF_INET6, inet_pton(AF_INET6, host)[:8] + bytes(8))
        return inet_ntop(AF_INET, inet_pton(AF_INET, host))
    except (OSError, ValueError):  # also a NUL byte or a letter beyond ASCII
        return ""


class Salts:
    """The salt of the day, asked for once a day."""

    def __init__(self, store: Store) -> None:
        """Know none yet."""
        self._store = store
        self._known: tuple[date, str] | None = None

    async def of(self, today: date) -> str:
        """The salt; those of other days are destroyed on the way."""
        if self._known is None or self._known[0] != today:
            self._known = today, await asyncio.to_thread(self._store.salt, today)
        return self._known[1]
