"""The look: styles made from tokens and brand, scripts in a folder named by what they hold, and Material's share."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import TemplateNotFound
from rjsmin import jsmin

from kbgen.articles.library import Library
from kbgen.articles.settings import LookSettings
from kbgen.errors import KbgenError
from kbgen.look.bundle import bundle
from kbgen.look.stylesheet import stylesheet
from kbgen.look.tokens import Tokens, read_tokens
from kbgen.pages.words import words

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.environment import TemplateModule
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ASSETS = "assets/kbgen"
STYLES = {
    "lean.css": ("base", "prose", "components"),
    "material.css": ("components", "material"),
}
"""The style sheet of each look, and the parts that it is made of."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What kbgen's theme adds to a site."""

    folder: str
    """Where styles and scripts lie below the site's root; changes with any of them."""
    files: dict[str, bytes]
    """Each style sheet and script by its name."""
    first_script: str
    banner_script: str
    icon: str
    """The favicon as a `data:` address."""
    tokens: Tokens


def lean_folder(config: MkDocsConfig) -> Path | None:
    """The folder of kbgen's theme where it is the site's own look; `None` where another theme is."""
    return next((Path(folder) for folder in config.theme.dirs if (Path(folder) / "tokens.yml").is_file()), None)


def make_look(theme: Path, settings: LookSettings, *, lean: bool, offline: bool = False) -> Look:
    """The look of a site; raises a `KbgenError` where the brand's colours cannot be read on the page."""
    tokens = read_tokens(theme / "tokens.yml").branded(settings.accent, settings.accent_dark)
    name = "lean.css" if lean else "material.css"
    parts = [(theme / "styles" / f"{part}.css").read_text(encoding="utf-8") for part in STYLES[name]]
    assets = {path.name: _asset(path) for path in sorted((theme / ASSETS).iterdir())}
    if offline:
        assets = {name: data for name, data in assets.items() if not name.endswith(".js")} | _bundled(theme)
    files = {**assets, name: stylesheet(tokens, parts, lean=lean).encode()}
    version = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:8]
    icon = quote(files["favicon.svg"].decode().strip(), safe=" =:/'")
    return Look(
        folder=f"{ASSETS}/{version}/",
        files=files,
        icon=f"data:image/svg+xml,{icon}",
        first_script=_inline(theme / "partials/kbgen/first.js"),
        banner_script=_inline(theme / "partials/kbgen/banners.js"),
        tokens=tokens,
    )


def _asset(file: Path) -> bytes:
    """A file as pages load it: scripts without what only their writers need."""
    if file.suffix != ".js":
        return file.read_bytes()
    return str(jsmin(file.read_text(encoding="utf-8"))).encode()


def _bundled(theme: Path) -> dict[str, bytes]:
    """All scripts as one, for pages that are read from a disk."""
    places = [*(theme / ASSETS).glob("*.js"), *(theme / "offline").glob("*.js")]
    modules = {path.name: path.read_text(encoding="utf-8") for path in places}
    return {"offline.js": str(jsmin(bundle(modules, "main.js"))).encode()}


def _inline(script: Path) -> str:
    """A script that stands in pages, without the white space that only its writers need."""
    return " ".join(script.read_text(encoding="utf-8").split())


def drop_theme_files(files: Files, config: MkDocsConfig, theme: Path, *, lean: bool) -> None:
    """Take out what themes would copy into the site: our own sources, and in the lean look all that stands behind."""
    folders = config.theme.dirs[config.theme.dirs.index(str(theme)) :]
    unwanted = set(folders if lean else folders[:1])
    for file in list(files):
        if file.src_dir in unwanted:
            files.remove(file)


def words_of(env: Environment, config: MkDocsConfig, theme: Path, overrides: dict[str, str]) -> dict[str, str]:
    """The words of the interface in the site's language, some of them from Material's translations."""
    language = config.theme.get("language") or "en"
    module = _material_words(env, config, str(language))

    def material_word(key: str) -> str:
        text = re.sub(r"\s+", " ", str(module.t(key))).strip()  # type: ignore[attr-defined]
        return "" if text == key else text

    return words(theme / "words", str(language), material_word, overrides)


def _material_words(env: Environment, config: MkDocsConfig, language: str) -> TemplateModule:
    """Material's translations into a language; raises a `KbgenError` where there are none."""
    try:
        return env.get_template("partials/language.html").make_module({"config": config})
    except TemplateNotFound as error:
        if error.name == "partials/language.html":
            raise KbgenError(
                f"the theme '{config.theme.name}' is not made from Material for MkDocs, whose icons kbgen's pages use",
                hint="write 'name: kbgen' or 'name: material' under 'theme'",
            ) from error
        raise KbgenError(
            f"the interface has not been translated into '{language}'",
            hint="write the code of a language under 'theme.language', for example en, de or pt-BR",
        ) from error


def unknown_icons(library: Library, config: MkDocsConfig) -> list[str]:
    """A complaint for each icon that is none of Material's or of the site's own."""
    named = {section.index_path: section.icon for section in library.sections.values()}
    named["mkdocs.yml"] = (config.theme.get("icon") or {}).get("logo") or ""
    return [
        f"{path}: there is no icon '{icon}'; leave it out or take one of Material's"
        for path, icon in named.items()
        if icon and not any((Path(d) / ".icons" / f"{icon}.svg").is_file() for d in config.theme.dirs)
    ]
