"""Encodings: which one a file is in, and what to say where it is another."""

from __future__ import annotations

import codecs

from kbgen.errors import KbgenError, Where

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"cp1252": "Windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


def encoding_of(first: bytes) -> str:
    """UTF-16 where the file begins with its byte order mark, else UTF-8."""
    return next((name for bom, name in _BOMS if first.startswith(bom)), "utf-8-sig")


def likely_encoding(data: bytes) -> str:
    """The encoding that bytes which are no UTF-8 look like: UTF-16 has zeros at every other place."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) * 4 > len(data):
        return "utf-16-le" if odd > even else "utf-16-be"
    return "cp1252"


def wrong_encoding(error: UnicodeError, where: Where, *, asked: str | None) -> KbgenError:
    """The error for a file that is not in the encoding it was read in."""
    data = error.object if isinstance(error, UnicodeDecodeError) else b""
    if asked:
        return KbgenError(f"the file is not in {asked}", where=where, hint="leave --encoding out, or name another")
    likely = likely_encoding(data)
    return KbgenError(
        f"the file is not UTF-8; it looks like {_NAMES[likely]}",
        where=where,
        hint=f"export it in UTF-8, or say what it is: --encoding {likely}",
    )


def known_encoding(name: str) -> bool:
    """Whether there is an encoding of characters of that name."""
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - the only way to tell rot13 and zip from text
    except (LookupError, ValueError):
        return False
