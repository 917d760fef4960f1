"""Facts about steps: what of agents' answers becomes an instruction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.steps import LEAST_SUPPORT, MOST, Step, agreed_steps, instruction
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import Embedding

Answered = Callable[..., tuple[Ticket, ...]]


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("Press Export as PDF.", "Press Export as PDF."),
        ("First, please open the menu", "Open the menu."),
        ("then click on Save,", "Click on Save."),
        ("In Settings, enter the address", "In Settings, enter the address."),
        ("- run `kbgen build`", "Run `kbgen build`."),
    ],
)
def test_instruction_becomes_a_step(sentence: str, step: str) -> None:
    """A sentence that tells the reader to do something is a step, without the words that lead to it."""
    assert instruction(sentence) == step


@pytest.mark.parametrize(
    "sentence",
    [
        "We will look into it.",
        "Press",
        "Could you send a screenshot?",
        "Send the file to [email].",
        "Call [phone] and ask for [name].",
        "",
        "Press " + "very " * 40 + "long",
    ],
)
def test_what_is_no_instruction_is_no_step(sentence: str) -> None:
    """Promises, questions, single words, ramblings and anything with personal data in it are no steps."""
    assert instruction(sentence) == ""


def test_step_needs_two_tickets(words: Embedding, answered: Answered) -> None:
    """Only what the answers to at least two tickets hold is a step; what one agent said once is not."""
    tickets = answered("Open Settings. Press Export.", "Press Export.", None)
    assert agreed_steps(tickets, words) == (Step(text="Press Export.", support=LEAST_SUPPORT),)


def test_one_ticket_does_not_agree_with_itself(words: Embedding, answered: Answered) -> None:
    """An instruction that one ticket's answer repeats has the support of one ticket."""
    assert agreed_steps(answered("Press Export.\nPress Export."), words) == ()


def test_steps_stand_in_the_order_in_which_they_are_given(words: Embedding, answered: Answered) -> None:
    """The order of steps is the usual order in the answers, numbered or not."""
    tickets = answered("1. Open Settings\n2. Press Export\n3. Save it all", "Open Settings. Press Export. Save it all.")
    assert [step.text for step in agreed_steps(tickets, words)] == ["Open Settings.", "Press Export.", "Save it all."]


def test_tickets_without_answers_give_no_steps(words: Embedding, answered: Answered) -> None:
    """Where nobody answered, nothing is invented."""
    assert agreed_steps(answered(None, None), words) == ()


def test_steps_are_not_endless(words: Embedding, answered: Answered) -> None:
    """An article that is drafted has no more steps than a reader can take."""
    reply = " ".join(f"Press alpha{n} beta{n} gamma{n} delta{n}." for n in range(MOST + 5))
    assert len(agreed_steps(answered(reply, reply), words)) == MOST


@settings(max_examples=150)
@given(st.text(max_size=120))
def test_any_sentence_is_a_step_or_none(sentence: str) -> None:
    """Whatever agents write, a step is one sentence without marks, or there is none."""
    step = instruction(sentence)
    assert step == "" or (step[-1] in ".!:" and "[name]" not in step)
