"""Votes without a vote service: events of analytics scripts, forms that others take, and links to write to a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from accessibility import faults
from centres import build_site, wait_until
from chromium import Open
from hosting import serving
from playwright.sync_api import Browser, Page, expect
from vote_form import ARTICLE, PATH, Sites, answer, asked, make_centre, tried, waiting

pytestmark = pytest.mark.browser

SNIPPETS = {
    "ga4": "window.dataLayer = window.dataLayer || []; window.gtag = function () { dataLayer.push(arguments); };",
    "plausible": "window.plausible = function () { (plausible.q = plausible.q || []).push(arguments); };",
    "umami": "window.umami = { calls: [], track(...call) { this.calls.push(call); return Promise.resolve(''); } };",
    "matomo": "var _paq = window._paq = window._paq || [];",
}
"""What stands in a page before the vendor's script has come, as its snippet says; for Umami what its script defines."""
CALLS = {
    "ga4": "dataLayer.map((call) => [...call].slice(1))",
    "plausible": "(plausible.q || []).map(([name, { props }]) => [name, props])",
    "umami": "umami.calls",
    "matomo": "_paq",
}
"""What such a snippet has kept for its script."""
Asked = Callable[..., Page]


@pytest.fixture
def ask(visit: Open, voting_sites: Sites) -> Asked:
    """Opens the article of a site with such an adapter, where a script was run before."""

    def go(feedback: str, *, script: str = "", **options: object) -> Page:
        host = voting_sites(feedback)
        host.forget()
        page = visit(host.url + ARTICLE, **options)
        if script:
            page.add_init_script(script)
            page.reload()
        return page

    return go


def vote_no_then_yes(page: Page) -> str:
    """No with a reason, then yes after all, then nothing; the revision."""
    revision = asked(page).locator("[name=revision]").input_value()
    answer(page, "No")
    asked(page).get_by_label("A step is missing").check()
    asked(page).get_by_role("button", name="Send").click()
    asked(page).get_by_role("button", name="Change").click()
    answer(page, "Yes")
    asked(page).get_by_role("button", name="Undo").click()
    expect(asked(page).get_by_role("status")).to_have_text("Your answer is taken back.")
    return revision


@pytest.mark.parametrize("adapter", ["ga4", "plausible", "umami"])
def test_events(ask: Asked, adapter: str) -> None:
    """Each step is one event with article, revision and answer; what is taken back is an event as well."""
    page = ask(f"adapter: {adapter}", script=SNIPPETS[adapter])
    facts = {"article": PATH, "revision": vote_no_then_yes(page)}
    wait_until(lambda: len(page.evaluate(CALLS[adapter])) == 5)
    assert page.evaluate(CALLS[adapter]) == [
        ["article_vote", facts | {"helpful": "no"}],
        ["article_vote_reason", facts | {"helpful": "no", "reason": "missing"}],
        ["article_vote_undone", facts | {"helpful": "no"}],
        ["article_vote", facts | {"helpful": "yes"}],
        ["article_vote_undone", facts | {"helpful": "yes"}],
    ]


def test_matomo(ask: Asked) -> None:
    """Matomo's events have a category, an action and a name."""
    page = ask("adapter: matomo", script=SNIPPETS["matomo"])
    name = f"{PATH} {vote_no_then_yes(page)}"
    wait_until(lambda: len(page.evaluate("_paq")) == 5)
    assert page.evaluate("_paq") == [
        ["trackEvent", "article_vote", "no", name],
        ["trackEvent", "article_vote_reason", "missing", name],
        ["trackEvent", "article_vote_undone", "no", name],
        ["trackEvent", "article_vote", "yes", name],
        ["trackEvent", "article_vote_undone", "yes", name],
    ]


def test_a_tag_manager_alone(ask: Asked) -> None:
    """Where only Google's tag manager is there, the event goes into its data layer."""
    page = ask("adapter: ga4", script="window.dataLayer = [];")
    revision = asked(page).locator("[name=revision]").input_value()
    answer(page, "Yes")
    wait_until(lambda: bool(page.evaluate("dataLayer")))
    assert page.evaluate("dataLayer") == [
        {"event": "article_vote", "article": PATH, "revision": revision, "helpful": "yes"}
    ]


def test_the_policy_lets_the_script_through(visit: Open, tmp_path: Path) -> None:
    """A script of one's own analytics server, named as the article says, is loaded and gets the vote."""
    (tmp_path / "stats").mkdir()
    (tmp_path / "stats/matomo.js").write_text("document.documentElement.dataset.matomo = 'is here';")
    with serving(tmp_path / "stats") as stats:
        scripts = f"extra_javascript: [analytics.js, {{path: '{stats.url}/matomo.js', async: true}}]\n"
        folder = make_centre(tmp_path / "centre", f"adapter: matomo, endpoint: '{stats.url}'", more=scripts)
        (folder / "content/analytics.js").write_text(SNIPPETS["matomo"])
        with serving(build_site(folder)) as site:
            page = visit(site.url + ARTICLE, quiet=False)
            expect(page.locator("html[data-matomo]")).to_have_count(1)
            answer(page, "Yes")
            wait_until(lambda: len(page.evaluate("_paq")) == 1)
            page.close()


