"""The style sheet: tokens as custom properties, and parts that use nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from centres import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kbgen.look.stylesheet import stylesheet
from kbgen.look.tokens import read_tokens
from kbgen.plugins.look import STYLES

TOKENS = read_tokens(ROOT / "theme/tokens.yml")
PARTS = {path.stem: path.read_text() for path in (ROOT / "theme/styles").glob("*.css")}
SHEETS = {
    name: stylesheet(TOKENS, [PARTS[p] for p in parts], lean=name == "lean.css") for name, parts in STYLES.items()
}

COLOURS = {"components": {"#000"}}
"""Colours that no token stands for: what is behind a video before it has a picture."""

SIDES = re.compile(
    r"""(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[a-z-]*
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?<![\w-])(?:left|right)
      | (?:float|clear|text-align|text-align-last|caption-side)\s*:\s*(?:left|right)
    """,
    re.VERBOSE,
)
"""Declarations that mean a side of the screen instead of the beginning or end of a line."""


def declarations(css: str) -> Iterator[tuple[str, str]]:
    """Each property with its value, without comments, selectors and drawings."""
    css = re.sub(r"/\*.*?\*/|url\(\"[^\"]*\"\)", "", css, flags=re.DOTALL)
    css = re.sub(r'"[^"]*"', '""', css)
    for block in re.findall(r"\{([^{}]*)\}", css):
        for declaration in block.split(";"):
            name, colon, value = declaration.partition(":")
            if colon:
                yield name.strip(), " ".join(value.split())


def test_light_and_dark_of_the_lean_look() -> None:
    """The lean look is light unless the device or the reader asks for dark; what the reader chose wins."""
    css = stylesheet(TOKENS, [], lean=True)
    light, dark = TOKENS.light.paper.hex, TOKENS.dark.paper.hex
    blocks = re.findall(r"([^{}]+)\{(--kb-ink:[^{}]*)\}", css)
    assert [(selector, f"--kb-paper:{dark};" in body.replace(": ", ":")) for selector, body in blocks] == [
        (":root", False),
        (':root[data-scheme="dark"]', True),
        (":root:not([data-scheme])", True),
    ]
    assert "@media (prefers-color-scheme:dark){:root:not([data-scheme]){" in css
    assert light in blocks[0][1]


def test_light_and_dark_of_material() -> None:
    """In stock Material its own palette says the scheme, whatever the device does."""
    css = stylesheet(TOKENS, [], lean=False)
    assert css.startswith(':root,[data-md-color-scheme="default"]{--kb-ink:')
    assert '[data-md-color-scheme="slate"]{--kb-ink:' in css
    assert "prefers-color-scheme" not in css
    assert "data-scheme" not in css


def test_sizes() -> None:
    """A size of the lean look is what the token says; in Material, whose rem has 20 pixels, it is four fifths."""
    lean, material = stylesheet(TOKENS, [], lean=True), stylesheet(TOKENS, [], lean=False)
    for name, size in TOKENS.sizes.items():
        assert float(re.findall(rf"--kb-{name}:([\d.]+)rem", lean)[0]) == size
        assert float(re.findall(rf"--kb-{name}:([\d.]+)rem", material)[0]) == pytest.approx(size * 16 / 20, abs=1e-4)


def test_parts() -> None:
    """Parts follow the tokens in their order, without comments, line breaks and spare spaces."""
    parts = ["/* one: {} ; */\na { color : red ;\n  margin: 0 1px; }\n", "b{c:d} /* two\nlines */"]
    css = stylesheet(TOKENS, parts, lean=True)
    assert css.endswith("a{color : red;margin: 0 1px;}b{c:d}")
    assert not re.search(r"/\*|\n", css)


def test_spaces_that_mean_something() -> None:
    """A space between selectors, in a sum and before a pseudo-class stays."""
    part = "a b > c, d :hover { width: calc(1px + 2px - 3px); font: 1rem/1.5 x, y }\n@media (a) and (b) { p { q: r } }"
    css = stylesheet(TOKENS, [part], lean=True)
    assert css.endswith("a b > c,d :hover{width: calc(1px + 2px - 3px);font: 1rem/1.5 x,y}@media (a) and (b){p{q: r}}")


@given(st.text(alphabet="ab{};,:/* \n", max_size=40))
def test_squeezed_twice(part: str) -> None:
    """A style sheet that has been squeezed does not change when it is squeezed again."""
    once = stylesheet(TOKENS, [part.replace("/", "")], lean=True)
    start = len(stylesheet(TOKENS, [], lean=True))
    assert stylesheet(TOKENS, [once[start:]], lean=True) == once


@pytest.mark.parametrize("name", SHEETS)
def test_every_property_that_is_used_is_defined(name: str) -> None:
    """No part of a look uses a custom property that the look does not have."""
    css = SHEETS[name]
    used = set(re.findall(r"var\((--[\w-]+)", css))
    assert used <= set(re.findall(r"(--[\w-]+)\s*:", css))


def test_every_token_is_used() -> None:
    """No token stands in the file for nothing."""
    defined = set(re.findall(r"(--kb-[\w-]+)\s*:", stylesheet(TOKENS, [], lean=True)))
    used = set(re.findall(r"var\((--kb-[\w-]+)", "".join(PARTS.values())))
    assert defined <= used


@pytest.mark.parametrize("part", PARTS)
def test_no_colours_of_their_own(part: str) -> None:
    """A colour in the styles is a token, a colour of the system, or one of a few with a reason."""
    found = set()
    for name, value in declarations(PARTS[part]):
        if not name.startswith("--kb-icon"):
            found |= set(re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", value))
            found |= set(re.findall(r"(?<![\w-])(?:white|black|gr[ae]y|red|green|blue|orange|yellow)(?![\w-])", value))
    assert found == COLOURS.get(part, set())


@pytest.mark.parametrize("part", PARTS)
def test_only_logical_sides(part: str) -> None:
    """Styles say start and end, never left and right, so that they fit languages of either direction."""
    found = [f"{n}: {v}" for n, v in declarations(PARTS[part]) if SIDES.fullmatch(n) or SIDES.fullmatch(f"{n}: {v}")]
    assert found == []


@pytest.mark.parametrize("part", PARTS)
def test_shorthands_are_the_same_on_both_sides(part: str) -> None:
    """A margin, padding or inset of four values has the same at the right as at the left."""
    found = []
    for name, value in declarations(PARTS[part]):
        values = re.findall(r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", value.removesuffix("!important").strip())
        if name in {"margin", "padding", "inset", "border-width"} and len(values) == 4 and values[1] != values[3]:
            found.append(f"{name}: {value}")
    assert found == []


@pytest.mark.parametrize("name", SHEETS)
def test_braces(name: str) -> None:
    """Every block that is opened is closed, in the parts and in the whole."""
    css = re.sub(r'"[^"]*"', "", SHEETS[name])
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("name", SHEETS)
def test_the_parts_of_a_look_exist(name: str) -> None:
    """A look is made of files of the theme, and loads nothing else."""
    assert set(STYLES[name]) <= set(PARTS)
    assert "@import" not in SHEETS[name]
    assert not [url for url in re.findall(r"url\((.)(.{5})", SHEETS[name]) if url != ('"', "data:")]


def test_every_part_is_used() -> None:
    """No file of styles is in neither look."""
    assert {part for parts in STYLES.values() for part in parts} == set(PARTS)
