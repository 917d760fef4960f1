"""The contact page against a receiver: what led here comes along, faults are shown where they are, nothing is lost."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from centres import wait_until
from chromium import Open
from hosting import Server
from playwright.sync_api import Locator, Page, expect
from showcase import PAGES

pytestmark = pytest.mark.browser

CARRIED = {"article": "Write an article", "searched": "draft", "reason": "A step is missing"}
WRITTEN = {"subject": "A draft", "message": "I chose Save.\nNothing happened.", "email": "kim@example.com"}
ADDED = {"lang": "en", "website": ""}
"""What the form sends besides: the language of the page, and a field that people do not see."""


@pytest.fixture
def contact(open_showcase: Open) -> Page:
    """The contact page as an article leads to it, when its script has taken over."""
    page = open_showcase(PAGES["contact"])
    expect(field(page, "article")).to_have_value(CARRIED["article"])
    return page


def field(page: Page, name: str) -> Locator:
    return page.locator(f"[data-kb-contact-form] [name={name}]")


def write(page: Page, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        field(page, name).fill(text)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send the message").click()


def test_what_led_here_can_be_read_and_changed(contact: Page) -> None:
    """Article, searched words and reason from the address stand in fields that a person can change."""
    for name, text in CARRIED.items():
        expect(field(contact, name)).to_have_value(text)
        expect(field(contact, name)).to_be_visible()
        expect(field(contact, name)).to_be_editable()


def test_articles_are_suggested_while_the_subject_is_typed(contact: Page) -> None:
    """Articles that may answer are listed below the subject, and a status says how many."""
    status = contact.locator("[data-kb-contact-form] [data-kb-announce]")
    expect(status).to_have_role("status")
    field(contact, "subject").press_sequentially("votes do not show up")
    suggested = contact.get_by_role("list", name="Does one of these articles answer it?")
    expect(suggested.get_by_role("link", name="Votes do not arrive")).to_be_visible()
    expect(status).to_have_text(f"{suggested.get_by_role('link').count()} articles may answer it")
    field(contact, "subject").fill("")
    expect(suggested).to_be_hidden()
    expect(status).to_be_empty()


@pytest.mark.parametrize("email", ["", "kim", "kim@", "kim @example.com"])
def test_an_address_that_cannot_be_answered_is_marked(contact: Page, host: Server, email: str) -> None:
    """The e-mail field says what it needs, is marked and focused, and nothing is sent until it is mended."""
    write(contact, WRITTEN | {"email": email})
    send(contact)
    expect(field(contact, "email")).to_have_attribute("aria-invalid", "true")
    expect(field(contact, "email")).to_have_accessible_description(re.compile("name@example.com"))
    expect(field(contact, "email")).to_be_focused()
    expect(contact.get_by_text("Please fill in what is marked")).to_have_role("status")
    assert not host.received
    write(contact, WRITTEN)
    send(contact)
    expect(contact.locator(".kb-contact__sent")).to_be_focused()
    assert len(host.received) == 1


def test_the_first_empty_field_is_focused(contact: Page, host: Server) -> None:
    """Without a message and an address both are marked, and the message is focused, for it comes first."""
    send(contact)
    expect(field(contact, "message")).to_be_focused()
    for name in ("message", "email"):
        expect(field(contact, name)).to_have_attribute("aria-invalid", "true")
    assert not host.received


def test_a_message_arrives_once_and_whole(contact: Page, host: Server) -> None:
    """Two clicks send one message with every field; thanks say when an answer comes, and are focused."""
    write(contact, WRITTEN)
    button = contact.get_by_role("button", name="Send the message")
    button.evaluate("button => [button, button].forEach((pressed) => pressed.click())")
    thanks = contact.locator(".kb-contact__sent")
    expect(thanks).to_be_focused()
    expect(thanks).to_contain_text("We have your message. You hear from us within one working day")
    expect(contact.locator("[data-kb-contact-form] form")).to_be_hidden()
    [message] = host.received
    assert UUID(message.pop("id"))
    assert message | {"message": message["message"].replace("\r\n", "\n")} == CARRIED | WRITTEN | ADDED


def test_nothing_is_lost_while_the_receiver_fails(open_showcase: Open, host: Server) -> None:
    """An answer 500 leaves the text where it is and says so; a second try sends it."""
    page = open_showcase(PAGES["contact"], quiet=False)
    expect(field(page, "article")).to_have_value(CARRIED["article"])
    write(page, WRITTEN)
    host.status = 500
    send(page)
    status = page.locator(".kb-contact__status")
    expect(status).to_contain_text("Your text is still here")
    expect(status).to_be_focused()
    expect(field(page, "message")).to_have_value(WRITTEN["message"])
    assert not host.received
    host.status = 202
    send(page)
    expect(page.locator(".kb-contact__sent")).to_be_focused()
    assert len(host.received) == 1


def test_contact_without_javascript(open_showcase: Open, host: Server) -> None:
    """Without JavaScript the form is posted as it is, and comes back to thanks."""
    page = open_showcase(PAGES["contact"], java_script_enabled=False)
    expect(page.locator("#sent")).to_be_hidden()
    write(page, WRITTEN)
    send(page)
    expect(page.locator("#sent")).to_be_visible()
    assert page.url == f"{host.url}/contact.html#sent"
    assert [message["subject"] for message in host.received] == [WRITTEN["subject"]]


def test_the_foot_of_an_article_carries_it(open_showcase: Open) -> None:
    """The way to a person below an article names the article."""
    page = open_showcase(PAGES["how-to"])
    page.get_by_role("link", name="All ways to reach us").click()
    expect(field(page, "article")).to_have_value("Write an article (writing/write-an-article/)")


def test_a_no_carries_its_reason(open_showcase: Open, host: Server) -> None:
    """After a vote with a reason, the way to a person carries the article and the reason."""
    page = open_showcase(PAGES["how-to"])
    expect(page.locator("[data-kb-why]")).to_be_hidden()
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("A step is missing").check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Still stuck? Talk to a person").click()
    expect(field(page, "article")).to_have_value("Write an article (writing/write-an-article/)")
    expect(field(page, "reason")).to_have_value("A step is missing")
    wait_until(lambda: any("reason" in vote for vote in host.votes))


def test_a_search_without_result_carries_its_words(open_showcase: Open) -> None:
    """What was searched for in vain comes along to the contact page, from every link there."""
    page = open_showcase("/search.html?q=fax%20%26%20telex%20qqqqqq")
    expect(page.locator(".kb-results [role=status]")).to_contain_text("Nothing found")
    for name in ("Contact us", "All ways to reach us"):
        expect(page.get_by_role("link", name=name).first).to_have_attribute("href", re.compile("searched="))
    page.get_by_role("link", name="All ways to reach us").click()
    expect(field(page, "searched")).to_have_value("fax & telex qqqqqq")
