"""The edition: which code and data about languages search runs on, so that nothing outlives the code that made it."""

from __future__ import annotations

import hashlib
import sys
import warnings
from functools import cache
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 predates Python's warning about its escapes
    import whoosh


@cache
def edition() -> str:
    """A digest of the modules of search, and of the versions of Whoosh and Python."""
    code = hashlib.blake2b(f"{whoosh.versionstring()} {sys.version}".encode(), digest_size=10)
    for file in sorted(Path(__file__).parent.glob("*.py")):
        code.update(file.read_bytes())
    return code.hexdigest()
