"""The vote: yes, no and why, changed and undone, with and without JavaScript, by keyboard and by ear."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from accessibility import faults
from centres import ROOT, build_site, wait_until
from chromium import Open
from complaints import REPORT_FORBIDDEN
from hosting import Server, serving
from playwright.sync_api import Browser, Page, Route, expect
from vote_form import ARTICLE, PATH, Sites, answer, asked, make_centre, ready, settled

from kbgen.articles.settings import LookSettings
from kbgen.plugins.look import make_look

pytestmark = pytest.mark.browser

THANKS = re.compile("^Thank you. The people who write these articles")
ASKS_WHY = re.compile("Can you say what was wrong?")
PRIVATE = {
    "Do Not Track": "Object.defineProperty(navigator, 'doNotTrack', { value: '1' })",
    "Global Privacy Control": "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })",
}


@pytest.mark.parametrize("name", ["vote", "vote-adapter", "vote-sections"])
def test_a_module_is_small(name: str) -> None:
    """The vote takes at most 3 kB as it is sent, and so does each module that joins it where it is used."""
    script = make_look(ROOT / "theme", LookSettings(), lean=True).files[f"{name}.js"]
    assert len(gzip.compress(script, 9)) <= 3000


def test_yes(open_article: Open, voted: Server) -> None:
    """A yes is one vote on this revision; the page says thanks and what was said, and sets no cookie."""
    page = open_article()
    revision = asked(page).locator("[name=revision]").input_value()
    answer(page, "Yes")
    expect(asked(page).get_by_role("status")).to_have_text(THANKS)
    expect(asked(page).get_by_text("You said yes.")).to_be_visible()
    expect(asked(page).locator(".kb-vote__buttons")).to_be_hidden()
    wait_until(lambda: bool(voted.votes))
    (vote,) = voted.votes
    assert UUID(str(vote.pop("id"))).version == 4
    assert isinstance(vote.pop("seconds"), float | int)
    assert vote == {"article": PATH, "revision": revision, "helpful": True}
    assert page.context.cookies() == []


def test_no_and_why(open_article: Open, voted: Server) -> None:
    """A no counts at once; reason and comment follow under the same id, and the way to a person opens."""
    page = open_article()
    answer(page, "No")
    expect(asked(page).get_by_role("status")).to_have_text(ASKS_WHY)
    expect(asked(page).get_by_role("link", name="Still stuck? Talk to a person")).to_be_visible()
    wait_until(lambda: len(voted.votes) == 1)
    asked(page).get_by_label("A step is missing").check()
    asked(page).get_by_label("Tell us more").fill("  Where is the file?  ")
    asked(page).get_by_role("button", name="Send").click()
    expect(asked(page).get_by_role("status")).to_have_text(THANKS)
    expect(asked(page).get_by_text("You said no.")).to_be_visible()
    wait_until(lambda: len(voted.votes) == 2)
    first, second = voted.votes
    assert first["id"] == second["id"]
    assert (first["helpful"], "reason" in first, "comment" in first) == (False, False, False)
    assert (second["helpful"], second["reason"], second["comment"]) == (False, "missing", "Where is the file?")


def test_a_changed_mind(open_article: Open, voted: Server) -> None:
    """A vote can be changed: the same id, the other answer, and no reason that belonged to the first."""
    page = open_article()
    answer(page, "No")
    asked(page).get_by_label("Something else").check()
    settled(page)
    answer(page, "Yes")
    settled(page)
    asked(page).get_by_role("button", name="Change").click()
    expect(asked(page).get_by_role("button", name="Yes", exact=True)).to_be_focused()
    expect(asked(page).get_by_role("button", pressed=True)).to_have_text("Yes")
    answer(page, "No")
    wait_until(lambda: len(voted.votes) == 3)
    assert len({vote["id"] for vote in voted.votes}) == 1
    assert [(vote["helpful"], vote.get("reason")) for vote in voted.votes] == [
        (False, None),
        (True, None),
        (False, "other"),
    ]


def test_undo(open_article: Open, voted: Server) -> None:
    """A vote can be taken back; the question stands there again, and a new answer takes its place, whatever is late."""
    page = open_article()
    answer(page, "Yes")
    settled(page)
    asked(page).get_by_role("button", name="Undo").click()
    expect(asked(page).get_by_role("status")).to_have_text("Your answer is taken back.")
    expect(asked(page).get_by_role("button", name="Yes", exact=True)).to_be_focused()
    expect(asked(page).get_by_text("You said")).to_be_hidden()
    wait_until(lambda: voted.votes[-1]["helpful"] is None)
    settled(page)
    answer(page, "No")
    wait_until(lambda: len(voted.votes) == 3)
    assert [vote["helpful"] for vote in voted.votes] == [True, None, False]
    assert len({vote["id"] for vote in voted.votes}) == 1


def test_who_comes_back_finds_their_vote(open_article: Open, voted: Server) -> None:
    """On a later visit the page says what the reader said, in silence; undoing it then takes back that vote."""
    page = open_article()
    answer(page, "Yes")
    wait_until(lambda: len(voted.votes) == 1)
    page.reload()
    expect(asked(page).get_by_text("You said yes.")).to_be_visible()
    expect(asked(page).get_by_role("status")).to_be_empty()
    expect(asked(page).locator(".kb-vote__buttons")).to_be_hidden()
    asked(page).get_by_role("button", name="Undo").click()
    wait_until(lambda: len(voted.votes) == 2)
    assert voted.votes[1]["id"] == voted.votes[0]["id"]
    assert voted.votes[1]["helpful"] is None
    page.reload()
    expect(asked(page).locator(".kb-vote__buttons")).to_be_visible()


def test_a_new_revision_asks_anew(open_article: Open, voted: Server) -> None:
    """A vote belongs to the revision that was read: the next one asks again, under a new id."""
    page = open_article()
    answer(page, "Yes")
    wait_until(lambda: len(voted.votes) == 1)

    def revise(route: Route) -> None:
        response = route.fetch()
        text = re.sub(r'(name="revision" value=")[0-9a-f]+', r"\g<1>fedcba9876543210", response.text())
        route.fulfill(response=response, body=text)

    page.route(f"**{ARTICLE}", revise)
    page.reload()
    answer(page, "No")
    wait_until(lambda: len(voted.votes) == 2)
    assert voted.votes[1]["revision"] == "fedcba9876543210"
    assert voted.votes[0]["id"] != voted.votes[1]["id"]


def search_and_vote(page: Page, reason: str) -> None:
    """Open the article from a search that names a person, and vote no."""
    page.get_by_label("What do you need help with?").fill("export for kim@example.com")
    page.locator(".kb-suggest a").filter(has_text="Export your data").click()
    page.wait_for_url(f"**{ARTICLE}*")
    answer(page, "No")
    asked(page).get_by_label(reason).check()
    asked(page).get_by_role("button", name="Send").click()


def test_the_search_that_led_here(visit: Open, voted: Server) -> None:
    """Who looked for something else tells with it what they searched for, without what may name a person."""
    search_and_vote(visit(voted.url), "It is not what I looked for")
    wait_until(lambda: len(voted.votes) == 2)
    assert [vote.get("query") for vote in voted.votes] == [None, "export for …"]


def test_other_reasons_keep_the_search_to_themselves(visit: Open, voted: Server) -> None:
    """The search goes along with that one reason alone."""
    search_and_vote(visit(voted.url), "A step is missing")
    wait_until(lambda: len(voted.votes) == 2)
    assert not any("query" in vote for vote in voted.votes)


@pytest.mark.parametrize("wish", PRIVATE)
def test_who_asks_not_to_be_followed(browser: Browser, voted: Server, wish: str) -> None:
    """With Do Not Track or Global Privacy Control nothing is sent but the vote itself."""
    page = browser.new_context().new_page()
    page.add_init_script(PRIVATE[wish])
    page.goto(voted.url)
    search_and_vote(page, "It is not what I looked for")
    wait_until(lambda: len(voted.votes) == 2)
    assert [set(vote) for vote in voted.votes] == [
        {"id", "article", "revision", "helpful"},
        {"id", "article", "revision", "helpful", "reason"},
    ]
    page.context.close()


def test_without_javascript(open_article: Open, voted: Server) -> None:
    """The plain form carries vote, reason and comment, and comes back to thanks and a way to a person."""
    page = open_article(java_script_enabled=False)
    asked(page).get_by_text("If not, what was wrong?").click()
    asked(page).get_by_label("A step is missing").check()
    asked(page).get_by_label("Tell us more").fill("Which menu?")
    expect(asked(page).get_by_text("Thank you")).to_be_hidden()
    answer(page, "No", script=False)
    assert page.url == f"{voted.url}{ARTICLE}#vote-thanks"
    expect(asked(page).get_by_text("Thank you")).to_be_visible()
    expect(asked(page).get_by_role("link", name="Still stuck? Talk to a person")).to_be_visible()
    (vote,) = voted.votes
    del vote["revision"]
    assert vote == {
        "article": PATH,
        "page": "guides/export/",
        "website": "",
        "helpful": "false",
        "reason": "missing",
        "comment": "Which menu?",
    }


def test_a_field_that_only_machines_fill(open_article: Open, voted: Server) -> None:
    """Nobody sees or reaches the empty field; what is in it goes along, so that the service can tell."""
    page = open_article()
    trap = asked(page).locator("[name=website]")
    expect(asked(page).get_by_role("textbox")).to_have_count(0)
    assert trap.evaluate("field => field.tabIndex") == -1
    trap.evaluate("field => (field.value = 'https://spam.example')")
    answer(page, "Yes")
    wait_until(lambda: bool(voted.votes))
    assert voted.votes[0]["website"] == "https://spam.example"


def test_by_keyboard_alone(open_article: Open, voted: Server) -> None:
    """Yes, undo, no, a reason and change can all be reached and pressed in the order in which they stand."""
    page = open_article()
    ready(page)
    asked(page).get_by_role("button", name="Yes", exact=True).focus()
    page.keyboard.press("Enter")
    expect(asked(page).get_by_role("status")).to_be_focused()
    page.keyboard.press("Tab")
    expect(asked(page).get_by_role("button", name="Change")).to_be_focused()
    page.keyboard.press("Tab")
    expect(asked(page).get_by_role("button", name="Undo")).to_be_focused()
    settled(page)
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Tab")
    expect(asked(page).get_by_role("button", name="No", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(asked(page).get_by_label("It is wrong or out of date")).to_be_checked()
    page.keyboard.press("Enter")
    expect(asked(page).get_by_role("status")).to_be_focused()
    wait_until(lambda: len(voted.votes) == 4)
    assert [(vote["helpful"], vote.get("reason")) for vote in voted.votes] == [
        (True, None),
        (None, None),
        (False, None),
        (False, "wrong"),
    ]


def test_by_ear(open_article: Open) -> None:
    """Question and reasons have names; each step is said by a status that was there before."""
    page = open_article()
    region = page.get_by_role("region", name="Was this helpful?")
    status = region.get_by_role("status")
    expect(status).to_have_count(1)
    expect(status).to_be_empty()
    answer(page, "No")
    expect(status).to_have_text(ASKS_WHY)
    expect(region.get_by_role("button", pressed=True)).to_have_accessible_name("No")
    reasons = region.get_by_role("group", name="What was wrong?")
    expect(reasons.get_by_role("radio")).to_have_count(6)
    expect(region.get_by_role("textbox")).to_have_accessible_name(re.compile("leave out names and account numbers"))
    region.get_by_role("button", name="Send").click()
    expect(status).to_have_text(THANKS)
    region.get_by_role("button", name="Undo").click()
    expect(status).to_have_text("Your answer is taken back.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_to_find(open_article: Open, scheme: str) -> None:
    """Before and after each answer the page has no fault that axe knows, on light and on dark paper."""
    page = open_article(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    ready(page)
    assert faults(page) == []
    answer(page, "No")
    assert faults(page) == []
    asked(page).get_by_role("button", name="Send").click()
    assert faults(page) == []


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """A site, and the host of its vote service on another origin."""
    with serving(tmp_path_factory.mktemp("service")) as service:
        folder = make_centre(tmp_path_factory.mktemp("site"), f"service: '{service.url}'")
        with serving(build_site(folder)) as site:
            yield site, service


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_under_a_strict_policy(visit: Open, elsewhere: tuple[Server, Server], script: bool) -> None:
    """The page's policy lets votes through to a service elsewhere, from scripts and from the plain form."""
    site, service = elsewhere
    service.forget()
    page = visit(site.url + ARTICLE, quiet=False, java_script_enabled=script)
    forbidden: list[str] = []
    page.on("console", lambda message: forbidden.append(message.text) if message.type == "error" else None)
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    if script:
        page.evaluate(REPORT_FORBIDDEN)
    answer(page, "Yes", script=script)
    wait_until(lambda: len(service.votes) == 1)
    assert not [text for text in forbidden if "policy" in text.lower()]


