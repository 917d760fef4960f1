"""The theme `kbgen`: where its files lie, beside the package when installed or at the top of a checkout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import kbgen


@dataclass(frozen=True)
class ThemeModule:
    """What MkDocs asks of a theme's entry point: an object whose `__file__` lies in the theme's folder."""

    __file__: str


def theme_folder() -> Path:
    """The folder of templates, styles and scripts."""
    package = Path(kbgen.__file__).parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent / "theme"


theme = ThemeModule(str(theme_folder() / "mkdocs_theme.yml"))
