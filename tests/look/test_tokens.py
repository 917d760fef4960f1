"""Design tokens: the file of the theme, and what a brand makes of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from centres import ROOT

import kbgen
from kbgen.errors import KbgenError
from kbgen.look.colour import Colour, contrast
from kbgen.look.palette import TEXT, Scheme
from kbgen.look.tokens import read_tokens, theme_folder

FILE = ROOT / "theme/tokens.yml"
DATA = yaml.safe_load(FILE.read_text())
TOKENS = read_tokens(FILE)


def test_every_colour_is_read() -> None:
    """The file has a light and a dark value for each colour of a scheme, and no others."""
    assert {field.name.replace("_", "-") for field in fields(Scheme)} == set(DATA["colour"])
    assert (TOKENS.light.ink.hex, TOKENS.dark.ink.hex) == tuple(DATA["colour"]["ink"])
    assert TOKENS.paper == tuple(DATA["colour"]["paper"])


def test_sizes_and_others() -> None:
    """Sizes are numbers of rem, the rest is CSS as it stands."""
    assert TOKENS.sizes == DATA["size"]
    assert all(isinstance(size, int | float) for size in TOKENS.sizes.values())
    assert TOKENS.others == DATA["other"]


def test_names_are_unique() -> None:
    """No two groups have a token of one name, as all become custom properties."""
    names = [name for group in DATA.values() for name in group]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", DATA["code"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_program_text_can_be_read(name: str, *, dark: bool) -> None:
    """Program text of any colour has the contrast that text needs on both papers, which are what is behind code."""
    scheme = TOKENS.dark if dark else TOKENS.light
    colour = TOKENS.code[name][dark]
    assert all(contrast(colour, paper) >= TEXT for paper in scheme.papers)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_program_text_can_be_read_on_marked_lines(*, dark: bool) -> None:
    """A line of code that is marked lies on the soft accent; its colours can still be read."""
    scheme = TOKENS.dark if dark else TOKENS.light
    faint = {name for name, pair in TOKENS.code.items() if contrast(pair[dark], scheme.accent_soft) < TEXT}
    assert not faint


def test_custom_properties() -> None:
    """All colours of a scheme are custom properties, those of program text among them."""
    light, dark = TOKENS.colours(dark=False), TOKENS.colours(dark=True)
    assert "--kb-ink-soft: #4d5768;\n" in light
    assert "--kb-ink-soft: #b3bccb;\n" in dark
    assert "--kb-code-keyword: #7a3a9c;\n" in light
    assert "--kb-code-keyword: #d3a6f0;\n" in dark
    assert light.count("\n") == dark.count("\n") == len(DATA["colour"]) + len(DATA["code"])


def test_branded() -> None:
    """A brand's colour replaces the accent in both schemes and leaves everything else."""
    brand = TOKENS.branded(Colour.parse("#7a3a9c"), None)
    assert brand.light.accent.hex == "#7a3a9c"
    assert brand.dark.accent != TOKENS.dark.accent
    assert (brand.light.ink, brand.code, brand.sizes) == (TOKENS.light.ink, TOKENS.code, TOKENS.sizes)
    assert TOKENS.branded(None, None) == TOKENS


def test_a_faint_brand() -> None:
    """A colour that cannot be read as text is refused."""
    with pytest.raises(KbgenError, match="contrast"):
        TOKENS.branded(Colour.parse("yellow"), None)


def test_folder_of_a_checkout() -> None:
    """In a checkout the theme lies beside the package."""
    assert theme_folder() == ROOT / "theme"


def test_folder_of_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When kbgen is installed the theme lies in the package."""
    (tmp_path / "kbgen/theme").mkdir(parents=True)
    monkeypatch.setattr(kbgen, "__file__", str(tmp_path / "kbgen/__init__.py"))
    assert theme_folder() == tmp_path / "kbgen/theme"
