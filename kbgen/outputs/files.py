"""Writing files so that each is whole: beside its place first, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from kbgen.errors import KbgenError, Where


def write_whole(path: Path, data: str | bytes) -> None:
    """Write `data` to `path`; whatever happens, the file is the old one or the new one.

    Raises a `KbgenError` when the disk refuses.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data.encode() if isinstance(data, str) else data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise KbgenError(
            f"cannot be written: {error.strerror}",
            where=Where(path=str(path)),
            hint="make room on the disk or check who may write there, then run the command again",
        ) from error
