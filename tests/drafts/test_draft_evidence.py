"""Facts about the evidence view: what a writer sees of the tickets, on this machine only."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from kbgen.drafts.draft import Draft
from kbgen.drafts.evidence import address_of, checked_pattern, evidence
from kbgen.drafts.evidence_page import page_of, write_page
from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket

Answered = Callable[..., tuple[Ticket, ...]]
Drafted = Callable[..., Draft]
REPLY = "Open Settings. Press Export."


@pytest.fixture
def draft(drafted: Drafted, answered: Answered) -> Draft:
    tickets = answered(*[REPLY] * 7, "Take <b>care</b> of it.", "Take <b>care</b> of it.")
    return drafted(tuple(replace(t, url=f"https://desk.example.com/t/{t.id}") for t in tickets))


def test_each_step_stands_beside_its_sentences(draft: Draft) -> None:
    """A line has the sentences it rests on, with the tickets' addresses, and says how many there are."""
    shown = evidence(draft)
    first = shown.lines[0]
    assert (first.name, first.text, first.counts) == (
        "Step 1", "Open Settings.", "7 tickets from 7 people, always the same words"
    )  # fmt: skip
    assert [voice.ticket for voice in first.voices] == [str(n) for n in range(7)]
    assert first.voices[0].url == "https://desk.example.com/t/0"


def test_what_is_too_rare_for_a_draft_is_shown_here(draft: Draft) -> None:
    """What two tickets say is in the view, with the reason why it is not in the draft."""
    assert [(line.name, line.text) for line in evidence(draft).left_out] == [
        ("Too few tickets", "Take <b>care</b> of it.")
    ]


def test_page_needs_nothing_else(draft: Draft) -> None:
    """The page has no script and loads nothing; what customers wrote is text, not markup."""
    page = LexborHTMLParser(page_of(evidence(draft)))
    assert not page.css("script, link, img, iframe, b")
    assert "default-src 'none'" in page.html
    assert page.css("main a")[0].attributes["href"] == "https://desk.example.com/t/0"
    assert {link.attributes["rel"] for link in page.css("main a")} == {"noreferrer noopener"}
    assert len(page.css("h1")) == 1


def test_only_the_owner_may_read_the_page(tmp_path: Path, draft: Draft) -> None:
    """The file and its folder are for the eyes of one person."""
    path = write_page(tmp_path / ".kbgen", evidence(draft))
    assert path == tmp_path / ".kbgen/evidence/t-abc123.html"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_page_that_cannot_be_written_is_an_error(tmp_path: Path, draft: Draft) -> None:
    """Where a file is in the way, the error says so."""
    (tmp_path / ".kbgen").write_text("")
    with pytest.raises(KbgenError, match="cannot be used"):
        write_page(tmp_path / ".kbgen", evidence(draft))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", ""])
def test_only_web_addresses_are_links(answered: Answered, url: str) -> None:
    """An address that an export smuggles in is no link."""
    assert address_of(replace(answered(None)[0], url=url), "") == ""


def test_pattern_makes_addresses(answered: Answered) -> None:
    """Where the export has no addresses, a pattern with the id makes them, safely escaped."""
    ticket = replace(answered(None)[0], id="a/b?c")
    assert address_of(ticket, checked_pattern("https://x.example/t/{id}")) == "https://x.example/t/a%2Fb%3Fc"


@pytest.mark.parametrize("pattern", ["https://x.example/t/", "javascript:{id}", "{id}"])
def test_pattern_without_place_or_web_address_is_refused(pattern: str) -> None:
    """A pattern must be a web address and hold the id; the error shows one."""
    with pytest.raises(KbgenError) as caught:
        checked_pattern(pattern)
    assert "https://example.com/tickets/{id}" in caught.value.hint
