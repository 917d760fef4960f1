"""The search field on every page: a combobox that suggests, corrects, remembers and never takes the focus away."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import brotli
import pytest
from accessibility import faults
from centres import ROOT, build_site, wait_until
from chromium import Open
from hosting import Server, hosted, serving
from playwright.sync_api import Browser, Page, expect
from searching import FOUND, SCRIPT, chosen, field, held_back, make_centre, options, said, spoken

from kbgen.articles.settings import LookSettings
from kbgen.plugins.look import make_look

pytestmark = pytest.mark.browser

UI = "search.js search-hit.js search-list.js search-recent.js search-source.js search-files.js".split()
ENGINE = "search-engine.js search-index.js search-words.js search-spelling.js search-passage.js".split()
HOSTILE = [
    SCRIPT,
    '"><svg onload=alert(3)>',
    "((((a|b)*)+)?[",
    "\\d{9}$^.*+?",
    "👩‍👩‍👧‍👦 🔑🔑🔑",
    "\u202edrowssap\u202c \u2067x",
    "\ud83d",
    "__proto__ constructor toString",
    "%00%ff ../../etc",
    "x" * 10_000,
    "pass word " * 1000,
]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The host of the small help centre, in each of the looks."""
    with ExitStack() as hosts:

        @cache
        def of(theme: str) -> Server:
            folder = make_centre(tmp_path_factory.mktemp(theme), theme=theme)
            if theme == "material":
                config = folder / "mkdocs.yml"
                config.write_text(config.read_text().replace("name: material", "name: material\n  custom_dir: over"))
                (folder / "over").mkdir()
                (folder / "over/main.html").write_text('{% extends "kbgen/material.html" %}')
            return hosts.enter_context(serving(build_site(folder)))

        yield of


@pytest.fixture
def go(visit: Open, sites: Callable[[str], Server]) -> Open:
    """Opens a path of the small help centre, `theme` says in which look."""

    def to(path: str = "/", theme: str = "kbgen", **more: object) -> Page:
        return visit(sites(theme).url + path, **more)

    return to


