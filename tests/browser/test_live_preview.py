"""The live preview in a real browser: what is saved shows up, and the reader stays where they are."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import faults
from centres import CONFIG, INDEX, article, write_files
from chromium import Open
from playwright.sync_api import Browser, Page, Route, expect
from preview.serving import Preview, eventually, free_port, preview

pytestmark = pytest.mark.browser

PARAGRAPHS = [
    f"Paragraph {number}. " + "Words fill the line until it is long enough to be read. " * 6 for number in range(30)
]

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='10'/>"


def long_article(*, before: str = "", paragraphs: list[str] = PARAGRAPHS) -> str:
    parts = [f"## Part {n // 5}\n\n{text}" if n % 5 == 0 else text for n, text in enumerate(paragraphs)]
    return article("Long", before + "\n\n".join(parts) + "\n", kind="faq")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A help centre with a few articles, previewed."""
    folder = tmp_path_factory.mktemp("preview")
    write_files(folder, {"mkdocs.yml": CONFIG, ".gitignore": ".kbgen/\nserve.log\n"})
    write_files(folder / "content", {"index.md": INDEX, "long.md": long_article(), "other.md": article("Other")})
    with preview(folder) as running:
        yield running


@pytest.fixture
def open_page(visit: Open, served: Preview) -> Open:
    """Opens a path of the preview, and goes on when its page listens."""

    def go(path: str, **options: object) -> Page:
        eventually(lambda: served.listening == 0)  # the pages of the test before have gone
        page = visit(served.url + path, **options)
        eventually(lambda: served.listening == 1)
        return page

    return go


def top_of(page: Page, words: str) -> float:
    """Where in the window a text begins."""
    return float(page.get_by_text(words).evaluate("(one) => one.getBoundingClientRect().top"))


def loaded(page: Page, words: str) -> None:
    """Return when the page with these words stands."""
    expect(page.get_by_text(words).first).to_be_attached(timeout=20_000)
    page.wait_for_load_state("load")


def test_the_reader_stays_while_the_page_takes_its_time(open_page: Open, served: Preview) -> None:
    """An answer that takes seconds, soon after another one, does not cost the place."""
    served.write("content/long.md", long_article())
    served.settle()
    page = open_page("/long/")
    page.evaluate("scrollTo({top: 2500, behavior: 'instant'})")
    seen = top_of(page, "Paragraph 15.")
    served.write("content/long.md", long_article(paragraphs=[*PARAGRAPHS, "A new end."]))
    loaded(page, "A new end.")

    def late(route: Route) -> None:
        if route.request.method == "GET":
            page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/long/", late)
    served.write("content/long.md", long_article(before="A new beginning.\n\n" * 5))
    loaded(page, "A new beginning.")
    assert top_of(page, "Paragraph 15.") == pytest.approx(seen, abs=1)


WATCH_THE_START = """
  window.painted = [];
  window.moved = 0;
  new PerformanceObserver(() => painted.push(scrollY)).observe({type: "paint", buffered: true});
  new PerformanceObserver((list) => list.getEntries().forEach(({value}) => moved += value))
    .observe({type: "layout-shift", buffered: true});
"""
"""Notes where a page stands whenever it is painted at first, and how far things move afterwards."""


def test_a_saved_article_shows_up_and_the_reader_stays(open_page: Open, served: Preview) -> None:
    """The same text stands at the same place of the window, whatever was changed above, below or in between.

    It does so before anything is painted: no flash of the page's top, and nothing moves once it is seen.
    """
    served.write("content/long.md", long_article())
    served.settle()
    page = open_page("/long/")
    page.add_init_script(WATCH_THE_START)
    page.evaluate("scrollTo({top: 2500, behavior: 'instant'})")
    seen = top_of(page, "Paragraph 15.")
    served.write("content/long.md", long_article(paragraphs=[*PARAGRAPHS, "A new end."]))
    loaded(page, "A new end.")
    page.wait_for_function("() => painted.length > 0")
    assert set(page.evaluate("[...painted, scrollY]")) == {2500}
    assert page.evaluate("moved") == 0
    served.write("content/long.md", long_article(before="A new beginning.\n\n" * 5))
    loaded(page, "A new beginning.")
    assert top_of(page, "Paragraph 15.") == pytest.approx(seen, abs=1)
    assert page.evaluate("scrollY") > 2600
    served.write("content/long.md", long_article(paragraphs=[*PARAGRAPHS[:14], "Wholly new. " * 80, *PARAGRAPHS[15:]]))
    loaded(page, "Wholly new.")
    assert top_of(page, "Paragraph 15.") == pytest.approx(seen, abs=1)


def test_what_was_opened_and_typed_is_kept(open_page: Open, served: Preview) -> None:
    """Open parts stay open, and a half-written word stays in its field with the cursor."""
    folded = '\n\n??? note "More"\n    Folded text.\n'
    config = CONFIG + "markdown_extensions: [admonition, pymdownx.details]\n"
    served.write("mkdocs.yml", config)
    served.write("content/folded.md", article("Folded", f"Words.{folded}", kind="faq"))
    eventually(lambda: served.shows("/folded/", "<details"))
    page = open_page("/folded/", quiet=False)  # a shard that the build replaces may be asked for
    page.locator("details", has_text="Folded text.").locator("summary").click()
    field = page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first
    field.fill("half a wo")
    served.write("content/folded.md", article("Folded", f"New words.{folded}", kind="faq"))
    loaded(page, "New words.")
    expect(page.get_by_text("Folded text.", exact=True)).to_be_visible()
    expect(field).to_have_value("half a wo")
    expect(field).to_be_focused()


