"""Delivery into a folder: one JSON file for each message, for a program of one's own to fetch."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message
from kbgen.service.delivery.interface import UnreachableError
from kbgen.service.delivery.payload import payload

HELD = "held"
"""Folder beside the others for messages that a robot seems to have written."""


@dataclass(frozen=True)
class FolderDelivery:
    """Writes each message whole or not at all, readable by the service's user alone."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder as a URL."""
        return f"file://{self.folder}"

    def deliver(self, message: Message) -> None:
        """Write the file; see `Delivery`."""
        folder = self.folder / HELD if message.held else self.folder
        text = json.dumps(payload(message), ensure_ascii=False, indent=2) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_durably(folder / f"{message.id}.json", text.encode())
        except OSError as error:
            raise UnreachableError(f"the folder cannot be written: {error.strerror}") from error


def open_folder(url: str) -> FolderDelivery:
    """The delivery that a `file:///…` URL names."""
    parts = urlsplit(url)
    if parts.netloc or not parts.path.strip("/") or parts.query or parts.fragment:
        raise KbgenError("a folder for messages has three slashes and a full path", hint="file:///var/spool/kbgen")
    return FolderDelivery(Path(unquote(parts.path)))


def _write_durably(file: Path, data: bytes) -> None:
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
    entry = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
