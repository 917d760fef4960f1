"""The writer of drafts: puts them into `content/drafts/`, and never over what a person wrote."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kbgen.articles.lifecycle import DRAFTS
from kbgen.articles.settings import SiteSettings
from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole

_SEAL = re.compile(r"^kbgen_draft: (?P<digest>[0-9a-f]{16})\n", re.MULTILINE)
_LINE = re.compile(r"^(?:\d+\. |- (?!\[.\] ))(?P<text>.+)$", re.MULTILINE)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, kw_only=True)
class Written:
    """A draft that was written."""

    path: Path


@dataclass(frozen=True, kw_only=True)
class Unchanged:
    """A draft that stood there already, letter for letter."""

    path: Path


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A draft that a person has edited, left as it is; the tickets say nothing new."""

    path: Path


@dataclass(frozen=True, kw_only=True)
class PutBeside:
    """A draft that a person has edited, left as it is; what the tickets say now was written to another file."""

    path: Path
    beside: Path
    new: tuple[str, ...]
    """Lines of the new version that the person's does not hold."""


Outcome = Written | Unchanged | Kept | PutBeside


def write_draft(settings: SiteSettings, name: str, text: str) -> Outcome:
    """Write the text of a draft to `content/drafts/`, unless a person has edited the file that is there.

    Where the tickets have changed since then, the new version goes to `.kbgen/drafts/` and says what is new in it.
    """
    path = settings.content / DRAFTS / name
    whole = sealed(text)
    if path.exists():
        standing = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        if standing == whole:
            return Unchanged(path=path)
        if not is_untouched(standing):
            return _beside(settings.state / DRAFTS / name, path, standing, whole)
    write_whole(path, whole)
    return Written(path=path)


def _beside(beside: Path, path: Path, standing: str, whole: str) -> Kept | PutBeside:
    seal = _SEAL.search(standing)
    if seal and seal[0] in whole:
        beside.unlink(missing_ok=True)
        return Kept(path=path)
    new = news(standing, whole)
    if not new:
        return Kept(path=path)
    listed = "\n".join(f"- {line.replace('--', '- -')}" for line in new)
    note = f"<!-- kbgen: new in this version, and not in the one that a person edited:\n\n{listed}\n-->"
    head, fence, body = whole.partition("\n---\n")
    write_whole(beside, f"{head}{fence}\n{note}\n{body}")
    return PutBeside(path=path, beside=beside, new=new)


def news(standing: str, whole: str) -> tuple[str, ...]:
    """The list items of the new text that the standing one does not hold, whatever their numbers and counts."""
    known = {_NUMBERS.sub("#", " ".join(match["text"].split())) for match in _LINE.finditer(standing)}
    found = (match["text"] for match in _LINE.finditer(whole))
    return tuple(dict.fromkeys(text for text in found if _NUMBERS.sub("#", " ".join(text.split())) not in known))


def sealed(text: str) -> str:
    """The text with a line in its front matter that tells later whether anything was edited."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return text.replace("---\n", f"---\nkbgen_draft: {digest}\n", 1)


def unsealed(text: str) -> str:
    """The text without that line."""
    return _SEAL.sub("", text, count=1)


def is_untouched(text: str) -> bool:
    """Whether a draft is exactly what kbgen wrote."""
    return _SEAL.search(text) is not None and sealed(unsealed(text)) == text


def read_text(path: Path) -> str:
    """The text of a draft; raises a `KbgenError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise KbgenError(f"there is no draft '{path}'", hint="drafts are in content/drafts/") from error
    except UnicodeDecodeError as error:
        raise KbgenError("the file is not UTF-8", where=Where(path=str(path)), hint="save it as UTF-8") from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(path))) from error
