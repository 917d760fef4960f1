"""Facts about the instruction: what of an agent's sentence tells the reader to do something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.instruction import instruction, is_request, objects, parts, sentences


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("Press Export as PDF.", "Press Export as PDF."),
        ("First, please open the menu", "Open the menu."),
        ("then click on Save,", "Click on Save."),
        ("In Settings, enter the address", "In Settings, enter the address."),
        ("- run `kbgen build`", "Run `kbgen build`"),
        ("You can choose Export", "Choose Export."),
        ("py -m venv .venv", "`py -m venv .venv`"),
        ("Settings → Pages → Custom domain", "Settings → Pages → Custom domain."),
        ("Öffnen Sie bitte die Einstellungen", "Öffnen Sie bitte die Einstellungen."),
        ("Dann wählen Sie Export.", "Wählen Sie Export."),
        ("Neues Terminal öffnen.", "Neues Terminal öffnen."),
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
        "Have a nice day.",
        "Let me know if it works.",
        "`state: draft` keeps it off the site.",
        "Melden Sie sich gern, wenn es nicht klappt.",
    ],
)
def test_what_is_no_instruction_is_no_step(sentence: str) -> None:
    """Promises, courtesies, questions, single words, ramblings and anything with personal data are no steps."""
    assert instruction(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "several"),
    [
        ("Open Settings, choose Export and press Save.", ["Open Settings", "choose Export", "press Save."]),
        ("Öffnen Sie Berichte und wählen Sie Export.", ["Öffnen Sie Berichte", "wählen Sie Export."]),
        ("Wait, then Enforce HTTPS", ["Wait, then Enforce HTTPS"]),
        ("If it fails, open Settings and press Save.", ["If it fails, open Settings and press Save."]),
        ("It is in the menu and set by default.", ["It is in the menu and set by default."]),
        ("What works: open the page and print it.", ["open the page", "print it."]),
    ],
)
def test_strung_together_instructions_are_parted(sentence: str, several: list[str]) -> None:
    """Each verb begins an instruction of its own, except where a condition holds for all of them."""
    assert parts(sentence) == several


def test_lists_and_lines_are_parted() -> None:
    """Numbered items, bullets and lines are sentences of their own, without their marks."""
    assert list(sentences("So:\n1. Open A. 2. Press B\n- Save")) == ["So:", "Open A.", "Press B", "Save"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Send us the invoice number.", True), ("Send the invoice.", False), ("Schicken Sie uns ein Bild.", True)],
)
def test_what_support_wants_to_know_is_a_request(text: str, asked: bool) -> None:
    """What the reader is to send to support is no step of the fix."""
    assert is_request(text) is asked


def test_exact_things_are_named() -> None:
    """Code, quoted words, files and options are what two instructions must share to be the same."""
    assert objects('Run `kbgen build --strict`, then "Save" a.md') == {"kbgen build --strict", "save", "a.md"}


@settings(max_examples=150)
@given(st.text(max_size=120))
def test_any_sentence_is_a_step_or_none(sentence: str) -> None:
    """Whatever agents write, a step is one sentence without marks, or there is none; nothing is lost in parting."""
    step = instruction(sentence)
    assert step == "" or (step[-1] in ".!:…`" and "[name]" not in step)
    assert all(part.strip() in sentence for part in parts(sentence))
