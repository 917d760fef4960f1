"""The writer of drafts: puts them into `content/drafts/`, and never over what a person wrote."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kbgen.articles.lifecycle import DRAFTS
from kbgen.drafts.draft import Draft, as_markdown
from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole

_SEAL = re.compile(r"^kbgen_draft: [0-9a-f]{16}\n", re.MULTILINE)


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
    """A draft that a person has edited, left as it is."""

    path: Path


def write_draft(content: Path, draft: Draft) -> Written | Unchanged | Kept:
    """Write a draft, unless a person has edited the file that is there."""
    path = content / DRAFTS / draft.name
    text = sealed(as_markdown(draft))
    if path.exists():
        standing = path.read_text(encoding="utf-8", errors="replace")
        if not is_untouched(standing):
            return Kept(path=path)
        if standing == text:
            return Unchanged(path=path)
    write_whole(path, text)
    return Written(path=path)


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
