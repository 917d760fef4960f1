"""Reports of searches: only where they were switched on, once for each search, and without what may name a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from centres import build_site, wait_until
from chromium import Open
from hosting import Server, serving
from playwright.sync_api import Page, expect
from searching import FOUND, field, make_centre, options, results

pytestmark = pytest.mark.browser

SCRUBBED = {
    "reset for kim.lee+work@mail.example.com please": "reset for … please",
    "mail kim%40example.com": "mail …",
    "order 123456 is late": "order … is late",
    "order 12345 is late": "order 12345 is late",
    "call +49 30 123-45-67": "call +…",
    "call (030) 12 34 56": "call (…",
    "card 4111\u00a01111\u20111111 1111": "card …",
    "card １２３４５６７": "card …",
    "born 01.02.1990": "born …",
    "https://example.com/reset?token=abc#x fails": "https://example.com/reset… fails",
    "example.com/?user=kim fails": "example.com/… fails",
    "what is this?": "what is this?",
    "key sk_live_a1B2c3D4e5F6g7H8": "key …",
    "id 3f2b8c1e-aaaa-bbbb-cccc-ddddeeeeffff": "id …",
    "Donaudampfschifffahrtsgesellschaft": "Donaudampfschifffahrtsgesellschaft",
    "windows 10 and office 365": "windows 10 and office 365",
    "  two   words ": "two words",
    "w " * 300: ("w " * 100).strip(),
    "🔑" * 300: "🔑" * 200,
    "": "",
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The host of the small help centre, by what is added to the settings of feedback."""
    with ExitStack() as hosts:

        @cache
        def of(more: str) -> Server:
            folder = make_centre(tmp_path_factory.mktemp("reports"), more=more)
            return hosts.enter_context(serving(build_site(folder)))

        yield of


@pytest.fixture
def host(sites: Callable[[str], Server]) -> Server:
    """The host with reports switched on, to which nothing was reported yet."""
    server = sites("      searches: true\n")
    server.forget()
    return server


@pytest.fixture
def go(visit: Open, host: Server) -> Open:
    """Opens a path of that site."""
    return lambda path: visit(host.url + path)


def leave(page: Page) -> None:
    """Go away, as a reader does who closes the page."""
    page.wait_for_load_state("networkidle")
    page.goto("about:blank")


def report(query: str, results: int, *, clicked: bool = False, contacted: bool = False) -> dict[str, object]:
    return {"query": query, "lang": "en", "results": results, "clicked": clicked, "contacted": contacted}


def test_nothing_is_reported_by_default(visit: Open, sites: Callable[[str], Server]) -> None:
    """Without the setting nothing about a search leaves the device, and the script that would send it is not loaded."""
    server = sites("")
    server.forget()
    page = visit(f"{server.url}/search.html?q=passphrase")
    results(page).first.click()
    page.wait_for_url("**/things/**")
    leave(page)
    assert server.searches == []
    assert not [answer.path for answer in server.answers if "report" in answer.path]


def test_a_search_that_led_to_an_article(go: Open, host: Server) -> None:
    """A search on the results page is reported once, when its reader opens a result."""
    page = go("/search.html?q=passphrase")
    expect(results(page).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    results(page).first.click()
    page.wait_for_url("**/things/**")
    wait_until(lambda: bool(host.searches))
    leave(page)
    assert host.searches == [report("passphrase", FOUND, clicked=True)]


def test_a_search_without_result_that_led_to_a_person(go: Open, host: Server) -> None:
    """A reader who finds nothing and goes on to the contact page is reported so."""
    page = go("/search.html?q=qqqqqq")
    expect(page.locator("[data-kb-results] [role=status]")).to_contain_text("Nothing found")
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="All ways to reach us").click()
    page.wait_for_url("**/contact.html*")
    wait_until(lambda: bool(host.searches))
    assert host.searches == [report("qqqqqq", 0, contacted=True)]


