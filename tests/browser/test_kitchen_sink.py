"""Everything that can be written in an article: there and working in the lean look, and the same text in Material's."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, ROOT, article, build_site, write_files
from chromium import Open
from hosting import Server, hosted, serving
from playwright.sync_api import Browser, Locator, Page, expect
from showcase import PAGES

pytestmark = pytest.mark.browser

OWN = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
EXTENSIONS = OWN[OWN.index("\nmarkdown_extensions:") : OWN.index("\nextra:")]

CONSTRUCTS = {
    "bold": ("strong", 1),
    "slanted": ("em", 1),
    "code": ("p > code", 1),
    "coloured code in a line": ("p > code.highlight > span.nb", 1),
    "marked": ("mark", 1),
    "added": ("p > ins", 1),
    "removed": ("p > del", 1),
    "subscript": ("sub", 1),
    "superscript": ("sup:not([id])", 1),
    "keys": (".keys kbd", 3),
    "icon": ("p .twemoji svg", 1),
    "abbreviation": ("abbr[title='Single sign-on']", 1),
    "suggested changes": (":is(ins, del).critic", 4),
    "remark": (".critic.comment", 1),
    "footnote": (".footnote li", 1),
    "buttons": ("a.md-button", 2),
    "steps": ("ol > li > ol > li", 2),
    "points": ("ul > li > ul > li", 2),
    "tasks": (".task-list-item", 4),
    "definitions": ("dl > dt", 2),
    "callouts": (".admonition", 12),
    "boxes that open": ("details", 2),
    "box on the side": (".admonition.inline.end", 1),
    "quotation": ("blockquote blockquote", 1),
    "break": ("hr", 1),
    "tabs": (".tabbed-labels > label", 8),
    "title of code": ("span.filename", 1),
    "line numbers": (".linenos", 1),
    "marked lines": (".hll", 2),
    "difference": (".highlight .gd", 1),
    "annotations": (".annotate + ol > li", 2),
    "tables": (".kb-scroll > table", 3),
    "figure": ("figure > figcaption", 1),
    "picture that opens": (".kb-zoom img", 1),
    "picture beside the text": ("img[align=right]", 1),
    "video": ("video", 1),
    "cards": (".grid.cards li", 3),
    "grid": (".grid:not(.cards) > .admonition", 2),
    "diagrams as text": ("pre.mermaid", 2),
    "formulas": ("math", 2),
}
"""Where each construct stands in the text of the article, and how often at least."""

NO_MERMAID = "mermaid = { initialize() {}, render: async () => ({ svg: '<svg></svg>' }) }"
"""Stands in for the script that Material loads from elsewhere."""


@pytest.fixture
def page(open_showcase: Open) -> Page:
    page = open_showcase(PAGES["kitchen-sink"], viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    expect(page.locator(".kb-zoom")).to_have_count(1)
    return page


@pytest.fixture
def plain(open_showcase: Open) -> Page:
    """The article without JavaScript."""
    return open_showcase(PAGES["kitchen-sink"], java_script_enabled=False)


def prose(page: Page, selector: str) -> Locator:
    return page.locator(f".kb-prose {selector}")


def height(element: Locator) -> float:
    box = element.bounding_box()
    return box["height"] if box else 0


def test_every_construct_is_drawn(page: Page) -> None:
    """Each construct of the article can be seen, with a size."""
    found = {}
    for name, (selector, least) in CONSTRUCTS.items():
        drawn = [element for element in prose(page, selector).all() if element.is_visible() and height(element)]
        found[name] = len(drawn) >= least
    assert not [name for name, is_there in found.items() if not is_there]


def test_tabs_without_javascript(plain: Page) -> None:
    """A tab opens with a click and with the arrow keys, one at a time, and what has the focus can be seen."""
    blocks = prose(plain, ".tabbed-block")
    prose(plain, ".tabbed-labels label").filter(has_text="Linux").click()
    for key, number in (("", 2), ("ArrowRight", 3), ("ArrowLeft", 2), ("ArrowLeft", 1)):
        if key:
            plain.keyboard.press(key)
        assert [block.is_visible() for block in blocks.all()] == [place == number for place in range(8)]
    ring = (
        prose(plain, ".tabbed-labels label")
        .nth(1)
        .evaluate("label => parseFloat(getComputedStyle(label).outlineWidth)")
    )
    assert ring >= 2


def test_boxes_open_without_javascript(plain: Page) -> None:
    """A box opens by mouse and by keyboard; one that is open at first can be closed."""
    for text, word, is_open in (
        ("Put it beside the article", "Where is my picture?", False),
        ("The reader can close it", "Open at first", True),
    ):
        expect(plain.get_by_text(text)).to_be_visible(visible=is_open)
        plain.get_by_text(word, exact=True).click()
        expect(plain.get_by_text(text)).to_be_visible(visible=not is_open)
        plain.keyboard.press("Enter")
        expect(plain.get_by_text(text)).to_be_visible(visible=is_open)


def test_tasks_are_open_or_finished(page: Page) -> None:
    """Finished tasks look different from open ones, and their signs have words for those who cannot see them."""
    signs = prose(page, ".task-list-item").evaluate_all(
        "items => items.map((i) => getComputedStyle(i, '::before').content)"
    )
    assert [re.search(r'/ "(.)"', sign)[1] for sign in signs] == ["☑", "☑", "☐", "☐"]  # type: ignore[index]


def test_footnotes_lead_there_and_back(page: Page) -> None:
    """A footnote's mark leads to the note, and the note's arrow back to the mark."""
    prose(page, ".footnote-ref").click()
    expect(prose(page, ".footnote li")).to_be_in_viewport()
    prose(page, ".footnote-backref").click()
    expect(prose(page, ".footnote-ref")).to_be_in_viewport()
    assert page.url.endswith("#fnref:1")


def test_annotations_are_a_numbered_list(page: Page) -> None:
    """Annotations stay text: the numbers in the paragraph are those of the list below it."""
    expect(prose(page, "p.annotate")).to_have_text(re.compile(r"\(1\).*\(2\)"))
    markers = prose(page, ".annotate + ol > li").evaluate_all(
        "all => all.map((li) => getComputedStyle(li, '::marker').content)"
    )
    assert markers == ['"(" counter(list-item) ") "'] * 2


def test_a_figure_has_its_caption_below(page: Page) -> None:
    """The caption stands below the picture, which keeps the size it was given."""
    picture, caption = (prose(page, f"figure {part}").bounding_box() for part in ("img", "figcaption"))
    assert picture
    assert caption
    assert caption["y"] >= picture["y"] + picture["height"]
    assert picture["width"] == 320


@pytest.mark.parametrize("close", ["Escape", "Enter"])
def test_a_large_picture_opens_in_full(page: Page, close: str) -> None:
    """A picture wider than the column opens with a key, with its words, and closes with the focus back on it."""
    button = page.get_by_role("button", name=re.compile("^Enlarge picture: The settings screen"))
    button.press("Enter")
    dialog = page.get_by_role("dialog", name=re.compile("^The settings screen"))
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    picture = dialog.get_by_role("img").bounding_box()
    small = button.bounding_box()
    assert picture
    assert small
    assert picture["width"] > small["width"]
    page.keyboard.press(close)
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_a_picture_closes_with_a_click_beside_it(page: Page) -> None:
    """A click on the picture leaves it open, one beside it closes it."""
    page.locator(".kb-zoom").click()
    page.get_by_role("dialog").get_by_role("img").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").click(position={"x": 2, "y": 2})
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_formulas_are_drawn_without_javascript(plain: Page) -> None:
    """A formula in a line is about as high as the line, one that stands alone is higher: both are MathML."""
    inline, alone = (height(prose(plain, f'math[display="{display}"]')) for display in ("inline", "block"))
    assert 10 < inline < alone
    expect(prose(plain, ".arithmatex")).to_have_count(0)


def test_a_table_too_wide_moves_by_itself(page: Page) -> None:
    """On a phone the arrow keys move a wide table, and the page stays where it is."""
    page.set_viewport_size({"width": 390, "height": 844})
    wide = prose(page, ".kb-scroll").filter(has_text="search_placeholder")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("wide => wide.scrollLeft > 0", arg=wide.element_handle())
    assert page.evaluate("scrollX") == 0


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host of stock Material with kbgen's partials and the same articles."""
    folder = tmp_path_factory.mktemp("stock") / "site"
    shutil.copytree(ROOT / "tests/sites/stock_material", folder)
    own = shutil.ignore_patterns("drafts", "*.py")
    shutil.copytree(ROOT / "content", folder / "content", ignore=own, dirs_exist_ok=True)
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + EXTENSIONS, encoding="utf-8")
    with hosted(build_site(folder)) as url:
        yield url


