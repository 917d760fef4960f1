"""The payload: a message as other programs get it."""

from __future__ import annotations

from dataclasses import asdict

from kbgen.feedback.message import Message

SCHEMA_VERSION = 1


def payload(message: Message) -> dict[str, object]:
    """All fields of a message under their names in the form, with `held` and the version of this list."""
    return {"schema_version": SCHEMA_VERSION, **asdict(message)}
