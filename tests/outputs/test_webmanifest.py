"""The web app manifest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kbgen.look.tokens import read_tokens, theme_folder
from kbgen.outputs.webmanifest import HomeScreen, webmanifest

TOKENS = read_tokens(theme_folder() / "tokens.yml")
LIGHT, DARK = TOKENS.light, TOKENS.dark


def manifest(home: HomeScreen) -> dict[str, Any]:
    found = json.loads(webmanifest(home, LIGHT))
    assert isinstance(found, dict)
    return found


def test_everything() -> None:
    """Name, language, direction, icon and colours are those of the site; it opens as a page at its home."""
    home = HomeScreen(
        name="Acme-Hilfe für alle",
        short_name="Acme",
        description="Antworten",
        icon_url="assets/logo.svg",
        lang="de",
        direction="ltr",
    )
    assert manifest(home) == {
        "name": "Acme-Hilfe für alle",
        "short_name": "Acme",
        "description": "Antworten",
        "lang": "de",
        "dir": "ltr",
        "start_url": ".",
        "display": "browser",
        "theme_color": "#ffffff",
        "background_color": "#ffffff",
        "icons": [{"src": "assets/logo.svg", "type": "image/svg+xml", "sizes": "any"}],
    }


def test_only_a_name() -> None:
    """What a site does not say is left out."""
    assert set(manifest(HomeScreen(name="Acme"))) == {
        *("name", "dir", "start_url", "display", "theme_color", "background_color")
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("logo.PNG?v=2", {"src": "logo.PNG?v=2", "type": "image/png"}),
        ("https://cdn.example.com/logo", {"src": "https://cdn.example.com/logo"}),
    ],
)
def test_icon(url: str, expected: dict[str, str]) -> None:
    """The type of an icon is that of its name, and only a drawing claims to fit any size."""
    assert manifest(HomeScreen(name="Acme", icon_url=url))["icons"] == [expected]


def test_colours() -> None:
    """The colours are those of the scheme that is given."""
    assert '"background_color": "#14181f"' in webmanifest(HomeScreen(name="Acme"), DARK)
