"""The log: a line of JSON for each event on the standard error, without a word that readers sent."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Time, level and message of an event; of a fault also where in the code it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event: dict[str, object] = {"time": at, "level": record.levelname.lower(), "event": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            event["fault"] = record.exc_info[0].__name__  # its text may hold what somebody wrote
            event["at"] = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])][-8:]
        return json.dumps(event, ensure_ascii=False)


def log_in_json() -> None:
    """Let the service's log go to the standard error in JSON, and nowhere else."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    own = logging.getLogger("kbgen.service")
    own.handlers, own.propagate = [handler], False
    own.setLevel(logging.INFO)
