"""The look of a site: what it ships, and what a site may put in its place."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from centres import CONFIG, ROOT, Centre, article, build_site, tree, write_files

from kbgen.articles.settings import LookSettings
from kbgen.errors import KbgenError
from kbgen.look.colour import Colour
from kbgen.look.tokens import read_tokens, theme_folder
from kbgen.plugins.look import make_look
from kbgen.search.files import is_index_file

SCRIPTS = {path.name for path in (ROOT / "theme/assets/kbgen").iterdir()}
A = {"g/a.md": article("A", kind="faq")}


def with_theme(*lines: str) -> str:
    """The usual settings with more lines under `theme`."""
    return CONFIG.replace("  name: kbgen\n", "".join(f"  {line}\n" for line in ("name: kbgen", *lines)))


def assets(site: Path) -> Path:
    """The folder of styles and scripts."""
    (folder,) = (site / "assets/kbgen").iterdir()
    return folder


def css(site: Path) -> str:
    return (assets(site) / "lean.css").read_text()


def test_every_file_of_a_small_site(centre: Centre) -> None:
    """A lean site ships its pages, what stands beside them and kbgen's own scripts and styles, nothing else."""
    site = build_site(centre({**A, "g/a.png": b"picture", "g/old.md": article("Old", state="archived")}))
    folder = assets(site).relative_to(site).as_posix()
    pages = {"index.html", "404.html", "search.html", "contact.html"}
    pages |= {f"{path}/index.html" for path in ("all", "g", "g/a", "g/old")}
    beside = {"sitemap.xml", "robots.txt", "site.webmanifest", "llms.txt", "g/a.md", "g/a.png"}
    assert {path for path in tree(site) if not is_index_file(path)} == pages | beside | {
        f"{folder}/{name}" for name in (SCRIPTS | {"lean.css"})
    }


def test_stock_material_gets_its_own_files(tmp_path: Path) -> None:
    """Under stock Material its files stay, and of kbgen's there are scripts and the styles of its components."""
    shutil.copytree(ROOT / "tests/sites/stock_material", tmp_path / "site")
    site = build_site(tmp_path / "site")
    assert {path.name for path in assets(site).iterdir()} == SCRIPTS | {"material.css"}
    assert list((site / "assets/stylesheets").glob("main.*.css"))
    assert not set(tree(site)) & {"tokens.yml", "words/en.yml", "styles/base.css"}


def test_folder_named_by_its_content(centre: Centre, tmp_path: Path) -> None:
    """Styles and scripts lie in a folder whose name changes with any of them, and with nothing else."""
    folder = centre(A)
    before = assets(build_site(folder)).name
    assert re.fullmatch(r"[0-9a-f]{8}", before)
    (folder / "content/g/a.md").write_text(article("Another"))
    assert assets(build_site(folder)).name == before
    (folder / "mkdocs.yml").write_text(f"{CONFIG}    look: {{accent: '#7a3a9c'}}\n")
    assert assets(build_site(folder)).name != before
    shutil.copytree(theme_folder(), tmp_path / "theme")
    changed = tmp_path / "theme/assets/kbgen/vote.js"
    plain = make_look(tmp_path / "theme", LookSettings(), lean=True)
    changed.write_text(changed.read_text() + "\nlet more;\n")
    assert make_look(tmp_path / "theme", LookSettings(), lean=True).folder != plain.folder == f"assets/kbgen/{before}/"


def test_sources_of_the_theme_are_not_copied(centre: Centre) -> None:
    """Tokens, words, styles and templates of the theme are no files of the site."""
    names = set(tree(build_site(centre(A))))
    sources = {path.relative_to(ROOT / "theme").as_posix() for path in (ROOT / "theme").rglob("*") if path.is_file()}
    assert not names & {name for name in sources if not name.endswith(".html")}
    assert not [name for name in names if name.startswith(("partials", "styles", "words", "kbgen/"))]


def test_every_page_uses_what_is_there(centre: Centre) -> None:
    """Each page loads the style sheet and the scripts of the site's own folder."""
    site = build_site(centre(A))
    name = assets(site).name
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert re.search(rf'<link rel="stylesheet" href="[./]*assets/kbgen/{name}/lean\.css">', text), page
        assert re.search(rf'<script data-main="[./]*assets/kbgen/{name}/main\.js" data-type="module">', text), page


