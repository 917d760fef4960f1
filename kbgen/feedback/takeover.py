"""The takeover: votes that another service kept, as it exports them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kbgen.feedback.ballot import Ballot
from kbgen.feedback.export import read_export


def read_votes(file: Path) -> Iterator[Ballot]:
    """The votes in a file; raises a `KbgenError` where it is none that is known."""
    return read_export(file)
