"""Facts about cleaning: what is kept of a message, and what is cut off its end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.tickets.cleaning import LONGEST, clean

ANY_TEXT = st.text(max_size=300)
LINES = st.lists(
    st.sampled_from(
        [
            "Hi Anna,",
            "",
            "> quoted",
            "How do I export?",
            "Thanks",
            "--",
            "Best regards",
            "Anna",
            "<p>x</p>",
            "On x wrote:",
        ]
    ),
    max_size=8,
).map("\n".join)


def test_quote_below_is_cut() -> None:
    """The mail that a customer answers is not part of what the customer says."""
    message = (
        "How do I export?\n\nOn Mon, 5 Jan 2026 at 10:00, Support <help@example.com> wrote:\n> Please write to us."
    )
    assert clean(message)[0] == "How do I export?"


def test_outlook_header_below_is_cut() -> None:
    """A mail quoted in the manner of Outlook, with From and Sent, is cut too."""
    message = "How do I export?\n\nFrom: Help <help@example.com>\nSent: Monday\nTo: you\nSubject: x\n\nWrite to us."
    assert clean(message)[0] == "How do I export?"


@pytest.mark.parametrize(
    "closing", ["Best regards", "Kind regards,", "Thanks!", "Cheers", "Mit freundlichen Grüßen", "-- "]
)
def test_signature_is_cut_and_handed_on(closing: str) -> None:
    """A signature leaves the message, and is returned beside it, because names stand there."""
    kept, cut = clean(f"How do I export?\n\n{closing}\nAnna Schmidt\nHead of Support")
    assert kept == "How do I export?"
    assert "Anna Schmidt" in cut


def test_name_alone_at_the_end_is_cut() -> None:
    """A first name below the message is a signature without a closing."""
    assert clean("How do I export?\nAnna") == ("How do I export?", "Anna")


def test_device_line_is_cut() -> None:
    """What a phone adds below a message is no part of it."""
    assert clean("How do I export?\n\nSent from my iPhone")[0] == "How do I export?"


def test_html_becomes_text() -> None:
    """Remains of HTML mail are taken out, breaks become lines and entities become characters."""
    assert clean("<p>How do I&nbsp;export <b>all</b>?</p><br>PDF &amp; HTML")[0] == "How do I export all?\n\nPDF & HTML"


def test_windows_line_ends_and_nul_are_evened_out() -> None:
    """Line ends of Windows become plain ones, NUL characters and zero-width spaces vanish."""
    assert clean("one\r\ntwo\rthree\x00\u200b")[0] == "one\ntwo\nthree"


def test_words_after_a_long_message_are_not_read() -> None:
    """At most twice LONGEST characters of a message are read; the door keeps LONGEST of what is left."""
    assert len(clean("word " * 4000)[0]) <= 2 * LONGEST


def test_message_of_a_single_name_is_kept() -> None:
    """Cleaning never takes the only line of a message, even where it looks like a sign-off."""
    assert clean("Anna")[0] == "Anna"


def test_empty_message_stays_empty() -> None:
    """Nothing in, nothing out."""
    assert clean("") == ("", "")


@pytest.mark.parametrize(
    "message", ["Hi\nThanks.\nHow do I export to PDF?", "Hi,\nthank you!\nOne more thing: how can I export to PDF?"]
)
def test_thanks_at_the_beginning_cut_nothing(message: str) -> None:
    """A message that begins with thanks keeps the question that follows."""
    assert "export" in clean(message)[0]


def test_words_below_a_quote_are_kept() -> None:
    """Who answers below the quote still says something."""
    message = "On Mon, 5 Jan 2026, Help <help@example.com> wrote:\n> Which file?\n\nThe second PDF does not open."
    assert "The second PDF does not open." in clean(message)[0]


def test_forwarded_mail_is_kept() -> None:
    """Who only forwards a mail asks what stands in it."""
    message = (
        "---------- Forwarded message ---------\nFrom: A <a@example.com>\nDate: x\nTo: b\n\nThe PDF does not open."
    )
    assert "The PDF does not open." in clean(message)[0]


@pytest.mark.parametrize(
    "message",
    ["It fails.\nSometimes, it also hangs.", "Open Settings.\nThen, click Export as PDF.", "Hi\nSorry, how do I?"],
)
def test_last_sentence_with_a_comma_is_kept(message: str) -> None:
    """A last line that is a sentence is no sign-off, even where a comma follows its first word."""
    assert clean(message)[0] == message


@pytest.mark.parametrize("message", ["\n" * 4000, "On " * 2600], ids=["empty lines", "On On On"])
def test_hostile_message_is_cleaned_at_once(message: str) -> None:
    """No message takes half a second to clean, whatever stands in it."""
    begin = time.process_time()
    clean(message)
    assert time.process_time() - begin < 0.5


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT | LINES)
def test_cleaning_never_fails(message: str) -> None:
    """Every text can be cleaned; the result is never longer than the limit, and has no empty space around it."""
    kept, _ = clean(message)
    assert len(kept) <= LONGEST
    assert kept == kept.strip()
    assert "\r" not in kept
    assert "\x00" not in kept


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_cleaning_adds_no_words(message: str) -> None:
    """What is kept consists of lines of the message, in their order."""
    lines = iter(line.strip().replace("<p>", "").replace("</p>", "") for line in message.splitlines())
    assert all(line in lines for line in clean(message)[0].splitlines() if line)
