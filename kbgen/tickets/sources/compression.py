"""Compression: files packed with gzip or zip, unpacked while they are read, within limits."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import IO

from kbgen.errors import KbgenError, Where

MOST_BYTES = 20 * 1024**3
"""Bytes that one export may have when it is unpacked."""

MOST_RATIO = 250
"""How many times its packed size a file may grow; exports grow five to sixty times, bombs a thousand times."""

FREE_BYTES = 64 * 1024**2
"""Bytes that may be unpacked before the ratio counts: small files grow by chance."""

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_PACKED = (GZIP, ZIP, b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd")
_TAR_AT, _TAR = 257, b"ustar"


class Watched(io.RawIOBase):
    """A file on disk that says how many of its bytes have been read."""

    def __init__(self, stream: IO[bytes], watch: Callable[[int], None]) -> None:
        """Tell `watch` the number of bytes after every read."""
        self._stream, self._watch = stream, watch

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """As the file on disk."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; this is no reading."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place in the packed file."""
        return self._stream.tell()

    def readinto(self, buffer: object) -> int:
        """Read, and tell how much."""
        count = self._stream.readinto(buffer)  # type: ignore[attr-defined]
        self._watch(count or 0)
        return int(count or 0)

    def close(self) -> None:
        """Close the file on disk, too."""
        self._stream.close()
        super().close()


class Unpacked(io.RawIOBase):
    """The bytes of a packed file; raises a `KbgenError` once they are too many, or damaged."""

    def __init__(
        self, stream: IO[bytes], packed: Callable[[], int], where: Where, *, below: io.IOBase | None = None
    ) -> None:
        """`packed` is how many bytes of the packed file have been read, or will be; `below` is closed with this."""
        self._stream, self._packed, self._where, self._below = stream, packed, where, below
        self._count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Unpack a little more."""
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise KbgenError(
                f"the archive cannot be unpacked: {error}", where=self._where, hint="copy or export it again, whole"
            ) from error
        self._count += len(data)
        if self._count > MOST_BYTES or self._count > FREE_BYTES + MOST_RATIO * self._packed():
            raise KbgenError(
                f"the archive grows beyond its limits when it is unpacked ({self._count // 2**20} MB so far)",
                where=self._where,
                hint="if it really is an export, unpack it yourself and import the file inside",
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is unpacked from, too."""
        self._stream.close()
        if self._below:
            self._below.close()
        super().close()


def gunzipped(stream: io.RawIOBase, where: Where) -> io.RawIOBase:
    """What a gzip file holds."""
    buffered = io.BufferedReader(stream)
    return Unpacked(gzip.GzipFile(fileobj=buffered), stream.tell, where, below=buffered)  # type: ignore[arg-type]


def refuse_nested(first: bytes, where: Where) -> None:
    """Raise a `KbgenError` where an unpacked file begins as another archive does."""
    if first.startswith(_PACKED) or first[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        raise KbgenError(
            "the archive holds another archive", where=where, hint="unpack it, and import the files inside"
        )
