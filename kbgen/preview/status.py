"""The status: how the last build went, told by the builder to the server's process through a small file."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kbgen.outputs.files import write_whole

SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Status:
    """What open pages need to know."""

    build: int
    """Counts the builds that succeeded, of this preview and of those before it."""
    error: str = ""
    """Why the last build failed; empty when it did not."""

    def as_json(self) -> str:
        """The same on one line, as it stands in the file and in events."""
        return json.dumps({"schema_version": SCHEMA_VERSION, "build": self.build, "error": self.error})


@dataclass(frozen=True)
class StatusFile:
    """Where the status stands; each new one is renamed into place."""

    path: Path

    def read(self) -> Status | None:
        """The last status, or `None` where no build has ended yet."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return Status(build=int(data["build"]), error=str(data["error"]))
        return None

    def write(self, status: Status) -> None:
        """Tell the server's process."""
        write_whole(self.path, status.as_json())

    def forget(self) -> int:
        """Begin anew: no build has ended yet. The number of the last build there was."""
        last = self.read()
        self.path.unlink(missing_ok=True)
        return last.build if last else 0

    def stamp(self) -> int:
        """Changes with every write; 0 where there is no status."""
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0
