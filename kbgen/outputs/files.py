"""Writing files so that each is whole: beside its place first, then renamed."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

from kbgen.errors import KbgenError, Where


def write_whole(path: Path, data: str | bytes, *, private: bool = False) -> None:
    """Write `data` to `path`; whatever happens, the file is the old one or the new one.

    A private file may be read by its owner alone. Raises a `KbgenError` when the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data.encode() if isinstance(data, str) else data)
            Path(beside).chmod(0o600 if private else 0o666 & ~_umask())
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise KbgenError(
            f"cannot be written: {error.strerror}",
            where=Where(path=str(path)),
            hint="make room on the disk or check who may write there, then run the command again",
        ) from error


@cache
def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def is_file(path: Path) -> bool:
    """Whether a file stands there; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
