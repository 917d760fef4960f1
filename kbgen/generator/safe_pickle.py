"""Pickles that can hold nothing but what kbgen knows of a site, whatever somebody wrote into the file."""

from __future__ import annotations

import copyreg
import importlib
import pickle
from datetime import date, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

_PLAIN = {
    ("datetime", "date"): date,
    ("datetime", "time"): time,
    ("datetime", "timedelta"): timedelta,
    ("zoneinfo", "ZoneInfo"): ZoneInfo,
}
TROUBLE = (
    *(pickle.UnpicklingError, ValueError, AttributeError, EOFError, ImportError),
    *(TypeError, IndexError, KeyError, OverflowError, MemoryError),
)
"""What reading a damaged pickle may raise."""


def dumps(value: object) -> bytes:
    """The value as bytes."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, ZoneInfo: lambda zone: (ZoneInfo, (zone.key,))}
    pickler.dump(value)
    return stream.getvalue()


def loads(data: bytes) -> object:
    """The value in the bytes; raises one of `TROUBLE` where they are damaged or hold anything else."""
    return _Unpickler(BytesIO(data)).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """A class of kbgen, or one of dates and times."""
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if module.startswith("kbgen.") and "." not in name:
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that kbgen keeps")