def ask(page: Page, text: str) -> None:
    """Put a text into the field at once, so that no suggestions for a part of it come first, and wait for its own."""
    field(page).fill(text)
    expect(options(page).first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/things/note/", "/things/", "/search.html", "/404.html", "/all/"])
def test_every_page_has_a_combobox(go: Open, path: str) -> None:
    """One field on each page is a combobox with a name, closed until it is used, which a slash leads to."""
    page = go(path)
    expect(field(page)).to_have_count(1)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_accessible_name(re.compile("Search|What do you need help with"))
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_stock_material_has_it_too(go: Open) -> None:
    """Under stock Material the field of an article works the same."""
    page = go("/things/note/", theme="material", quiet=False)
    page.wait_for_selector("[role=combobox]")
    page.keyboard.press("/")
    ask(page, "password")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change your password")


def test_a_slash_is_a_letter_where_somebody_types(go: Open) -> None:
    """In a field a slash is typed; with Control or Alt it is left to the browser."""
    page = go("/things/note/")
    page.wait_for_selector("[role=combobox]")
    for keys in ("Control+/", "Alt+/"):
        page.keyboard.press(keys)
        expect(field(page)).not_to_be_focused()
    field(page).press_sequentially("and/or")
    expect(field(page)).to_have_value("and/or")


def test_nothing_is_loaded_before_the_first_focus(go: Open, sites: Callable[[str], Server]) -> None:
    """Scripts and index of search come with the first focus, and only once."""
    host = sites("kbgen")
    host.forget()
    page = go("/things/note/")
    page.wait_for_load_state("networkidle")
    assert not [answer.path for answer in host.answers if "search" in answer.path]
    field(page).focus()
    page.wait_for_load_state("networkidle")
    ask(page, "password")
    loaded = [answer.path for answer in host.answers if "search" in answer.path]
    assert any("/search/" in path for path in loaded)
    assert len(loaded) == len(set(loaded))


def test_the_scripts_are_small() -> None:
    """The field and all it imports take at most 4.6 kB compressed as shipped, and 10 kB with the engine."""
    folder = ROOT / "theme/assets/kbgen"
    texts = {name: (folder / name).read_text() for name in UI}
    imported = {name for text in texts.values() for name in re.findall(r'from "\./([\w-]+\.js)"', text)}
    assert imported <= {*UI}
    shipped = make_look(ROOT / "theme", LookSettings(), lean=True).files
    assert sum(len(gzip.compress(shipped[name], 9)) for name in UI) <= 4_600
    assert sum(len(brotli.compress(shipped[name])) for name in [*UI, *ENGINE]) <= 10_240


def test_arrows_walk_and_the_focus_stays(go: Open) -> None:
    """Arrow keys go round through the options and the field; the focus never leaves the field."""
    page = go("/things/note/")
    ask(page, "password")
    count = options(page).count()
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    controlled = field(page).get_attribute("aria-controls")
    expect(page.get_by_role("listbox")).to_have_id(controlled or "")
    for place in [*range(count), None, 0]:
        page.keyboard.press("ArrowDown")
        expect(field(page)).to_be_focused()
        selected = page.locator("[role=option][aria-selected=true]")
        expect(selected).to_have_count(0 if place is None else 1)
        if place is not None:
            assert chosen(page).inner_text() == options(page).nth(place).inner_text() == selected.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen(page).inner_text() == options(page).last.inner_text()


def test_home_and_end_move_in_the_text(go: Open) -> None:
    """Home and End move the cursor in the field, and no option stays active."""
    page = go("/things/note/")
    ask(page, "password")
    for key, place in (("Home", 0), ("End", 8)):
        page.keyboard.press("ArrowDown")
        page.keyboard.press(key)
        assert field(page).evaluate("field => field.selectionStart") == place
        expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_enter_opens_the_active_option(go: Open) -> None:
    """Enter opens the active option at its section."""
    page = go("/things/note/")
    ask(page, "gear twelve letters")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/password/#on-a-phone")


def test_enter_without_an_option_asks_for_all_results(go: Open) -> None:
    """Enter in the field leads to the results page, and so does the last option."""
    page = go("/things/note/")
    ask(page, "passphrase")
    last = options(page).last
    expect(last).to_have_text(f"See all {FOUND} results")
    assert re.search(r"/search\.html\?q=passphrase$", last.evaluate("link => link.href"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=passphrase")


def test_escape_closes_then_clears(go: Open) -> None:
    """Escape closes the list and keeps the words; a second one clears them."""
    page = go("/things/note/")
    ask(page, "password")
    page.keyboard.press("Escape")
    expect(page.locator(".kb-suggest")).to_be_hidden()
    expect(field(page)).to_have_value("password")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_be_focused()


def test_an_arrow_opens_the_list_again(go: Open) -> None:
    """After Escape the arrow down opens the list at its first option."""
    page = go("/things/note/")
    ask(page, "password")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(1)


def test_the_list_closes_when_the_focus_goes_on(go: Open) -> None:
    """Tab past the form closes the list, and so does a click beside it."""
    page = go("/things/note/")
    ask(page, "password")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".kb-suggest")).to_be_hidden()
    field(page).press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.mouse.click(5, 600)
    expect(page.locator(".kb-suggest")).to_be_hidden()


def test_words_that_are_being_composed_are_left_alone(go: Open) -> None:
    """Enter that ends a word of an input method opens nothing."""
    page = go("/things/note/")
    ask(page, "password")
    page.keyboard.press("ArrowDown")
    field(page).evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    page.wait_for_timeout(100)
    assert page.url.endswith("/things/note/")


def test_suggestions_are_announced_once_the_reader_pauses(go: Open) -> None:
    """How many suggestions there are is said politely, after a pause and not for each letter."""
    page = go("/things/note/")
    page.wait_for_selector("[role=combobox]")
    field(page).focus()
    page.wait_for_selector("[data-kb-search] [role=status]", state="attached")
    page.evaluate(
        """() => new MutationObserver(() => (window.told = [...(window.told || []), document.querySelector(
          "[data-kb-search] [role=status]").textContent])).observe(
          document.querySelector("[data-kb-search] [role=status]"), { childList: true })"""
    )
    field(page).press_sequentially("password", delay=40)
    expect(spoken(page)).to_have_text(re.compile(r"^\d+ suggestions?$"))
    assert len(page.evaluate("window.told")) == 1
    field(page).fill("qqqqqqqq")
    expect(spoken(page)).to_have_text("Nothing found yet. Press Enter to see where else you can look.")
    expect(field(page)).to_have_attribute("aria-expanded", "false")


def test_an_old_answer_never_takes_the_place_of_a_newer_one(go: Open) -> None:
    """An answer that arrives late for words that have changed since is dropped."""
    page = go("/things/note/")
    words = "**/search/en/words.*"  # of which only the beginning of a word has need
    with held_back(page, words):
        with page.expect_request(words):
            field(page).press_sequentially("ca")
        field(page).press_sequentially("lendar")
        expect(options(page)).to_have_text([re.compile("calendar")])
        field(page).fill("invoice")
        expect(options(page)).to_have_text([re.compile("invoice")])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    expect(options(page)).to_have_text([re.compile("invoice")])


def test_an_answer_that_comes_after_escape_is_dropped(go: Open) -> None:
    """Once the list was closed, by Escape or by a click beside it, an answer that was on its way does not open it."""
    page = go("/things/note/")
    for query, leave in (("pass", page.locator("h1").click), ("calendar", lambda: field(page).press("Escape"))):
        with held_back(page, "**/search/en/a/*"):
            with page.expect_request("**/search/en/a/*"):
                field(page).fill(query)
            leave()
        page.wait_for_timeout(500)
        expect(page.locator(".kb-suggest")).to_be_hidden()


def test_what_an_option_shows(go: Open) -> None:
    """An option shows title, kind, the way there and a passage with the words marked."""
    page = go("/things/note/")
    ask(page, "gear twelve letters")
    first = options(page).first
    expect(first.locator(".kb-hit__title")).to_have_text("Change your password")
    expect(first.locator(".kb-hit__where")).to_have_text(re.compile("How-to.*Account › On a phone"))
    expect(first.locator("mark").first).to_have_text(re.compile("gear|twelve|letters"))


def test_a_video_says_where(go: Open) -> None:
    """A hit in a video names its second as people say it, and leads there."""
    page = go("/things/note/")
    for query, place, second in (("subtitle", "at 1:23", 83), ("goodbye", "at 1:02:03", 3723)):
        field(page).fill(query)
        expect(options(page)).to_have_text([re.compile(f"Watch the tour.*Video.*{place}.*{query}", re.DOTALL)])
        assert options(page).first.evaluate("link => link.href").endswith(f"/videos/tour/?t={second}")


def test_a_slip_is_named(go: Open) -> None:
    """Where no article says a word, the list says what it shows instead, and so does the status."""
    page = go("/things/note/")
    ask(page, "calandar")
    sentence = "No article says “calandar”. Showing results for “calendar”."
    expect(page.locator(".kb-suggest__note")).to_have_text(sentence)
    expect(options(page)).to_have_text([re.compile("Manage your calendar")])
    expect(spoken(page)).to_have_text(f"{sentence} 1 suggestion")


def test_the_best_answer_comes_first(go: Open) -> None:
    """An article that answers just this stands first with what it says, marked as the best answer, and only once."""
    page = go("/things/note/")
    ask(page, "I forgot my password")
    first = re.compile("Best answer.*Change your password.*Choose a new password in your account", re.DOTALL)
    expect(options(page).first).to_have_text(first)
    for only_once in ("Best answer", "Change your password"):
        expect(options(page).filter(has_text=only_once)).to_have_count(1)
    assert options(page).count() > 1


def test_right_to_left(go: Open) -> None:
    """Title, passage and field of a language from right to left are read from the right."""
    page = go("/things/note/")
    ask(page, "كلمة المرور")
    direction = "element => getComputedStyle(element).direction"
    assert field(page).evaluate(direction) == "rtl"
    for part in (".kb-hit__title", ".kb-hit__text"):
        assert options(page).first.locator(part).evaluate(direction) == "rtl"


@pytest.mark.parametrize("queries", [HOSTILE[::3], pytest.param(HOSTILE, marks=pytest.mark.slow)], ids=["some", "all"])
def test_hostile_words(go: Open, queries: list[str]) -> None:
    """Whatever is typed stays text, breaks nothing, and leads to the results page."""
    page = go("/things/note/")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for query in queries:
        field(page).focus()
        field(page).evaluate("(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", query)
        page.locator(".kb-suggest").wait_for()
        assert not page.locator("[data-kb-search] :is(img, script, svg)").count(), query
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), query
        field(page).press("Enter")
        page.wait_for_url("**/search.html?q=*")
        expect(page.locator("[data-kb-results] [role=status]")).to_have_text(re.compile("article|Nothing found"))
        page.goto(page.url.partition("search.html")[0] + "things/note/")


