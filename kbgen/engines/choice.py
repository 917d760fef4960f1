"""Which engine does the work."""

from __future__ import annotations

from kbgen.engines.interface import Engine
from kbgen.engines.pool import PoolEngine


def engine_at(address: str) -> Engine:
    """The Dask cluster at an address; without one, the cores of this machine. Raises a `KbgenError`."""
    if not address:
        return PoolEngine()
    from kbgen.engines.dask import DaskEngine  # noqa: PLC0415 - an extra

    return DaskEngine(address)
