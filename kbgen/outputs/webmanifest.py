"""The web app manifest: what a phone shows of a help centre that somebody puts on its home screen.

The form is that of https://www.w3.org/TR/appmanifest/.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from kbgen.look.palette import Scheme

NAME = "site.webmanifest"

_TYPES = {
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@dataclass(frozen=True, kw_only=True)
class HomeScreen:
    """What a home screen says of a help centre; what is empty is left out."""

    name: str
    short_name: str = ""
    """About twelve characters, for below the icon."""
    description: str = ""
    icon_url: str = ""
    """Address of the icon, counted from the manifest."""
    lang: str = ""
    direction: Literal["ltr", "rtl", "auto"] = "ltr"


def webmanifest(home: HomeScreen, colours: Scheme) -> str:
    """The manifest as JSON text, for a file in the folder of the home page."""
    members = {
        "name": home.name,
        "short_name": home.short_name,
        "description": home.description,
        "lang": home.lang,
        "dir": home.direction,
        "start_url": ".",
        "display": "browser",
        "theme_color": colours.paper.hex,
        "background_color": colours.paper.hex,
        "icons": [_icon(home.icon_url)] if home.icon_url else [],
    }
    filled = {name: value for name, value in members.items() if value}
    return json.dumps(filled, ensure_ascii=False, indent=1) + "\n"


def _icon(url: str) -> dict[str, str]:
    """The icon; only a drawing is sure to be good in any size."""
    kind = _TYPES.get(PurePosixPath(urlsplit(url).path).suffix.lower(), "")
    sizes = "any" if kind == _TYPES[".svg"] else ""
    return {name: value for name, value in {"src": url, "type": kind, "sizes": sizes}.items() if value}
