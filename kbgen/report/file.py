"""The file of a report: whole, readable by its owner alone, never over what somebody else wrote."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from kbgen.articles.settings import SiteSettings
from kbgen.errors import KbgenError, Where
from kbgen.outputs.files import write_whole

NAME = "topics-report.html"
_SEAL = re.compile(rb"<!-- kbgen report ([0-9a-f]{64}) -->\n\Z")


def default_file(settings: SiteSettings) -> Path:
    """Where the report is written unless somebody says otherwise: beside the tickets."""
    return settings.state / NAME


def refuse_published(file: Path, settings: SiteSettings) -> None:
    """Raise a `KbgenError` where the file would be published with the site."""
    place = file.resolve()
    for folder in (settings.content, settings.site):
        if place.is_relative_to(folder.resolve()):
            raise KbgenError(
                f"a report in '{folder.name}/' would be published with the site",
                where=Where(path=str(file)),
                hint="choose another folder, or leave out --output",
            )


def write_report(file: Path, text: str) -> None:
    """Write a report; raises a `KbgenError` where another file stands there, or a report that was edited."""
    if file.is_dir():
        raise KbgenError("this is a folder", where=Where(path=str(file)), hint=f"name a file in it, such as {NAME}")
    if file.exists() and not _is_ours(file):
        raise KbgenError(
            "this file is no report of kbgen, or somebody edited it; it was left as it is",
            where=Where(path=str(file)),
            hint="move it away, or choose another file with --output",
        )
    write_whole(file, f"{text}{_seal(text.encode())}", private=True)


def _is_ours(file: Path) -> bool:
    """Whether a report stands there just as kbgen wrote it."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(file))) from error
    seal = _SEAL.search(data)
    return seal is not None and seal[0].decode() == _seal(data[: seal.start()])


def _seal(data: bytes) -> str:
    return f"<!-- kbgen report {hashlib.sha256(data).hexdigest()} -->\n"
