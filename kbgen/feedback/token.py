"""The token: what opens the reports. The service knows only its digest."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """A token that nobody can guess: 256 bits."""
    return f"kbgen_{secrets.token_urlsafe(32)}"


def digest_of(token: str) -> str:
    """What the service keeps of a token: SHA-256 in hexadecimal, enough for what cannot be guessed."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
