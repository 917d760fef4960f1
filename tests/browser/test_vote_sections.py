"""Votes on parts of an article: a quiet question below each section, where the site asks for it."""

from __future__ import annotations

import pytest
from accessibility import faults
from centres import wait_until
from chromium import Open
from hosting import Server
from playwright.sync_api import Locator, Page, expect
from vote_form import ARTICLE, PATH, Sites, answer

pytestmark = pytest.mark.browser

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum)));
})"""


@pytest.fixture
def host(voting_sites: Sites) -> Server:
    """The host that asks about parts, where nobody has voted yet."""
    server = voting_sites("service: /, sections: true")
    server.forget()
    return server


@pytest.fixture
def page(visit: Open, host: Server) -> Page:
    """The article there."""
    return visit(host.url + ARTICLE)


def part(page: Page, heading: str) -> Locator:
    """The question about the part below a heading."""
    return page.get_by_role("group", name=f"Did this part help? {heading}")


def test_each_part_asks(page: Page) -> None:
    """Below the text of each heading of the second level stands a question that names the part to who listens."""
    expect(page.locator(".kb-part")).to_have_count(2)
    expect(part(page, "Start an export")).to_be_visible()
    assert part(page, "Start an export").evaluate("group => group.nextElementSibling.id") == "open-the-file"
    assert faults(page) == []


def test_a_vote_on_a_part(page: Page, host: Server) -> None:
    """A vote on a part names the anchor of its heading, and is no vote on the article."""
    part(page, "Open the file").get_by_role("button", name="No").click()
    expect(part(page, "Open the file").get_by_role("status")).to_contain_text("Thank you")
    wait_until(lambda: len(host.votes) == 1)
    (vote,) = host.votes
    assert (vote["article"], vote["section"], vote["helpful"]) == (PATH, "open-the-file", False)
    expect(page.locator(".kb-vote__buttons")).to_be_visible()
    answer(page, "Yes")
    wait_until(lambda: len(host.votes) == 2)
    assert "section" not in host.votes[1]
    assert host.votes[0]["id"] != host.votes[1]["id"]


def test_a_part_remembers_and_forgets(page: Page, host: Server) -> None:
    """A part shows on a later visit what was said; the same answer again takes it back."""
    part(page, "Start an export").get_by_role("button", name="Yes").press("Enter")
    wait_until(lambda: len(host.votes) == 1)
    page.reload()
    expect(part(page, "Start an export").get_by_role("button", pressed=True)).to_have_text("Yes")
    expect(part(page, "Open the file").get_by_role("button", pressed=True)).to_have_count(0)
    part(page, "Start an export").get_by_role("button", name="Yes").click()
    expect(part(page, "Start an export").get_by_role("status")).to_have_text("Your answer is taken back.")
    wait_until(lambda: len(host.votes) == 2)
    assert [vote["helpful"] for vote in host.votes] == [True, None]
    assert host.votes[0]["id"] == host.votes[1]["id"]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_questions_come(visit: Open, host: Server, width: int) -> None:
    """The room for the questions is there before they are."""
    page = visit(host.url + ARTICLE, viewport={"width": width, "height": 800})
    expect(page.locator(".kb-part")).to_have_count(2)
    assert page.evaluate(SHIFTS) <= 0.01


def test_no_part_asks_by_default(visit: Open, voted: Server) -> None:
    """Without the setting nobody is asked about parts, and the module is not loaded."""
    page = visit(voted.url + ARTICLE)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".kb-part")).to_have_count(0)
    assert not [answer.path for answer in voted.answers if "vote-sections" in answer.path]
