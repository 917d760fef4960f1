"""The table of stores: every database that kbgen keeps votes in, by the scheme of its URL."""

from __future__ import annotations

from collections.abc import Callable

from kbgen.errors import KbgenError, nearest
from kbgen.feedback.store.interface import Store
from kbgen.feedback.store.sqlite import open_sqlite

STORES: dict[str, Callable[..., Store]] = {"sqlite": open_sqlite}


def open_store(url: str, *, create: bool = True) -> Store:
    """The store at `url`, such as sqlite:///votes.sqlite (relative) or sqlite:////var/lib/kbgen/votes.sqlite.

    With `create=False` a database that does not exist is an error. Raises a `KbgenError`.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in STORES:
        near = nearest(scheme, STORES)
        hint = f"did you mean '{near}'?" if near else "for example sqlite:///votes.sqlite"
        raise KbgenError(f"no store is known for '{url}'", hint=hint)
    return STORES[scheme](rest, create=create)
