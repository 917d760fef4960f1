"""The addition: answer phrases put into an article's file, for a person to review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kbgen.articles.answer_list import with_answers
from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole


def add_answers(file: Path, phrases: Sequence[str], *, shown: str) -> None:
    """Add answer phrases to an article's file, and change nothing else in it.

    Raises a `KbgenError`, and leaves the file alone, where it holds a merge conflict, where somebody changes it
    meanwhile, or where its list cannot be made longer safely. Errors name the file as `shown`.
    """
    place = file.resolve()
    data = _read(place, shown)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KbgenError("the file is not UTF-8", where=Where(path=shown), hint="save it as UTF-8") from error
    longer = with_answers(text, phrases, shown=shown)
    if _read(place, shown) != data:
        raise KbgenError("the file was changed meanwhile", where=Where(path=shown), hint="run the command again")
    write_whole(place, longer.encode())


def _read(file: Path, shown: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=shown)) from error
