"""The theme: registered for installed use, and repeated in this repository's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from centres import CONFIG, ROOT, Centre, article, build_site
from mkdocs.theme import Theme

from kbgen.errors import KbgenError
from kbgen.look.tokens import theme_folder
from kbgen.plugins.theme import theme

IMPROVED = "Recently improved, thanks to your feedback (20 November 2026): Says more of the second step."


def test_the_repository_repeats_the_settings_of_the_theme() -> None:
    """`name: material` with `custom_dir: theme` in mkdocs.yml is set exactly as the theme `kbgen` is."""
    own = yaml.safe_load((ROOT / "theme/mkdocs_theme.yml").read_text())
    settings = (ROOT / "mkdocs.yml").read_text()
    repeated = yaml.safe_load(settings[: settings.index("\nplugins:")])["theme"]
    assert own.pop("extends") == repeated.pop("name")
    assert repeated.pop("custom_dir") == "theme"
    assert repeated == own


def test_mkdocs_finds_the_theme_by_its_name() -> None:
    """`theme: {name: kbgen}` resolves to our folder first and to Material's behind it."""
    found = Theme(name="kbgen")
    assert Path(found.dirs[0]) == theme_folder() == Path(theme.__file__).parent
    assert (Path(found.dirs[1]) / "partials/languages").is_dir(), "Material stands behind it"


def test_stock_material_carries_every_feature_as_a_partial(tmp_path: Path) -> None:
    """The same content under stock Material has vote, related articles, channels, search and home."""
    import shutil

    folder = tmp_path / "stock_material"
    shutil.copytree(ROOT / "tests/sites/stock_material", folder)
    site = build_site(folder)
    page = (site / "guides/first/index.html").read_text()
    assert "md-header__inner" in page, "it is Material's own header"
    for feature in ("data-kb-search", "data-kb-vote", "kb-related", "kb-channels", "/main.js", "/material.css"):
        assert feature in page
    assert IMPROVED in page
    assert "data-kb-search" in (site / "index.html").read_text()
    assert "data-kb-results" in (site / "search.html").read_text()
    assert len(list(site.glob("assets/kbgen/*/search.js"))) == 1


def test_an_improvement_in_the_lean_look(centre: Centre) -> None:
    """The lean look, too, says below the title what was improved thanks to feedback, and when."""
    improved = "{date: 2026-11-20, what: Says more of the second step.}"
    site = build_site(centre({"a.md": article("A", kind="faq", improved=improved)}))
    assert IMPROVED in (site / "a/index.html").read_text()
    assert "Recently improved, thanks to your feedback" in (site / "index.html").read_text()


def test_a_repeated_title_is_shown_once(centre: Centre) -> None:
    """A body that begins with its own H1 does not give the page two."""
    site = build_site(centre({"a.md": article("Refunds", "# Refunds\n\n## When\n\nSoon.\n", kind="faq")}))
    page = (site / "a/index.html").read_text()
    assert page.count("<h1") == 1
    assert '<h2 id="when">' in page


def test_a_page_names_no_other_host(manual: Path) -> None:
    """No page loads anything from a third party."""
    import re

    for page in manual.rglob("*.html"):
        text = re.sub(r"<(pre|code)\b.*?</\1>", "", page.read_text(), flags=re.DOTALL)
        loaded = re.findall(r'(?:<script[^>]+src|<link[^>]+rel="stylesheet"[^>]+href|<img[^>]+src)="(https?:)?//', text)
        assert not loaded, page


def test_what_writers_type_is_text_not_markup(centre: Centre) -> None:
    """Titles, descriptions, channels and section names may hold quotes, brackets and ampersands."""
    odd = "Tom & \"Jerry\" <script>alert(1)</script> 'x': y"
    quoted = "'" + odd.replace("'", "''") + "'"
    config = CONFIG.replace(
        "    feedback:", f"    channels: [{{id: a, name: {quoted}, reply: {quoted}}}]\n    feedback:"
    )
    files = {
        "a & b/odd.md": article(quoted, kind="faq", description=quoted),
        "a & b/other.md": article(quoted, kind="faq", related="['a & b/odd.md']"),
    }
    site = build_site(centre(files, config=config))
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert "<script>alert" not in text, page
        assert 'content="Tom & "' not in text
    assert "Tom &amp; &#34;Jerry&#34; &lt;script&gt;" in (site / "a & b/odd/index.html").read_text()
    assert "<h1>A &amp; b</h1>" in (site / "a & b/index.html").read_text()


@pytest.mark.parametrize(
    ("theme_lines", "problem"),
    [
        ("name: mkdocs", "the theme 'mkdocs' is not made from Material"),
        ("name: kbgen\n  language: xx", "has not been translated into 'xx'"),
    ],
)
def test_a_theme_that_cannot_be_used(centre: Centre, theme_lines: str, problem: str) -> None:
    """A theme without Material's icons, and a language that nobody translated, are errors in words."""
    config = CONFIG.replace("name: kbgen", theme_lines)
    with pytest.raises(KbgenError, match=problem):
        build_site(centre({"a.md": article("A")}, config=config))
