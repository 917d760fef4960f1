"""A site that is read from a disk: pages, links and search work without a web server."""

from __future__ import annotations

from pathlib import Path

import pytest
from centres import TODAY, kbgen
from playwright.sync_api import Browser, Page, expect
from searching import field, make_centre, options

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site."""
    centre = make_centre(tmp_path_factory.mktemp("centre"))
    site = tmp_path_factory.mktemp("offline") / "site"
    done = kbgen("build", "--offline", "--date", TODAY, "--site-dir", site, cwd=centre)
    assert done.code == 0, done.err
    return site


@pytest.fixture
def page(browser: Browser, folder: Path) -> Page:
    """An article's page; a fault of a script fails the test."""
    page = browser.new_context().new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(folder.joinpath("things/note.html").as_uri())
    return page


def test_search(page: Page, folder: Path) -> None:
    """The field suggests articles, and the results page shows what its address asks for."""
    field(page).press_sequentially("forgot my passwrd")
    expect(options(page).first).to_contain_text("Change your password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    hit = page.locator("[data-kb-results] li a").first
    expect(hit).to_have_text("Change your password")
    hit.click()
    page.wait_for_url(folder.joinpath("account/password.html").as_uri() + "*")


def test_links_lead_to_files(page: Page, folder: Path) -> None:
    """No link of a page leads to a folder, whose files a browser would list."""
    for path in ("index.html", "things/note.html", "account/index.html", "search.html"):
        page.goto(folder.joinpath(path).as_uri())
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        assert links
        assert [link for link in links if link.startswith("file:") and link.partition("#")[0].endswith("/")] == []


def test_a_missing_file_of_the_index(page: Page, folder: Path) -> None:
    """Where a file of the index is gone, the page says that search cannot be loaded."""
    manifest = folder / "search/en.json.js"
    text = manifest.read_text()
    manifest.unlink()
    try:
        page.goto(folder.joinpath("search.html").as_uri() + "?q=password")
        expect(page.locator("[data-kb-results] [role=status]")).to_contain_text("could not be loaded")
    finally:
        manifest.write_text(text)