def test_other_pages_are_left_alone(open_page: Open, served: Preview) -> None:
    """A page that looks as before is not loaded again; a picture under the same name is a change."""
    served.write("content/map.svg", PICTURE.format("10"))
    served.write("content/other.md", article("Other", "![A map](map.svg)\n", kind="faq"))
    eventually(lambda: served.shows("/other/", "../map.svg"))
    page = open_page("/other/")
    loads: list[int] = []
    page.on("load", lambda _: loads.append(1))
    with served.built_anew():
        served.write("content/long.md", long_article(before="Elsewhere.\n\n"))
    with served.built_anew():
        served.write("content/map.svg", PICTURE.format("20"))
    page.wait_for_function("() => document.querySelector('main img')?.naturalWidth === 20")
    page.wait_for_load_state("load")
    assert len(loads) == 1


def test_an_error_covers_the_page_until_it_is_mended(open_page: Open, served: Preview) -> None:
    """Escape and a button make it small, a new error shows itself, and the page behind stays usable."""
    page = open_page("/other/")
    served.write("content/broken.md", "---\ntitle: [\n---\n")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/broken.md:3", timeout=20_000)
    assert not faults(page)
    page.keyboard.press("Escape")
    expect(alert).to_be_hidden()
    page.get_by_role("button", name="Build failed").click()
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_be_hidden()
    served.write("content/broken.md", "---\ntitle: Broken\nkind: hwo-to\n---\n")
    expect(alert).to_contain_text("hwo-to", timeout=20_000)
    served.write("content/broken.md", article("Mended", kind="faq"))
    expect(alert).to_be_hidden(timeout=20_000)
    expect(page.get_by_role("button", name="Build failed")).to_be_hidden()


def test_a_page_that_goes_comes_back(visit: Open, served: Preview) -> None:
    """A renamed article is the 404 page until it is there again, or until a redirect leads to its new place."""
    content = served.folder / "content"
    with served.built_anew():
        served.write("content/moving.md", article("Moving", "Here I am.\n", kind="faq"))
    page = visit(f"{served.url}/moving/", quiet=False)
    eventually(lambda: served.listening > 0)
    (content / "moving.md").rename(content / "moved.md")
    loaded(page, "This address leads nowhere")
    (content / "moved.md").rename(content / "moving.md")
    loaded(page, "Here I am.")
    (content / "moving.md").unlink()
    served.write("content/moved.md", article("Moved", "Now here.\n", kind="faq", redirect_from="[moving.md]"))
    page.wait_for_url("**/moved/")
    loaded(page, "Now here.")


def test_a_switch_of_branches_leads_to_the_right_page(open_page: Open, served: Preview) -> None:
    """Fifty articles change at once; the page that is open shows the branch that was chosen."""
    git = ["git", "-C", served.folder, "-c", "user.name=Kim", "-c", "user.email=kim@example.com"]
    many = {f"content/many/a{number}.md": article(f"Number {number}", kind="faq") for number in range(50)}
    write_files(served.folder, many)
    eventually(lambda: served.get("/many/a49/").status == 200)
    for command in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "One"], ["switch", "-qc", "two"]):
        subprocess.run([*git, *command], check=True)
    page = open_page("/many/a7/")
    write_files(served.folder, {path: text.replace("Words.", "Of two.") for path, text in many.items()})
    loaded(page, "Of two.")
    subprocess.run([*git, "commit", "-qam", "Two"], check=True)
    before = served.build
    subprocess.run([*git, "switch", "-q", "main"], check=True)
    loaded(page, "Words.")
    assert served.build - before <= 2
    assert served.error == ""


def test_many_tabs_share_one_stream(browser: Browser, served: Preview) -> None:
    """A browser allows six connections to a server; with eight tabs open, each shows what is saved."""
    with contextlib.closing(browser.new_context()) as context:
        pages = [context.new_page() for _ in range(8)]
        for page in pages:
            page.goto(f"{served.url}/other/")
        eventually(lambda: served.listening == 1)
        served.write("content/other.md", article("Other", "For all tabs.\n", kind="faq"))
        for page in pages:
            expect(page.get_by_text("For all tabs.")).to_be_attached(timeout=20_000)
    eventually(lambda: served.listening == 0)


def test_a_page_lives_on_after_a_restart(browser: Browser, tmp_path: Path) -> None:
    """It says that the preview has stopped, and shows what changed meanwhile; a first build that fails is shown too."""
    port = free_port()
    write_files(tmp_path, {"mkdocs.yml": CONFIG, "content/index.md": "---\ntitle: [\n---\n"})
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        with preview(tmp_path, port=port) as running:
            page.goto(running.url)
            expect(page.locator("pre")).to_contain_text("content/index.md:3")
            running.write("content/index.md", article("Mended", "It works.\n"))
            loaded(page, "It works.")
            eventually(lambda: running.listening > 0)
        expect(page.get_by_text("The preview has stopped.")).to_be_visible()
        write_files(tmp_path, {"content/index.md": article("Mended", "It works again.\n")})
        with preview(tmp_path, port=port):
            loaded(page, "It works again.")
            expect(page.get_by_text("The preview has stopped.")).to_be_hidden()
