"""Encodings: the ways in which text files can be packed for the way to the reader."""

from __future__ import annotations

from enum import StrEnum


class Encoding(StrEnum):
    """A way to pack files, by its name in HTTP."""

    GZIP = "gzip"
    BROTLI = "brotli"

    @property
    def ending(self) -> str:
        """What is added to the name of a packed file."""
        return ".gz" if self is Encoding.GZIP else ".br"