def test_hostile_articles(go: Open) -> None:
    """What an article says is shown as it is written, never read as markup."""
    page = go("/things/note/")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    ask(page, "zebra field")
    first = options(page).first
    expect(first.locator(".kb-hit__title")).to_have_text(f"Paste {SCRIPT} safely")
    expect(first.locator(".kb-hit__where bdi")).to_have_text([SCRIPT, f"Write {SCRIPT} there"])
    expect(first.locator(".kb-hit__text")).to_have_text(f"A zebra field takes {SCRIPT} as it is.")
    expect(first.locator("mark")).to_have_text(["zebra", "field"])
    field(page).fill("script onerror")
    expect(first.locator("mark").first).to_have_text(re.compile("script|onerror"))
    assert not page.locator("[data-kb-search] :is(img, script)").count()


def test_recent_searches(go: Open) -> None:
    """What was sent or led to an article is offered in the empty field, newest first, five at most, on this device."""
    page = go("/things/note/")
    for number in range(6):
        field(page).fill(f"note {number}")
        field(page).press("Enter")
        page.wait_for_url(f"**/search.html?q=note+{number}")
        expect(said(page)).to_have_text(re.compile("articles?"))
    page.goto(page.url.partition("search.html")[0] + "things/note/")
    field(page).press_sequentially("password")
    options(page).first.click()
    page.wait_for_url("**/account/**")
    field(page).press_sequentially("typed only")
    page.wait_for_timeout(300)
    page.goto(page.url.split("#")[0] + "?again")
    field(page).focus()
    expect(options(page)).to_have_text(["password", "note 5", "note 4", "note 3", "note 2"])
    expect(page.locator(".kb-suggest__note")).to_have_text("Your recent searches")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=note+5")