def test_the_same_text_in_stock_material(browser: Browser, stock: str) -> None:
    """Stock Material builds the article from the same Markdown, and kbgen's parts work in its page."""
    page = browser.new_page()
    page.route("https://unpkg.com/mermaid@*/**", lambda route: route.fulfill(body=NO_MERMAID))
    page.goto(stock + PAGES["kitchen-sink"])
    text = page.locator("article.md-content__inner")
    for name in ("tabs", "callouts", "boxes that open", "tasks", "footnote", "keys", "cards", "buttons", "figure"):
        selector, least = CONSTRUCTS[name]
        assert text.locator(selector).filter(visible=True).count() >= least, name
    text.locator(".tabbed-labels label").filter(has_text="Linux").click()
    expect(text.get_by_text("uname -a")).to_be_visible()
    expect(page.locator("[data-kb-why]")).to_be_hidden()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator(".kb-vote__status")).to_contain_text("Can you say what was wrong?")
    page.close()


@pytest.fixture(scope="session")
def mermaid(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The script of mermaid, as its package holds it."""
    folder = tmp_path_factory.mktemp("mermaid")
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("there is no npm")
    command = [npm, "pack", "mermaid@11", "--silent", "--pack-destination", folder]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    if packed.returncode:
        pytest.skip(f"npm cannot fetch mermaid: {packed.stderr.strip()[-200:]}")
    with tarfile.open(next(folder.glob("*.tgz"))) as package:
        script = package.extractfile("package/dist/mermaid.min.js")
        assert script
        return script.read()


@pytest.fixture
def drawn(tmp_path: Path, mermaid: bytes) -> Iterator[Server]:
    """A host of a site with a copy of mermaid, an article with a diagram and one without."""
    config = CONFIG.replace("    feedback:", "    look: {mermaid: assets/mermaid.min.js}\n    feedback:") + EXTENSIONS
    diagrams = (
        "```mermaid\nflowchart LR\n  a[Customer asks] --> b[Search finds]\n```\n\n```mermaid\nflowchart <<\n```\n"
    )
    articles = {"index.md": INDEX, "a.md": article("With", diagrams), "b.md": article("Without")}
    files: dict[str, str | bytes] = {f"content/{name}": text for name, text in articles.items()}
    write_files(tmp_path, {"mkdocs.yml": config, "content/assets/mermaid.min.js": mermaid} | files)
    with serving(build_site(tmp_path)) as server:
        yield server


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mermaid_draws_where_there_is_a_diagram(visit: Open, drawn: Server, scheme: str) -> None:
    """Mermaid draws what it can read, within the page's policy; a page without a diagram does not load it."""
    page = visit(f"{drawn.url}/a/", color_scheme=scheme)
    diagram = page.locator(".kb-diagram svg")
    expect(diagram).to_contain_text("Customer asks")
    assert height(diagram) > 20
    expect(page.locator("pre.mermaid")).to_have_text(re.compile("flowchart <<"))
    drawn.forget()
    page.goto(f"{drawn.url}/b/")
    page.wait_for_load_state("networkidle")
    assert drawn.answers
    assert not [answer.path for answer in drawn.answers if "mermaid" in answer.path or "diagrams" in answer.path]