def test_something_else_is_searched_for(go: Open, host: Server) -> None:
    """Each search that was sent is reported when the next takes its place; going back reports nothing again."""
    page = go("/search.html?q=passphrase")
    expect(results(page).first).to_be_visible()
    field(page).fill("password")
    field(page).press("Enter")
    wait_until(lambda: host.searches == [report("passphrase", FOUND)])
    expect(results(page).first).to_have_text("Change your password")
    page.go_back()
    expect(results(page)).to_have_count(10)
    leave(page)
    wait_until(lambda: len(host.searches) == 2)
    assert host.searches[1]["query"] == "password"


def test_letters_on_the_way_are_no_searches(go: Open, host: Server) -> None:
    """What somebody types is a search once it stood for two seconds, or led to an article."""
    page = go("/things/note/")
    field(page).press_sequentially("passphrase")
    expect(options(page).first).to_be_visible()
    field(page).fill("passwo")
    expect(options(page).first).to_contain_text("Change your password")
    page.wait_for_timeout(2300)
    field(page).fill("password")
    expect(options(page).first).to_contain_text("Change your password")
    page.wait_for_timeout(300)
    options(page).first.click()
    page.wait_for_url("**/account/**")
    wait_until(lambda: len(host.searches) == 2)
    assert {(sent["query"], sent["clicked"]) for sent in host.searches} == {("passwo", False), ("password", True)}


def test_a_search_that_goes_on_to_the_results_is_one(go: Open, host: Server) -> None:
    """A search that stood in the field and was then sent is reported by the results page alone."""
    page = go("/things/note/")
    field(page).press_sequentially("passphrase")
    expect(options(page).first).to_be_visible()
    page.wait_for_timeout(2300)
    field(page).press("Enter")
    page.wait_for_url("**/search.html*")
    expect(results(page).first).to_be_visible()
    leave(page)
    wait_until(lambda: bool(host.searches))
    page.wait_for_timeout(200)
    assert host.searches == [report("passphrase", FOUND)]


def test_without_beacons(visit: Open, host: Server) -> None:
    """Where the browser has no beacon, a request that is kept alive takes its place."""
    page = visit(f"{host.url}/404.html")
    page.add_init_script("navigator.sendBeacon = undefined")
    page.goto(f"{host.url}/search.html?q=order+123456+passphrase")
    expect(results(page).first).to_be_visible()
    leave(page)
    wait_until(lambda: bool(host.searches))
    assert host.searches[0]["query"] == "order … passphrase"


@pytest.mark.parametrize(("query", "sent"), SCRUBBED.items(), ids=range(len(SCRUBBED)))
def test_scrubbing(go: Open, query: str, sent: str) -> None:
    """E-mail addresses, long numbers, questions of addresses and codes never leave the device."""
    page = go("/404.html")
    page.wait_for_selector("[role=combobox]")
    folder = page.evaluate("document.querySelector('script[data-main]').dataset.main").rpartition("/")[0]
    script = (
        "([folder, query]) => import(new URL(`${folder}/search-privacy.js`, location)).then((m) => m.scrubbed(query))"
    )
    assert page.evaluate(script, [folder, query]) == sent


def test_scrubbing_is_quick_and_done_once(go: Open) -> None:
    """Ten thousand signs of any kind are scrubbed at once, and what was scrubbed stays as it is."""
    page = go("/404.html")
    page.wait_for_selector("[role=combobox]")
    folder = page.evaluate("document.querySelector('script[data-main]').dataset.main").rpartition("/")[0]
    script = """async ([folder, queries]) => {
      const { scrubbed } = await import(new URL(`${folder}/search-privacy.js`, location));
      const start = performance.now();
      const stable = queries.every((query) => scrubbed(scrubbed(query)) === scrubbed(query));
      return [stable, performance.now() - start];
    }"""
    queries = ["1 " * 5000, "a@" * 5000, "?=" * 5000, "a1" * 5000, "://" * 3000, "+" * 10_000, *SCRUBBED]
    stable, took = page.evaluate(script, [folder, queries])
    assert stable
    assert took < 500