def test_stock_material(visit: Open, tmp_path: Path) -> None:
    """Under stock Material the question answers in place as well."""
    folder = make_centre(tmp_path, "service: /, sections: true")
    config = (folder / "mkdocs.yml").read_text().replace("name: kbgen", "name: material\n  custom_dir: overrides")
    (folder / "mkdocs.yml").write_text(config)
    (folder / "overrides").mkdir()
    (folder / "overrides/main.html").write_text('{% extends "kbgen/material.html" %}\n')
    with serving(build_site(folder)) as host:
        page = visit(host.url + ARTICLE, quiet=False)
        answer(page, "Yes")
        expect(asked(page).get_by_text("You said yes.")).to_be_visible()
        expect(page.get_by_role("group", name="Did this part help? Start an export")).to_be_visible()
        wait_until(lambda: len(host.votes) == 1)
        page.close()


def test_words_of_the_site(visit: Open, voting_sites: Sites) -> None:
    """What the site would rather say stands in the question and is what the status says."""
    words = '    words: {vote_question: "Did it work?", vote_thanks: Merci & thanks.}\n'
    host = voting_sites("service: /", words)
    page = visit(host.url + ARTICLE)
    expect(page.get_by_role("region", name="Did it work?")).to_be_visible()
    answer(page, "Yes")
    expect(asked(page).get_by_role("status")).to_have_text("Merci & thanks.")
