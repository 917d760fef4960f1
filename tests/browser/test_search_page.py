"""The results page: an address that can be sent, ten results at a time, and a way on where nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from accessibility import faults
from centres import article, build_site, wait_until, write_files
from chromium import Open
from hosting import Server, serving
from playwright.sync_api import Page, expect
from searching import FOUND, SCRIPT, field, make_centre, options, results, said

pytestmark = pytest.mark.browser

HOSTILE = [
    SCRIPT,
    "((((a|b)*)+)?[",
    "👩‍👩‍👧‍👦 🔑",
    "\u202edrowssap\u202c",
    "%E0%A4%A",
    "x" * 5000,
    "'\"`${7*7}{query}{count}",
]
PRICES = {
    f"prices/{product}-{reader}.md".lower(): article(
        f"Prices of {product} for {reader}", "Each month.\n", kind="faq", products=f"[{product}]", audience=reader
    )
    for product in ("Cloud", "Server")
    for reader in ("Guests", "Owners")
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The host of the small help centre."""
    with serving(build_site(make_centre(tmp_path_factory.mktemp("page")))) as server:
        yield server


@pytest.fixture
def go(visit: Open, site: Server) -> Open:
    """Opens the results page at a query string."""

    def to(query: str = "", **more: object) -> Page:
        return visit(f"{site.url}/search.html{query}", **more)

    return to


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the results page of a help centre whose articles name products and audiences."""
    folder = make_centre(tmp_path_factory.mktemp("prices"))
    write_files(folder / "content", PRICES)
    with serving(build_site(folder)) as server:
        yield f"{server.url}/search.html"


def found(page: Page, *titles: str) -> None:
    """Wait until the results are these, in any order."""
    wait_until(lambda: sorted(results(page).all_inner_texts()) == sorted(titles))


def test_an_address_shows_its_results(go: Open) -> None:
    """A query in the address fills the field, the title and the list; without one the sections are shown."""
    page = go("?q=forgot+my+password")
    expect(field(page)).to_have_value("forgot my password")
    expect(results(page).first).to_have_text("Change your password")
    expect(page).to_have_title("forgot my password - Search - Acme help")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_hidden()
    page = go()
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()
    expect(page.locator("[data-kb-results]")).to_be_hidden()
    expect(page).to_have_title("Search - Acme help")


def test_the_address_follows_the_field(go: Open) -> None:
    """While somebody types, results and address keep in step and the history does not grow."""
    page = go("?q=password")
    expect(results(page).first).to_be_visible()
    length = page.evaluate("history.length")
    field(page).fill("")
    field(page).press_sequentially("invoice")
    expect(results(page).first).to_have_text("Manage your invoice")
    page.wait_for_url("**/search.html?q=invoice")
    expect(page).to_have_title(re.compile("^invoice - "))
    assert page.evaluate("history.length") == length
    expect(page.locator(".kb-suggest")).to_be_hidden()


def test_back_leads_to_the_search_before(go: Open) -> None:
    """A search that was sent is a step in the history; Back and Forward bring back words and results."""
    page = go("?q=password")
    expect(results(page).first).to_be_visible()
    for query in ("invoice", "calendar"):
        field(page).fill(query)
        field(page).press("Enter")
        expect(results(page).first).to_have_text(f"Manage your {query}")
    page.go_back()
    expect(field(page)).to_have_value("invoice")
    expect(results(page).first).to_have_text("Manage your invoice")
    page.go_back()
    expect(results(page).first).to_have_text("Change your password")
    page.wait_for_url("**/search.html?q=password")
    page.go_forward()
    page.wait_for_url("**/search.html?q=invoice")
    expect(results(page).first).to_have_text("Manage your invoice")


def test_the_same_search_twice_is_one_step(go: Open) -> None:
    """Enter on a search that is already shown adds no step to the history."""
    page = go("?q=password")
    expect(results(page).first).to_be_visible()
    length = page.evaluate("history.length")
    for _ in range(3):
        field(page).press("Enter")
    assert page.evaluate("history.length") == length


def test_ten_results_at_a_time(go: Open) -> None:
    """Ten results are shown; the button adds ten, leads the keyboard to the first of them, and goes at the end."""
    page = go("?q=passphrase")
    more = page.get_by_role("button", name="Show more results")
    expect(results(page)).to_have_count(10)
    expect(said(page)).to_have_text(f"{FOUND} articles for “passphrase”")
    more.click()
    expect(results(page)).to_have_count(20)
    expect(results(page).nth(10)).to_be_focused()
    more.click()
    expect(results(page)).to_have_count(FOUND)
    expect(more).to_be_hidden()
    page.reload()
    expect(results(page)).to_have_count(FOUND)
    field(page).fill("owner")
    expect(results(page)).to_have_count(10)


def test_filters(visit: Open, priced: str) -> None:
    """Product and audience narrow the results, stand in the address, and are brought back from it."""
    page = visit(f"{priced}?q=prices+month&products=Cloud")
    expect(page.get_by_label("Product")).to_have_value("Cloud")
    found(page, "Prices of Cloud for Guests", "Prices of Cloud for Owners")
    page.get_by_label("Written for").select_option("Owners")
    found(page, "Prices of Cloud for Owners")
    page.wait_for_url("**/search.html?q=prices+month&products=Cloud&audience=Owners")
    page.get_by_label("Product").select_option("All")
    found(page, "Prices of Cloud for Owners", "Prices of Server for Owners")
    page.go_back()
    expect(page.get_by_label("Product")).to_have_value("Cloud")
    found(page, "Prices of Cloud for Owners")
    assert faults(page) == []


def test_no_filters_where_there_is_nothing_to_choose(go: Open) -> None:
    """A help centre whose articles name no product and no audience shows no filters, whatever the address says."""
    page = go("?q=password&products=Cloud")
    expect(results(page).first).to_be_visible()
    expect(page.locator("[data-kb-filters]")).to_be_hidden()


def test_a_slip_is_named_with_a_link(go: Open) -> None:
    """The page says what it shows instead of a word that no article has; the meant word is a search of its own."""
    page = go("?q=calandar")
    expect(said(page)).to_contain_text("No article says “calandar”. Showing results for “calendar”.")
    said(page).get_by_role("link", name="calendar").click()
    page.wait_for_url("**/search.html?q=calendar")
    expect(said(page)).to_have_text("1 article for “calendar”")


def test_the_best_answer_is_a_card(go: Open) -> None:
    """An article that answers just this stands first as a card with what it says."""
    page = go("?q=I+forgot+my+password")
    card = re.compile("Best answer.*Change your password.*Choose a new password in your account", re.DOTALL)
    expect(page.locator("[data-kb-results] li").first).to_have_text(card)
    expect(page.locator(".kb-hit--best")).to_have_text(card)
    expect(results(page).filter(has_text="Change your password")).to_have_count(1)


def test_suggestions_open_on_request(go: Open) -> None:
    """Results change while somebody types; the list of the field opens with the arrow down, and works as elsewhere."""
    page = go("?q=password")
    expect(results(page).first).to_be_visible()
    field(page).focus()
    expect(field(page)).to_have_attribute("aria-controls", re.compile("."))
    field(page).press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    field(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change your password")


def test_nothing_found_leads_on(go: Open) -> None:
    """Where nothing is found, the page says so, and shows sections and channels; the contact link has the words."""
    page = go("?q=qqqqqq+%26+zzz")
    expect(said(page)).to_have_text(re.compile("^Nothing found for “qqqqqq & zzz”. Try other words"))
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()
    expect(page.get_by_text("We answer within a day.")).to_be_visible()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Talk to a person", "Browse by section"])
    for link in page.locator("a[data-kb-contact]").all():
        expect(link).to_have_attribute("href", re.compile(r"contact\.html\?searched=qqqqqq\+%26\+zzz$"))
    field(page).fill("password")
    expect(results(page).first).to_be_visible()
    expect(page.get_by_role("heading", name="Browse by section")).to_be_hidden()
    field(page).fill("")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()
    expect(page.locator("a[data-kb-contact]").first).to_have_attribute("href", re.compile(r"contact\.html$"))


def test_what_comes_nearest(visit: Open, priced: str) -> None:
    """Where the filters leave nothing, or only the beginning of a word is known, the nearest articles are shown."""
    page = visit(f"{priced}?q=server&products=Cloud")
    expect(said(page)).to_contain_text("Nothing found for “server”")
    expect(said(page)).to_contain_text("These articles come nearest:")
    found(page, "Prices of Server for Guests", "Prices of Server for Owners")
    page.goto(f"{priced}?q=which+calendarium")
    expect(said(page)).to_contain_text("Nothing found for “which calendarium”")
    found(page, "Manage your calendar")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()


@pytest.mark.parametrize("fault", ["missing", "corrupt", "engine"])
def test_an_index_that_cannot_be_loaded(go: Open, fault: str) -> None:
    """Without an index the page says so and leads on; once it is there, the same button searches."""
    page = go(quiet=False)
    files = "**/search-engine.js" if fault == "engine" else "**/search/**"
    page.route(files, lambda route: route.fulfill(body="{") if fault == "corrupt" else route.fulfill(status=404))
    page.goto(page.url + "?q=password")
    expect(said(page)).to_contain_text("The search could not be loaded")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()
    expect(page.locator("a[data-kb-contact]").first).to_have_attribute("href", re.compile("searched=password"))
    if fault != "engine":  # a browser asks for a module once
        page.unroute(files)
        page.get_by_role("button", name="Search", exact=True).click()
        expect(results(page).first).to_have_text("Change your password")


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries(go: Open, query: str) -> None:
    """Whatever the address asks for stays text in title, field and list, and nothing grows wider than the page."""
    page = go(viewport={"width": 390, "height": 844})
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{page.url}?q={quote(query)}")
    expect(said(page)).to_have_text(re.compile("article|Nothing found"))
    assert not page.locator("[data-kb-results] :is(img, script)").count()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert len(page.title()) < 250


def test_a_query_that_is_broken(go: Open) -> None:
    """An address that is no UTF-8 and a query of white space show the page."""
    page = go("?q=%E0%A4%A")
    expect(said(page)).to_have_text(re.compile("article|Nothing found"))
    page = go("?q=%20%09")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()


def test_without_javascript(go: Open) -> None:
    """Without JavaScript the page points to all articles from A to Z."""
    page = go("?q=password", java_script_enabled=False)
    assert "Search needs JavaScript" in page.locator("noscript").inner_text()
    page.get_by_role("link", name="All articles from A to Z").first.click()
    page.wait_for_url("**/all/")


STATES = {
    "results": "?q=passphrase",
    "best": "?q=change+your+password",
    "slip": "?q=passphrasse",
    "none": "?q=qqqqqq",
    "empty": "",
}


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (390, "dark"),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
        pytest.param(390, "light", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(go: Open, state: str, width: int, scheme: str) -> None:
    """The page is accessible in each of its states, wide and narrow, light and dark."""
    page = go(STATES[state], viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    if state != "empty":
        expect(said(page)).to_have_text(re.compile("article|Nothing found"))
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
