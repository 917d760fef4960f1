"""Compression: text files of the site packed beside themselves, for hosts that hand out what lies there."""

from __future__ import annotations

import gzip
import importlib
from collections.abc import Iterable, Iterator

from kbgen.articles.encoding import Encoding
from kbgen.errors import MissingPartError

SMALLEST = 1000
"""Bytes below which a file fits one packet of the network whether it is packed or not."""
TEXTS = frozenset("html css js mjs json svg xml txt md vtt webmanifest".split())
"""Endings of files that packing makes smaller; pictures and videos are packed already."""


def is_packed(path: str) -> bool:
    """Whether a file is worth packing, by its name."""
    return path.rpartition(".")[2] in TEXTS


def packed(path: str, data: bytes, encodings: Iterable[Encoding]) -> Iterator[tuple[str, bytes]]:
    """The packed forms of a file, each with its name; none where they would gain nothing."""
    if is_packed(path) and len(data) >= SMALLEST:
        for encoding in encodings:
            small = _pack(data, encoding)
            if len(small) < len(data):
                yield f"{path}{encoding.ending}", small


def _pack(data: bytes, encoding: Encoding) -> bytes:
    """The same bytes for the same data, whenever and wherever it is packed; raises where brotli is not installed."""
    if encoding is Encoding.GZIP:
        return gzip.compress(data, 9, mtime=0)
    try:
        brotli = importlib.import_module("brotli")
    except ModuleNotFoundError as error:
        raise MissingPartError(
            "packing with brotli needs the extra 'brotli'", hint="pip install 'kbgen[brotli]'"
        ) from error
    small: bytes = brotli.compress(data, quality=9)
    return small
