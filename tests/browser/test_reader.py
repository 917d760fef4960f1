"""What a customer does: arrive, search, read, watch, vote, with and without JavaScript."""

from __future__ import annotations

import json

import pytest
from centres import ROOT, Served, kbgen, wait_until
from chromium import Open
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
ARTICLE = "/writing/write-an-article/"


def summary(database: str) -> dict[str, dict[str, object]]:
    done = kbgen("feedback", "summary", "--json", "--database", database, cwd=ROOT)
    assert done.code == 0, done.err
    return {row["article"]: row for row in json.loads(done.out)["articles"]}


def ready(page: Page) -> None:
    """Wait until the script has taken over the form; before that the form posts by itself."""
    expect(page.locator("[data-kb-why]")).to_be_hidden()


def test_from_home_to_a_vote(open_page: Open, served: Served) -> None:
    """A reader searches in their own words, opens the hit, votes no with a reason, and the writer finds the vote."""
    page = open_page("/")
    page.get_by_label("What do you need help with?").press_sequentially("votes do not show up")
    page.locator(".kb-suggest a").filter(has_text="Votes do not arrive").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votes do not arrive")

    ready(page)
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator(".kb-vote__status")).to_contain_text("Can you say what was wrong?")
    page.get_by_label("A step is missing").check()
    page.get_by_label("Tell us more").fill("Which log do I read?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".kb-vote__status")).to_contain_text("Thank you")

    article = "feedback/votes-do-not-arrive.md"
    wait_until(lambda: bool(summary(served.database).get(article, {}).get("comments")))
    row = summary(served.database)[article]
    assert (row["no"], row["reasons"], row["comments"]) == (1, {"missing": 1}, ["Which log do I read?"])


def test_search_and_vote_without_javascript(open_page: Open, served: Served) -> None:
    """Without JavaScript the search leads to all articles from A to Z, and the vote comes back with thanks."""
    page = open_page("/", java_script_enabled=False)
    page.get_by_label("What do you need help with?").fill("captions")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="All articles from A to Z").first.click()
    page.get_by_role("link", name="Write captions", exact=False).first.click()
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator("#vote-thanks")).to_be_visible()
    assert page.url.endswith("/videos/captions/#vote-thanks")
    assert summary(served.database)["videos/captions.md"]["yes"] == 1


def test_a_vote_waits_on_the_device_while_the_service_is_away(open_page: Open, served: Served) -> None:
    """With the service down the page says thanks and nothing alarming; the vote is delivered on the next page."""
    page = open_page("/writing/hide-or-schedule/", quiet=False)
    page.route("**/v1/votes", lambda route: route.abort())
    ready(page)
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator(".kb-vote__status")).to_contain_text("Thank you")
    wait_until(lambda: bool(page.evaluate("localStorage.getItem('kbgen.votes')")))
    page.unroute("**/v1/votes")
    page.goto(served.url + ARTICLE)
    wait_until(lambda: page.evaluate("localStorage.getItem('kbgen.votes')") is None)
    assert summary(served.database)["writing/hide-or-schedule.md"]["yes"] == 1


def test_enter_in_a_reason_never_turns_a_no_into_a_yes(open_page: Open, served: Served) -> None:
    """The form's own button for Enter says no, with and without JavaScript."""
    for script, name in ((True, "add-a-video"), (False, "captions-refused")):
        page = open_page(f"/videos/{name}/", java_script_enabled=script)
        if script:
            ready(page)
            page.get_by_role("button", name="No", exact=True).click()
        else:
            page.get_by_text("If not, what was wrong?").click()
        page.get_by_label("It is hard to understand").check()
        page.get_by_label("It is hard to understand").press("Enter")
        article = f"videos/{name}.md"
        wait_until(lambda article=article: summary(served.database).get(article, {}).get("reasons") == {"unclear": 1})
        row = summary(served.database)[article]
        assert (row["yes"], row["no"]) == (0, 1)


def test_the_results_page_has_an_address(open_page: Open) -> None:
    """A search can be linked; it forgives a slip, and says so when nothing is found."""
    page = open_page("/search.html?q=redirekt+after+renaming")
    expect(page.locator(".kb-results")).to_contain_text("Move or rename an article")
    page.goto(page.url.split("?")[0] + "?q=qqqqqq")
    expect(page.locator(".kb-results [role=status]")).to_contain_text("Nothing found")
    expect(page.get_by_role("heading", name="Browse by section")).to_be_visible()


def test_an_answer_phrase_beats_a_shared_word(open_page: Open) -> None:
    """A question that a writer listed as an answer phrase finds that article first."""
    page = open_page("/search.html?q=how+do+i+add+a+new+article")
    expect(page.locator(".kb-hit__title").first).to_have_text("Write an article")


def test_search_loads_nothing_before_it_is_used(open_page: Open) -> None:
    """The index is fetched at the first focus, not with the page."""
    page = open_page("/")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.wait_for_selector('head script[src$="/main.js"]', state="attached")
    assert not any("/search/en" in url for url in fetched)
    with page.expect_response("**/search/en.json"):
        page.get_by_label("What do you need help with?").focus()


def test_suggestions_work_from_the_keyboard(open_page: Open) -> None:
    """Arrow keys walk through the suggestions while the field keeps the focus, Escape closes them."""
    page = open_page("/")
    field = page.get_by_role("combobox", name="What do you need help with?")
    field.press_sequentially("captions")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(page.get_by_role("option").first.inner_text())
    page.keyboard.press("Escape")
    expect(page.locator(".kb-suggest")).to_be_hidden()
    expect(field).to_be_focused()


def test_a_chapter_starts_the_video_there(open_page: Open) -> None:
    """Chapters seek in place, and `?t=` opens the video at a second; both need Range requests."""
    page = open_page("/getting-started/first-help-centre/?t=12")
    wait_until(lambda: page.evaluate("document.querySelector('video').currentTime") >= 12)
    chapter = page.locator("[data-kb-seek]").nth(2)
    second = float(chapter.get_attribute("data-kb-seek") or 0)
    chapter.click()
    wait_until(lambda: abs(page.evaluate("document.querySelector('video').currentTime") - second) < 3)
    expect(page.locator(".kb-transcript")).to_contain_text("Markdown")