def test_recent_searches_can_be_cleared(go: Open) -> None:
    """A button in reach of Tab clears them, and the focus returns to the field."""
    page = go("/things/note/")
    page.evaluate("localStorage.setItem('kbgen.searches', JSON.stringify(['one', 'two']))")
    page.wait_for_selector("[role=combobox]")
    page.keyboard.press("/")
    expect(options(page)).to_have_text(["one", "two"])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Clear recent searches")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".kb-suggest")).to_be_hidden()
    expect(field(page)).to_be_focused()
    assert page.evaluate("localStorage.getItem('kbgen.searches')") is None


@pytest.mark.parametrize("kept", ["{", "7", '{"a": 1}', '[null, 7, ["x"]]'])
def test_a_memory_that_somebody_spoiled(go: Open, kept: str) -> None:
    """What cannot be read as searches is passed over."""
    page = go("/things/note/")
    page.evaluate("kept => localStorage.setItem('kbgen.searches', kept)", kept)
    ask(page, "password")
    field(page).fill("")
    page.wait_for_timeout(200)
    expect(page.locator(".kb-suggest")).to_be_hidden()
    field(page).fill("password")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=password")
    assert page.evaluate("localStorage.getItem('kbgen.searches')") == '["password"]'


def test_without_storage(go: Open) -> None:
    """A browser that keeps nothing searches all the same."""
    page = go("/404.html")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('private'); } })")
    page.goto(page.url.replace("404.html", "things/note/"))
    ask(page, "password")
    options(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change your password")


@pytest.mark.parametrize("text", ["", "{", '{"schema_version": 99}'])
def test_an_index_that_cannot_be_read(go: Open, text: str) -> None:
    """Without an index the field says so, and still leads to the results page."""
    page = go("/things/note/", quiet=False)
    page.route("**/search/**", lambda route: route.fulfill(body=text) if text else route.abort())
    field(page).press_sequentially("password")
    expect(page.locator(".kb-suggest")).to_contain_text("Suggestions could not be loaded")
    page.unroute("**/search/**")
    field(page).press_sequentially(" ")
    expect(options(page).first).to_be_visible()


def test_an_option_that_is_being_clicked_stays(go: Open) -> None:
    """Suggestions that arrive between the press and the release of a button do not take the option away."""
    page = go("/things/note/")
    ask(page, "password")
    target = options(page).first.evaluate("link => link.href")
    options(page).first.hover()
    page.mouse.down()
    field(page).evaluate(
        "field => { field.value = 'calendar'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    page.wait_for_timeout(500)
    page.mouse.up()
    page.wait_for_url(target)


def test_suggestions_wait_for_a_press_beside_the_options(go: Open) -> None:
    """A press that opens nothing holds the newest suggestions up no longer than it lasts."""
    page = go("/things/note/")
    ask(page, "password")
    options(page).first.hover()
    page.mouse.down()
    field(page).fill("calendar")
    page.wait_for_timeout(500)
    expect(options(page).first).to_contain_text(re.compile("password", re.IGNORECASE))
    field(page).hover()
    page.mouse.up()
    expect(options(page).first).to_contain_text(re.compile("calendar", re.IGNORECASE))


def test_below_a_path(tmp_path: Path, browser: Browser) -> None:
    """In a site that lies below a path everything is found there, from pages of any depth."""
    site = build_site(make_centre(tmp_path, url="https://help.example.com/help/"))
    (tmp_path / "host").mkdir()
    (tmp_path / "host/help").symlink_to(site)
    with hosted(tmp_path / "host") as url:
        page = browser.new_page()
        for path in ("/help/", "/help/things/note/"):
            page.goto(url + path)
            ask(page, "password")
            options(page).first.click()
            page.wait_for_url(f"{url}/help/account/password/**")
        page.goto(f"{url}/help/")
        field(page).fill("password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{url}/help/search.html?q=password")
        page.locator("[data-kb-results] li a").first.click()
        page.wait_for_url(f"{url}/help/account/password/**")
        page.close()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (390, "dark"),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
        pytest.param(390, "light", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(go: Open, width: int, scheme: str) -> None:
    """Open with suggestions, with nothing and with recent searches, the field is accessible, wide and narrow."""
    page = go("/things/note/", viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    ask(page, "password")
    page.keyboard.press("ArrowDown")
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    field(page).fill("qqqqqqqq")
    expect(page.locator(".kb-suggest__note")).to_contain_text("Nothing found yet")
    assert faults(page) == []
    page.evaluate("localStorage.setItem('kbgen.searches', JSON.stringify(['one', 'two']))")
    field(page).fill("")
    expect(options(page)).to_have_text(["one", "two"])
    assert faults(page) == []


def test_the_active_option_is_seen_without_colours(go: Open) -> None:
    """Where colours are forced, the active option has a line around it."""
    page = go("/things/note/", forced_colors="active")
    ask(page, "password")
    page.keyboard.press("ArrowDown")
    style = chosen(page).evaluate("option => getComputedStyle(option).outlineStyle")
    assert style == "solid"


def test_a_list_is_never_longer_than_the_window(go: Open) -> None:
    """Enlarged to 400 %, field and list fit into the window, and the active option is in view."""
    page = go("/", viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    ask(page, "passphrase")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    wait_until(lambda: chosen(page).evaluate("option => option.getBoundingClientRect().bottom <= innerHeight"))
    expect(field(page)).to_be_in_viewport()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
