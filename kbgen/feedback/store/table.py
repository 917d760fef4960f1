"""The table of stores: every database that kbgen keeps votes in, by the scheme of its URL."""

from __future__ import annotations

from collections.abc import Callable

from kbgen.errors import KbgenError, MissingPartError, nearest
from kbgen.feedback.store.interface import Store
from kbgen.feedback.store.sqlite import open_sqlite


def open_postgres(rest: str, *, create: bool) -> Store:
    """The store in the database that a `postgresql://…` URL names; with `create=False` it must have its tables."""
    try:
        from kbgen.feedback.store.postgres import PostgresStore  # noqa: PLC0415 - brings the driver in
    except ImportError as error:
        raise MissingPartError(
            "PostgreSQL needs a part of kbgen that is not installed", hint="pip install 'kbgen[postgres]'"
        ) from error
    return PostgresStore(f"postgresql://{rest}", create=create)


STORES: dict[str, Callable[..., Store]] = {
    "sqlite": open_sqlite,
    "postgresql": open_postgres,
    "postgres": open_postgres,
}


def open_store(url: str, *, create: bool = True) -> Store:
    """The store at `url`: sqlite:///votes.sqlite (relative), sqlite:////var/lib/kbgen/votes.sqlite or postgresql://….

    With `create=False` a database that does not exist is an error. Raises a `KbgenError`.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme not in STORES:
        near = nearest(scheme, STORES)
        hint = f"did you mean '{near}'?" if near else "for example sqlite:///votes.sqlite"
        named = f"'{scheme}://…'" if separator else f"'{url}'"  # what follows may hold a password
        raise KbgenError(f"no store is known for {named}", hint=hint)
    return STORES[scheme](rest, create=create)
