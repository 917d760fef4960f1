"""The theme `kbgen`, as MkDocs finds it by its name."""

from __future__ import annotations

from dataclasses import dataclass

from kbgen.look.tokens import theme_folder


@dataclass(frozen=True)
class ThemeModule:
    """What MkDocs asks of a theme's entry point: an object whose `__file__` lies in the theme's folder."""

    __file__: str


theme = ThemeModule(str(theme_folder() / "mkdocs_theme.yml"))