@pytest.mark.parametrize(
    "name", ["main.js", "search.js", "search-page.js", "search-source.js", "contact.js", "diagrams.js"]
)
def test_modules_load_each_other_from_the_same_folder(name: str) -> None:
    """A script imports others beside it only, so that old and new ones never meet."""
    text = (ROOT / "theme/assets/kbgen" / name).read_text()
    named = re.findall(
        r"""^(?:import|export)\b[^;"\n(]*?(?:\bfrom )?"([^"]+)"|\bimport\(["'`]([^"'`]+)["'`]""", text, re.MULTILINE
    )
    named = [static or later for static, later in named]
    assert named
    assert all(target.startswith("./") for target in named)
    assert {target[2:] for target in named if "${" not in target} <= SCRIPTS


def test_behaviours_that_are_loaded_by_name() -> None:
    """Each behaviour that `main.js` loads by a name is a script beside it, and none of the scripts is forgotten."""
    text = (ROOT / "theme/assets/kbgen/main.js").read_text()
    named = {
        f"{one or other}.js"
        for one, other in re.findall(r'\bload\("([\w-]+)"\)|^  "\[[\w-]+\]": "(\w+)"', text, re.MULTILINE)
    }
    folder = ROOT / "theme/assets/kbgen"
    imported = {name for script in folder.glob("*.js") for name in re.findall(r'"\./([\w-]+\.js)"', script.read_text())}
    assert named - SCRIPTS == set()
    assert named | imported | {"main.js"} == {name for name in SCRIPTS if name.endswith(".js")}


def test_blocks_can_be_overridden(centre: Centre) -> None:
    """A `custom_dir` may fill the blocks of the lean look, and its files are copied."""
    folder = centre(A, config=with_theme("custom_dir: overrides"))
    write_files(
        folder / "overrides",
        {
            "main.html": (
                '{% extends "base.html" %}'
                '{% block extrahead %}<meta name="brand" content="{{ config.site_name }}">{% endblock %}'
                '{% block announce %}<p id="mine">{{ w.search }}</p>{{ super() }}{% endblock %}'
                '{% block footer %}<footer id="foot">Acme Ltd.</footer>{% endblock %}'
            ),
            "partials/kbgen/related.html": "<p>Nothing else.</p>",
            "assets/brand.css": "a{}",
            "img/logo.svg": "<svg/>",
        },
    )
    site = build_site(folder)
    for page in ("index.html", "g/a/index.html", "404.html", "search.html", "contact.html", "all/index.html"):
        text = (site / page).read_text()
        head, _, body = text.partition("</head>")
        assert '<meta name="brand" content="Acme help">' in head
        assert '<p id="mine">Search</p>' in body
        assert '<footer id="foot">Acme Ltd.</footer>' in body
        assert "kb-footer" not in body
    assert "<p>Nothing else.</p>" in (site / "g/a/index.html").read_text()
    names = set(tree(site))
    assert {"assets/brand.css", "img/logo.svg"} <= names
    assert "partials/kbgen/related.html" not in names


def test_a_site_may_add_styles_and_scripts(centre: Centre) -> None:
    """`extra_css` and `extra_javascript` are loaded after our own."""
    config = f"{CONFIG}extra_css: [brand.css]\nextra_javascript: [brand.js]\n"
    site = build_site(centre({**A, "brand.css": "a{}", "brand.js": "1"}, config=config))
    text = (site / "g/a/index.html").read_text()
    assert 0 < text.index("lean.css") < text.index('href="../../brand.css"')
    assert 0 < text.index("main.js") < text.index('src="../../brand.js"')


def test_logo_and_favicon(centre: Centre) -> None:
    """A logo and an icon of the site's own are shown, and the web manifest names the icon."""
    config = with_theme("logo: img/logo.svg", "favicon: img/icon.png")
    site = build_site(centre({**A, "img/logo.svg": "<svg/>", "img/icon.png": b"png"}, config=config))
    text = (site / "g/a/index.html").read_text()
    assert '<img src="../../img/logo.svg" alt=""' in text
    assert '<link rel="icon" href="../../img/icon.png">' in text
    assert '"src": "img/icon.png"' in (site / "site.webmanifest").read_text()


def test_logo_and_favicon_of_the_theme(centre: Centre) -> None:
    """Without them there are a drawing and an icon in the page, so that neither is a request."""
    site = build_site(centre(A))
    text = (site / "g/a/index.html").read_text()
    assert re.search(r'class="kb-header__logo" aria-hidden="true"><svg ', text)
    icon = f"{assets(site).relative_to(site).as_posix()}/favicon.svg"
    assert '<link rel="icon" href="data:image/svg+xml,%3Csvg ' in text
    assert f'"src": "{icon}"' in (site / "site.webmanifest").read_text()


