"""The scripts that keep a page up to date: the preview's own, served beside the site and never built into it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent / "scripts"


@dataclass(frozen=True)
class Scripts:
    """The scripts by name, under an address that changes when one of them does, so that browsers may keep them."""

    texts: dict[str, str]
    version: str

    def address(self, name: str) -> str:
        """Where a script is served."""
        return f"/__kbgen/{self.version}/{name}"

    async def respond(self, request: Request) -> Response:
        """The script at the request's path, whatever version of it was asked for."""
        text = self.texts.get(request.path_params["name"])
        if text is None:
            raise HTTPException(404)
        current = request.path_params["version"] == self.version
        lasting = "max-age=31536000, immutable" if current else "no-store"
        return Response(text, media_type="text/javascript", headers={"Cache-Control": lasting})


def read_scripts() -> Scripts:
    """The scripts that travel with the package."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js"))}
    return Scripts(texts, sha256("\0".join(texts.values()).encode()).hexdigest()[:12])
