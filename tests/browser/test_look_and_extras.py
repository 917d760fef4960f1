"""The look and the small helps of a page: colours, announcements, copying, printing, contents, and ways on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from centres import CONFIG, Centre, article, build_site
from chromium import Open
from hosting import Server, hosted
from playwright.sync_api import Browser, Locator, Page, expect
from showcase import PAGES

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
ENDING = CONFIG.replace(
    "    feedback:",
    """\
    announcements:
      - {text: The office is closed tomorrow., ends: 2026-11-24}
      - {text: Passwords are safe., dismissible: false}
    feedback:""",
)


def paper(page: Page) -> str:
    """Whether the page is drawn on light or on dark paper."""
    red = page.evaluate("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
    return "light" if red > 127 else "dark"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def said(page: Page) -> Locator:
    """The status below the text of an article."""
    return page.locator("main > [role=status]")


def test_colours_follow_the_device_until_somebody_chooses(open_showcase: Open, host: Server) -> None:
    """The page is as dark as the device, and the button says what it would change, until it is pressed."""
    page = open_showcase("/", color_scheme="dark")
    button = page.locator("[data-kb-scheme]")
    for scheme, other in (("dark", "Use light colours"), ("light", "Use dark colours"), ("dark", "Use light colours")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert paper(page) == scheme
        expect(button).to_have_accessible_name(other)
    button.click()
    assert paper(page) == "light"
    expect(button).to_have_accessible_name("Use dark colours")
    page.goto(host.url + PAGES["how-to"], wait_until="commit")
    expect(page.locator("body")).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert paper(page) == "light", "before any module has run"
    page.locator("[data-kb-scheme]").click()
    page.emulate_media(color_scheme="light")
    page.reload()
    assert paper(page) == "dark"


def test_closed_announcements_stay_closed(open_showcase: Open, host: Server) -> None:
    """Closing an announcement removes it and puts the focus on the text; those that were closed stay so elsewhere."""
    page = open_showcase(PAGES["section"])
    around = page.get_by_role("region", name="Announcements")
    banners = around.locator(".kb-announcement")
    expect(banners).to_have_count(2)
    banners.filter(has_text="Sign-in is slow").get_by_role("button", name="Close this announcement").click()
    expect(banners).to_have_text([re.compile("The office moves")])
    expect(page.locator("#kb-main")).to_be_focused()
    banners.get_by_role("button").click()
    expect(around).to_have_count(0)
    page.goto(host.url + PAGES["how-to"])
    expect(page.locator("[data-kb-scheme]")).to_be_visible()
    expect(around).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "shown"), [("/", 1), (PAGES["section"], 2), (PAGES["how-to"], 2), (PAGES["video"], 1)]
)
def test_an_announcement_of_a_section_stays_there(open_showcase: Open, path: str, shown: int) -> None:
    """What concerns a section is announced on its pages and on no other."""
    expect(open_showcase(path).locator(".kb-announcement")).to_have_count(shown)


@pytest.fixture
def ending(centre: Centre) -> Iterator[str]:
    """A host of a site built while two announcements are up, of which one ends the day after."""
    with hosted(build_site(centre({"a.md": article("Refunds")}, config=ENDING))) as url:
        yield url


def test_an_announcement_ends_without_a_new_build(visit: Open, ending: str) -> None:
    """An announcement is up through its last day on the reader's calendar; one that stays has no button."""
    page = visit(ending, timezone_id="Pacific/Auckland")
    banners = page.locator(".kb-announcement")
    for now, shown in (("2026-11-24T23:59", 2), ("2026-11-25T00:01", 1)):
        page.clock.set_fixed_time(f"{now}+13:00")
        page.reload()
        expect(banners).to_have_count(shown)
    expect(banners).to_have_text(re.compile("Passwords are safe."))
    expect(banners.get_by_role("button")).to_have_count(0)


def test_code_is_copied_as_it_is_typed(open_showcase: Open) -> None:
    """The button of a block of code copies it without line numbers, says so, and is itself again, pressed twice too."""
    page = open_showcase(PAGES["kitchen-sink"], **CLIPBOARD)
    block = page.locator(".highlight").filter(has_text="site_name: Acme help")
    button = block.locator(".kb-copy")
    button.press("Enter")
    expect(said(page)).to_have_text("Copied")
    expect(button).to_have_text("Copied")
    button.press("Enter")
    assert clipboard(page).startswith("site_name: Acme help # the name in the header\nsite_url: https://")
    assert clipboard(page).endswith("\ntheme:\n  name: kbgen\n")
    expect(button).to_have_text("Copy")


