"""Design tokens: every colour and size of the look, read from one file."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

import yaml

import kbgen
from kbgen.look.colour import Colour
from kbgen.look.palette import Scheme, branded, css


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """The tokens of a site."""

    light: Scheme
    dark: Scheme
    code: dict[str, tuple[Colour, Colour]]
    """Colours of program text by their names, in light and in dark."""
    sizes: dict[str, float]
    """In rem of 16 pixels."""
    others: dict[str, str]

    def branded(self, accent: Colour | None, accent_dark: Colour | None) -> Tokens:
        """The tokens with a brand's colours; a `KbgenError` where text in them could not be read."""
        light, dark = branded(self.light, self.dark, accent, accent_dark)
        return replace(self, light=light, dark=dark)

    def colours(self, *, dark: bool) -> str:
        """All colours of one scheme as custom properties."""
        code = "".join(f"--kb-{name}: {pair[dark].hex};\n" for name, pair in self.code.items())
        return css(self.dark if dark else self.light) + code

    @property
    def paper(self) -> tuple[str, str]:
        """The colour of the page in light and in dark."""
        return self.light.paper.hex, self.dark.paper.hex


def theme_folder() -> Path:
    """The folder of the theme: beside the package's modules when installed, at the top of a checkout."""
    package = Path(kbgen.__file__).parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent / "theme"


def read_tokens(file: Path) -> Tokens:
    """The tokens of a theme's `tokens.yml`."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    light, dark = (_scheme({name: pair[n] for name, pair in data["colour"].items()}) for n in (0, 1))
    code = {name: (Colour.parse(on_light), Colour.parse(on_dark)) for name, (on_light, on_dark) in data["code"].items()}
    return Tokens(light=light, dark=dark, code=code, sizes=data["size"], others=data["other"])


def _scheme(colours: dict[str, str]) -> Scheme:
    return Scheme(**{field.name: Colour.parse(colours[field.name.replace("_", "-")]) for field in fields(Scheme)})