@pytest.mark.parametrize("adapter", SNIPPETS)
def test_a_script_that_is_broken(ask: Asked, adapter: str) -> None:
    """With a vendor's script that fails the reader still gets thanks, and nothing complains."""
    page = ask(
        f"adapter: {adapter}", script="gtag = plausible = umami = () => { throw new Error('theirs') }; _paq = 1;"
    )
    answer(page, "Yes")
    expect(asked(page).get_by_role("status")).to_contain_text("Thank you")


@pytest.mark.parametrize("adapter", SNIPPETS)
def test_a_script_that_is_blocked(ask: Asked, adapter: str) -> None:
    """Without the vendor's script the reader gets thanks as well, and nothing waits; no comment is asked for."""
    page = ask(f"adapter: {adapter}")
    expect(asked(page).locator("textarea")).to_have_count(0)
    answer(page, "No")
    asked(page).get_by_role("button", name="Send").click()
    expect(asked(page).get_by_role("status")).to_contain_text("Thank you. The people")
    assert waiting(page) == []


def test_no_dead_form(ask: Asked) -> None:
    """Without JavaScript nobody is asked what nobody could be told."""
    page = ask("adapter: plausible", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(asked(page)).to_be_hidden()


def test_the_adapter_alone_loads_its_module(ask: Asked, voting_sites: Sites) -> None:
    """The module of the adapters is loaded where one of them needs it, and nowhere else."""
    for feedback, loads in {"adapter: umami": True, "service: /": False, "adapter: form, endpoint: /": False}.items():
        page = ask(feedback)
        page.wait_for_load_state("networkidle")
        assert any("vote-adapter" in answer.path for answer in voting_sites(feedback).answers) is loads


def test_a_form(ask: Asked, voting_sites: Sites) -> None:
    """The endpoint gets the fields of the form under one id, again with each step, and keeps the page where it is."""
    settings = "adapter: form, endpoint: /forms/abc"
    page, host = ask(settings), voting_sites(settings)
    revision = asked(page).locator("[name=revision]").input_value()
    answer(page, "No")
    wait_until(lambda: len(host.votes) == 1)
    asked(page).get_by_label("Tell us more").fill("Which file?")
    asked(page).get_by_role("button", name="Send").click()
    wait_until(lambda: len(host.votes) == 2)
    first, second = host.votes
    assert first.pop("id") == second.pop("id")
    assert first == {"article": PATH, "revision": revision, "helpful": "false"}
    assert second == first | {"comment": "Which file?"}
    assert page.url == host.url + ARTICLE


def test_a_form_waits(ask: Asked, voting_sites: Sites) -> None:
    """What the endpoint cannot take now waits on the device and is sent with the next page."""
    settings = "adapter: form, endpoint: /forms/abc"
    page, host = ask(settings, quiet=False), voting_sites(settings)
    host.status = 503
    answer(page, "Yes")
    wait_until(lambda: len(waiting(page)) == 1)
    tried(page)
    host.status = 200
    page.reload()
    wait_until(lambda: not waiting(page))
    assert [vote["helpful"] for vote in host.votes] == ["true"]


def test_a_form_of_the_web_host(ask: Asked, voting_sites: Sites) -> None:
    """A host that takes forms itself finds the form's name; without JavaScript the reader comes back to the article."""
    settings = "adapter: form, endpoint: /"
    page, host = ask(settings, java_script_enabled=False), voting_sites(settings)
    expect(asked(page).locator("form[data-netlify=true][name=vote]")).to_have_count(1)
    answer(page, "Yes", script=False)
    assert page.url == f"{host.url}{ARTICLE}#vote-thanks"
    expect(asked(page).get_by_text("Thank you")).to_be_visible()
    page = ask(settings)
    answer(page, "Yes")
    wait_until(lambda: bool(host.votes))
    assert (host.votes[0]["form-name"], host.votes[0]["helpful"]) == ("vote", "true")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_issue(browser: Browser, voting_sites: Sites, script: bool) -> None:
    """A link opens an issue that names the article, its revision and the reasons to choose from."""
    host = voting_sites("adapter: issue, repository: https://github.com/acme/help.git")
    page = browser.new_context(java_script_enabled=script).new_page()
    page.goto(host.url + ARTICLE)
    link = page.get_by_role("region", name="Is something wrong or missing?").get_by_role("link")
    expect(link).to_have_text("Open an issue for this article")
    address = urlsplit(link.get_attribute("href") or "")
    fields = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://github.com/acme/help/issues/new"
    assert fields["title"] == "Export your data"
    assert f"https://help.example.com{ARTICLE}\r\n{PATH} " in fields["body"]
    assert fields["body"].count("- [ ] ") == 6
    page.context.close()


def test_a_mail(ask: Asked) -> None:
    """A link opens a mail to the address of the settings, with subject and text."""
    page = ask("adapter: mailto, address: docs@example.com")
    link = page.get_by_role("link", name="Write to the people who look after this article")
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", "docs@example.com")
    assert address.query.startswith("subject=Export%20your%20data&body=Export%20your%20data%0D%0Ahttps")
    assert "A step is missing" in unquote(address.query)
    assert faults(page) == []