def test_a_heading_gives_its_address(open_showcase: Open, host: Server) -> None:
    """The sign at a heading says what it does, copies the heading's address, and says that it did."""
    page = open_showcase(PAGES["kitchen-sink"], **CLIPBOARD)
    page.get_by_role("link", name="Copy link to “Callouts”").click()
    expect(said(page)).to_contain_text("Link copied")
    assert clipboard(page) == page.url == f"{host.url}{PAGES['kitchen-sink']}#callouts"


def test_an_article_is_copied_as_markdown(open_showcase: Open, host: Server) -> None:
    """One press copies the article's Markdown; without JavaScript the same place leads to it."""
    page = open_showcase(PAGES["how-to"], **CLIPBOARD)
    page.get_by_role("link", name="Copy as Markdown").click()
    expect(said(page)).to_have_text("Copied as Markdown")
    twin = page.request.get(f"{host.url}/writing/write-an-article.md").text()
    assert clipboard(page) == twin
    assert "# Write an article" in twin
    plain = open_showcase(PAGES["how-to"], java_script_enabled=False)
    link = plain.get_by_role("link", name="View as Markdown")
    assert plain.request.get(str(link.evaluate("link => link.href"))).text() == twin


def test_printing_is_offered_where_it_works(open_showcase: Open) -> None:
    """The button prints; without JavaScript it is not there."""
    page = open_showcase(PAGES["how-to"])
    page.evaluate("window.print = () => (document.title = 'printed')")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printed")
    plain = open_showcase(PAGES["how-to"], java_script_enabled=False)
    expect(plain.locator("[data-kb-print]")).to_be_hidden()


def test_paper_has_the_article_alone(open_showcase: Open) -> None:
    """On paper stand the title and the text: no search, no vote, no neighbours, no buttons."""
    page = open_showcase(PAGES["how-to"])
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".kb-prose")).to_be_visible()
    for part in (".kb-header", ".kb-vote", ".kb-siblings", ".kb-toc", ".kb-tools", ".kb-footer", ".kb-announcement"):
        assert not page.locator(part).filter(visible=True).count(), part


def test_contents_stand_beside_the_text_or_fold_above_it(open_showcase: Open) -> None:
    """What is on the page stands beside the text on a wide screen, and on a phone in a box that opens."""
    page = open_showcase(PAGES["kitchen-sink"], viewport=WIDE)
    beside = page.get_by_role("navigation", name="On this page")
    folded = page.locator("details.kb-contents")
    expect(beside).to_be_visible()
    expect(folded).to_be_hidden()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    expect(beside).to_be_hidden()
    expect(folded.get_by_role("link", name="Callouts")).to_be_hidden()
    folded.get_by_text("On this page").click()
    folded.get_by_role("link", name="Callouts").click()
    expect(page.locator("#callouts")).to_be_in_viewport()


def test_channels_say_whether_somebody_is_there(open_showcase: Open) -> None:
    """Each channel with hours says whether it is open now; one that never closes says just that."""
    page = open_showcase(PAGES["contact"])
    states = page.locator(".kb-channels--page [data-kb-open]")
    expect(states).to_have_text([re.compile("Open now, until|Closed now, opens")] * 2 + [re.compile("^Open now$")])
    expect(states.last).to_be_visible()


@pytest.mark.parametrize("path", ["/no-such-page", "/writing/no/such/page/"])
def test_an_unknown_address_helps_on(browser: Browser, host: Server, path: str) -> None:
    """An unknown address answers 404 with a page that looks right at any depth, and searches."""
    page = browser.new_page()
    response = page.goto(host.url + path)
    assert response
    assert response.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This address leads nowhere")
    assert "system-ui" in page.evaluate("getComputedStyle(document.body).fontFamily"), "styles have arrived"
    page.locator("main").get_by_label("Search").fill("captions")
    expect(page.locator(".kb-suggest a").first).to_be_visible()
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.locator(".kb-results")).to_contain_text("captions")
    page.close()


def test_a_retired_article_says_so(open_showcase: Open) -> None:
    """The address of a retired article stays, says that it is retired, and leads to what stands in its place."""
    page = open_showcase(PAGES["retired"])
    expect(page.get_by_role("heading", level=1)).to_have_text("This article has been retired")
    expect(page.locator(".kb-notice")).to_contain_text("“Send us a fax” is no longer kept up to date")
    expect(page.locator("main")).not_to_contain_text("Dial the number")
    page.locator("main .kb-list").get_by_role("link", name="Check your articles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your articles")


def test_all_articles_can_be_browsed_without_javascript(open_showcase: Open) -> None:
    """From any foot one link leads to every article from A to Z, and a letter to its articles."""
    page = open_showcase(PAGES["how-to"], java_script_enabled=False)
    page.get_by_role("contentinfo").get_by_role("link", name="All articles").click()
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="W", exact=True).click()
    expect(page.get_by_role("heading", name="W", exact=True)).to_be_in_viewport()
    page.get_by_role("region", name="W", exact=True).get_by_role("link", name="Write an article").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write an article")
