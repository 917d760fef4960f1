"""A journey without a mouse: search, read, vote, write to a person; wide, and enlarged to 400 %."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from centres import wait_until
from chromium import Open
from hosting import Server
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

ARTICLE = "Votes do not arrive (feedback/votes-do-not-arrive/)"
FOCUS = """() => {
  const element = document.activeElement;
  const [box] = element.getClientRects();
  const style = getComputedStyle(element);
  const found = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    ringed: element.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    uncovered: Boolean(found) && (element.contains(found) || found.contains(element)),
    sideways: document.documentElement.scrollWidth > innerWidth,
  };
}"""
SEEN = {"ringed": True, "shown": True, "uncovered": True, "sideways": False}


@dataclass(frozen=True)
class Keyboard:
    """Somebody who has only a keyboard, and who has to see where they are after each key."""

    page: Page

    def press(self, key: str) -> None:
        """Press a key, and look where that led."""
        self.page.keyboard.press(key)
        self.look()

    def look(self) -> None:
        """What has the focus shows a ring, lies in the window under nothing else, and the page is not too wide."""
        focus = self.page.evaluate(FOCUS)
        assert focus == SEEN, self.page.evaluate("document.activeElement.outerHTML")

    def tab_to(self, target: Locator, *, most: int = 80) -> None:
        """Press Tab until `target` has the focus, past at most so many places."""
        for _ in range(most):
            self.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {target}")

    def write(self, target: Locator, text: str) -> None:
        """Go to a field and type."""
        self.tab_to(target)
        self.page.keyboard.type(text)

    def follow(self, target: Locator) -> None:
        """Go to a link and open it."""
        self.tab_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 320])
def test_from_home_to_a_message(open_showcase: Open, host: Server, width: int) -> None:
    """With keys alone a person searches, reads, votes no with a reason, and writes; every status says what happened."""
    page = open_showcase("/", viewport={"width": width, "height": 800 if width > 320 else 256}, reduced_motion="reduce")
    keyboard = Keyboard(page)

    keyboard.write(page.get_by_role("combobox", name="What do you need help with?"), "votes do not show up")
    expect(page.locator(".kb-search [role=status]")).to_have_text(re.compile(r"^\d+ suggestions$"))
    keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_be_in_viewport()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votes do not arrive")

    vote = page.locator("[data-kb-vote]")
    expect(vote.locator("[data-kb-why]")).to_be_hidden()
    keyboard.tab_to(vote.get_by_role("button", name="No", exact=True))
    keyboard.press("Enter")
    expect(vote.get_by_role("status")).to_have_text(re.compile("Can you say what was wrong?"))
    keyboard.tab_to(vote.get_by_role("radio").first)
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    expect(vote.get_by_label("A step is missing")).to_be_checked()
    keyboard.tab_to(vote.get_by_role("button", name="Send"))
    keyboard.press("Enter")
    expect(vote.get_by_role("status")).to_be_focused()
    expect(vote.get_by_role("status")).to_have_text(re.compile("^Thank you"))
    wait_until(lambda: len(host.votes) == 2)
    assert [(cast["helpful"], cast.get("reason")) for cast in host.votes] == [(False, None), (False, "missing")]
    assert len({cast["id"] for cast in host.votes}) == 1, "the second replaces the first"

    keyboard.follow(vote.get_by_role("link", name="Still stuck? Talk to a person"))
    form = page.locator("[data-kb-contact-form]")
    expect(form.get_by_label("Article you read")).to_have_value(ARTICLE)
    keyboard.write(form.get_by_label("What is it about?"), "captions")
    expect(form.locator("[data-kb-announce]")).to_have_text(re.compile("may answer it$"))
    keyboard.write(form.get_by_label("What can we help you with?"), "No vote arrives.")
    keyboard.tab_to(form.get_by_role("button", name="Send the message"))
    keyboard.press("Enter")
    expect(form.get_by_text("Please fill in what is marked")).to_have_role("status")
    expect(form.get_by_label("Your e-mail address")).to_be_focused()
    keyboard.look()
    page.keyboard.type("kim@example.com")
    page.keyboard.press("Enter")
    expect(form.get_by_text("We have your message")).to_be_focused()
    keyboard.look()
    sent = {"subject": "captions", "message": "No vote arrives.", "email": "kim@example.com", "searched": ""}
    added = {"lang": "en", "website": ""}
    [message] = host.received
    assert UUID(message.pop("id"))
    assert message == sent | added | {"article": ARTICLE, "reason": "A step is missing"}


def test_the_reasons_follow_the_answer_no(open_showcase: Open, host: Server) -> None:
    """Tab goes on from No to the reasons, the comment and Send, in the order in which they stand on the page."""
    page = open_showcase("/feedback/votes-do-not-arrive/")
    vote = page.locator("[data-kb-vote]")
    expect(vote.locator("[data-kb-why]")).to_be_hidden()
    vote.get_by_role("button", name="No", exact=True).press("Enter")
    for target in (vote.get_by_role("radio").first, vote.get_by_label("Tell us more"), vote.get_by_text("Send").last):
        page.keyboard.press("Tab")
        expect(target).to_be_focused()
    wait_until(lambda: bool(host.votes))  # else it comes while the next test counts
