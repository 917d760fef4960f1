"""Votes that cannot be delivered at once: they wait on the device, and go out once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from centres import wait_until
from hosting import Server
from playwright.sync_api import Browser, Page, expect
from vote_form import ARTICLE, answer, asked, ready, settled, tried, waiting

pytestmark = pytest.mark.browser

OTHER = "/guides/import/"
A_DAY = 24 * 3600 * 1000
NEVER = (400, 409, 413, 415, 422)
LATER = (403, 404, 408, 429, 500, 503, 507)
"""A wrong address or origin in the settings is mended one day, and the vote then counts."""


@pytest.fixture
def page(browser: Browser, voted: Server) -> Iterator[Page]:
    """The article, ready to vote on; a fault of a script fails the test."""
    context = browser.new_context()
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    page = context.new_page()
    page.goto(voted.url + ARTICLE)
    ready(page)
    yield page
    context.close()
    assert faults == []


def test_offline_then_online(page: Page, voted: Server) -> None:
    """A vote given offline is thanked for, waits, and is delivered once as soon as the device is online."""
    page.context.set_offline(True)
    answer(page, "Yes")
    expect(asked(page).get_by_role("status")).to_contain_text("Thank you")
    wait_until(lambda: len(waiting(page)) == 1)
    assert voted.votes == []
    page.context.set_offline(False)
    settled(page)
    assert [vote["helpful"] for vote in voted.votes] == [True]


def test_service_down(page: Page, voted: Server) -> None:
    """While the service fails the reader is told nothing alarming; the next page delivers the vote, once."""
    voted.status = 503
    answer(page, "Yes")
    expect(asked(page).get_by_role("status")).to_contain_text("Thank you")
    wait_until(lambda: len(waiting(page)) == 1)
    tried(page)
    voted.status = 202
    page.goto(voted.url + OTHER)
    settled(page)
    page.goto(voted.url + ARTICLE)
    expect(asked(page).get_by_text("You said yes.")).to_be_visible()
    assert len(voted.votes) == 1


def test_a_page_that_stays_open_tries_again(page: Page, voted: Server) -> None:
    """Without another page the vote is tried again after a pause."""
    page.clock.install()
    page.reload()
    voted.status = 503
    answer(page, "Yes")
    wait_until(lambda: len(waiting(page)) == 1)
    with page.expect_response("**/v1/votes"):
        page.clock.run_for(16_000)
    tried(page)
    assert len(waiting(page)) == 1
    voted.status = 202
    with page.expect_response("**/v1/votes"):
        page.clock.run_for(32_000)
    settled(page)
    assert len(voted.votes) == 1


def test_a_tab_that_is_shown_again_tries_again(page: Page, voted: Server) -> None:
    """Coming back to the tab delivers what waits."""
    voted.status = 500
    answer(page, "Yes")
    wait_until(lambda: len(waiting(page)) == 1)
    tried(page)
    voted.status = 202
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    settled(page)
    assert len(voted.votes) == 1


def test_two_tabs_send_it_once(page: Page, voted: Server) -> None:
    """Two open tabs that come online at the same moment deliver one vote between them."""
    other = page.context.new_page()
    other.goto(voted.url + OTHER)
    ready(other)
    page.context.set_offline(True)
    answer(page, "Yes")
    answer(other, "No")
    wait_until(lambda: len(waiting(page)) == 2)
    page.context.set_offline(False)
    settled(page)
    tried(other)
    assert sorted(str(vote["article"]) for vote in voted.votes) == ["guides/export.md", "guides/import.md"]


def test_the_last_word_counts(page: Page, voted: Server) -> None:
    """A vote that is changed while it waits goes out once, as it was left."""
    page.context.set_offline(True)
    answer(page, "No")
    asked(page).get_by_label("A step is missing").check()
    asked(page).get_by_role("button", name="Send").click()
    asked(page).get_by_role("button", name="Change").click()
    answer(page, "Yes")
    wait_until(lambda: [vote["helpful"] for vote in waiting(page)] == [True])
    page.context.set_offline(False)
    settled(page)
    assert [(vote["helpful"], "reason" in vote) for vote in voted.votes] == [(True, False)]


def left_after(page: Page, voted: Server, status: int) -> int:
    """How many of one waiting vote still wait when the service has answered with a status."""
    vote = {"id": "7a0c2c4e-64f3-4c1f-9a39-bd1a2c0a2a55", "article": "a.md", "revision": "0" * 16, "helpful": True}
    entry = {"action": f"{voted.url}/v1/votes", "vote": vote, "at": time.time() * 1000}
    page.evaluate("entry => localStorage.setItem('kbgen.votes', JSON.stringify([entry]))", entry)
    voted.status = status
    with page.expect_response("**/v1/votes"):
        page.evaluate("dispatchEvent(new Event('online'))")
    tried(page)
    return len(waiting(page))


def test_what_is_never_taken_is_dropped(page: Page, voted: Server) -> None:
    """What the service refuses for good is not sent again."""
    assert {status: left_after(page, voted, status) for status in NEVER} == dict.fromkeys(NEVER, 0)


def test_what_may_be_taken_later_is_kept(page: Page, voted: Server) -> None:
    """What the service cannot take now waits."""
    assert {status: left_after(page, voted, status) for status in LATER} == dict.fromkeys(LATER, 1)


def test_a_service_says_when_to_come_back(page: Page, voted: Server) -> None:
    """A vote that the service wants later waits for as long as it asks, whatever page is opened meanwhile."""
    page.clock.install()
    page.reload()
    voted.status, voted.retry_after = 429, "900"
    with page.expect_response("**/v1/votes"):
        answer(page, "Yes")
    wait_until(lambda: bool(page.evaluate("JSON.parse(localStorage.getItem('kbgen.votes'))[0].due")))
    voted.status = 202
    page.goto(voted.url + OTHER)
    ready(page)
    page.clock.run_for(600_000)
    assert (len(waiting(page)), voted.votes) == (1, [])
    with page.expect_response("**/v1/votes"):
        page.clock.run_for(600_000)
    settled(page)
    assert len(voted.votes) == 1


@pytest.mark.parametrize(("days", "sent"), [(6, 1), (8, 0)])
def test_a_vote_waits_for_a_week(page: Page, voted: Server, days: int, sent: int) -> None:
    """A vote that is older than a week is not sent any more."""
    vote = {"id": "7a0c2c4e-64f3-4c1f-9a39-bd1a2c0a2a55", "article": "a.md", "revision": "0" * 16, "helpful": True}
    entry = {"action": f"{voted.url}/v1/votes", "vote": vote, "at": time.time() * 1000 - days * A_DAY}
    page.evaluate("entry => localStorage.setItem('kbgen.votes', JSON.stringify([entry]))", entry)
    page.reload()
    ready(page)
    tried(page)
    assert len(voted.votes) == sent


def test_what_somebody_else_left_there(page: Page, voted: Server) -> None:
    """Odd contents of the device's storage do not keep anybody from voting."""
    for left in ("{", "null", '"text"', "[1, null]"):
        page.evaluate("left => ['votes', 'voted'].forEach((name) => localStorage.setItem(`kbgen.${name}`, left))", left)
        page.reload()
        answer(page, "Yes")
        expect(asked(page).get_by_text("You said yes.")).to_be_visible()
    wait_until(lambda: len(voted.votes) == 4)


def test_a_browser_that_keeps_nothing(page: Page, voted: Server) -> None:
    """Where the browser has no storage, the vote is sent at once."""
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.reload()
    answer(page, "Yes")
    expect(asked(page).get_by_text("You said yes.")).to_be_visible()
    wait_until(lambda: len(voted.votes) == 1)