def test_another_icon_for_the_logo(centre: Centre) -> None:
    """Any of Material's icons may be the logo."""

    def drawing(config: str) -> str:
        text = (build_site(centre(A, config=config)) / "index.html").read_text()
        return re.findall(r'kb-header__logo" aria-hidden="true">(<svg.*?</svg>)', text)[0]

    assert drawing(with_theme("icon: {logo: material/rocket-launch}")) != drawing(CONFIG)


def test_icon_of_a_section(centre: Centre) -> None:
    """The icon of a section stands on its card; one of the site's own counts like Material's."""
    files = {
        "g/index.md": article("Guides", icon="material/rocket-launch"),
        "h/index.md": article("Help", icon="own/star"),
        "h/b.md": article("B", kind="faq"),
        **A,
    }
    folder = centre(files, config=with_theme("custom_dir: overrides"))
    write_files(folder / "overrides", {".icons/own/star.svg": '<svg id="star"/>'})
    text = (build_site(folder, strict=True) / "index.html").read_text()
    assert text.count('<span class="kb-card__icon" aria-hidden="true"><svg') == 2
    assert '<svg id="star"/>' in text


def test_unknown_icon(centre: Centre) -> None:
    """An icon that nobody has is a warning that names the section's page; the card stands without one."""
    folder = centre({**A, "g/index.md": article("Guides", icon="material/no-such-icon")})
    text = (build_site(folder) / "index.html").read_text()
    assert ">Guides</a>" in text
    with pytest.raises(KbgenError, match=r"g/index\.md: there is no icon 'material/no-such-icon'"):
        build_site(folder, strict=True)


def test_brand(centre: Centre) -> None:
    """The brand's colour is in the style sheet of both schemes."""
    site = build_site(centre(A, config=f"{CONFIG}    look: {{accent: '#7a3a9c'}}\n"))
    light, dark = re.findall(r"--kb-accent:\s*(#[0-9a-f]{6})", css(site).partition("@media")[0])
    assert light == "#7a3a9c"
    assert dark == read_tokens(ROOT / "theme/tokens.yml").branded(Colour.parse("#7a3a9c"), None).dark.accent.hex


def test_brand_on_dark_paper(centre: Centre) -> None:
    """A site may say the colour for dark paper itself."""
    site = build_site(centre(A, config=f"{CONFIG}    look: {{accent: '#7a3a9c', accent_dark: '#ffd700'}}\n"))
    assert set(re.findall(r"--kb-accent:\s*(#[0-9a-f]{6})", css(site))) == {"#7a3a9c", "#ffd700"}


@pytest.mark.parametrize(("look", "line"), [("{accent: '#f5c518'}", 11), ("\n      accent_dark: '#000080'", 12)])
def test_a_faint_brand_stops_the_build(centre: Centre, look: str, line: int) -> None:
    """A colour that cannot be read is an error at its line, with one that can; the old site stays as it was."""
    folder = centre(A)
    before = tree(build_site(folder))
    (folder / "mkdocs.yml").write_text(f"{CONFIG}    look: {look}\n")
    with pytest.raises(KbgenError) as caught:
        build_site(folder)
    says = rf"mkdocs\.yml:{line}:\d+: .*contrast of [\d.]+ on .*\n\s+hint: use #[0-9a-f]{{6}}"
    assert re.search(says, str(caught.value))
    assert tree(folder / "site") == before
    assert not list(folder.glob(".site.*"))


def test_hash_of_the_files() -> None:
    """The folder's name is the beginning of the hash of all that it holds."""
    look = make_look(theme_folder(), LookSettings(), lean=True)
    content = b"".join(look.files[name] for name in sorted(look.files))
    assert look.folder == f"assets/kbgen/{hashlib.sha256(content).hexdigest()[:8]}/"


def test_a_language_that_the_theme_lacks(centre: Centre) -> None:
    """A language that Material has no words for stops the build with a message, not a traceback."""
    with pytest.raises(KbgenError, match="tlh"):
        build_site(centre(A, config=with_theme("language: tlh")))


def test_a_theme_that_is_not_made_from_material(centre: Centre) -> None:
    """A theme without Material behind it lacks what kbgen's pages are made of, and is refused with what to write."""
    with pytest.raises(KbgenError, match="not made from Material") as caught:
        build_site(centre(A, config=CONFIG.replace("name: kbgen", "name: mkdocs")))
    assert "name: kbgen" in str(caught.value)
