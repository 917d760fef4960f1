"""Facts about customers' sentences: which of them may stand in a draft, and how."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.customers import fitting, tidied
from kbgen.tickets.ticket import Ticket
from kbgen.topics.topic import Topic


@pytest.mark.parametrize(
    ("sentence", "tidy"),
    [
        ("how do I export", "How do I export?"),
        ("Another thing: where is the PDF pls", "Where is the PDF?"),
        ("Please tell me how to print!", "How to print?"),
        ("The export fails.", "The export fails"),
    ],
)
def test_sentence_is_tidied(sentence: str, tidy: str) -> None:
    """Greetings and pleas go, a question ends with its mark."""
    assert tidied(sentence) == tidy


def test_names_in_a_sentence_are_refused(topic: Topic, answered: Callable[..., tuple[Ticket, ...]]) -> None:
    """A word with a capital letter is shown only where agents' answers hold it, as they do names of products."""
    tickets = answered(*["Open Outlook and press Export to PDF."] * 3)
    said = ["The export to Outlook fails", "The export for Jack Yardley fails"]
    assert fitting(said, topic, tickets, {}, "en") == ("The export to Outlook fails",)


def test_sentence_must_be_about_something(topic: Topic, answered: Callable[..., tuple[Ticket, ...]]) -> None:
    """What could be asked of anything is no phrase of this topic."""
    assert fitting(["What is the way?", "Where is the pdf?"], topic, answered(None), {}, "en") == ("Where is the pdf?",)


@settings(max_examples=150)
@given(st.text(max_size=80))
def test_tidying_twice_changes_nothing_more_than_once(sentence: str) -> None:
    """A tidy sentence has no white space around it."""
    assert tidied(sentence) == tidied(sentence).strip()
