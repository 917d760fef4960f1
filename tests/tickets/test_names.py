"""Facts about names: by which cues the words of people's names are found in a conversation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.tickets.names import names_in
from kbgen.tickets.privacy import scrub


@pytest.mark.parametrize(
    "text",
    [
        "Hi Grete,\nhow are you?",
        "Hello Grete!",
        "Dear Grete Olsen,",
        "Hallo Grete,",
        "Guten Tag Grete,",
        "Good morning Grete, one question",
        "My name is Grete and I have a question",
        "this is it. This is Grete Olsen from the shop",
        "please ask Mr Grete or Mrs. Grete",
        "Sehr geehrte Frau Grete,",
    ],
)
def test_greeting_or_introduction_gives_the_name(text: str) -> None:
    """A greeting, an introduction or a title in front of a name gives it away."""
    assert "Grete" in names_in([text], [], "")


@pytest.mark.parametrize("tail", ["Grete", "– Grete Olsen", "Regards\nGrete Olsen\nAcme", "Grete, support team"])
def test_sign_off_gives_the_name(tail: str) -> None:
    """A name that stands on a line of its own below the message is found."""
    assert "Grete" in names_in([], [tail], "")


@pytest.mark.parametrize(
    ("requester", "text"),
    [
        ("grete.olsen@example.com", "Grete wants to export"),
        ("golsen@example.com", "Olsen wants to export"),
        ("Grete Olsen <x@example.com>", "it is for Grete"),
        ("grete.olsen@example.com", "it is for olsen"),
    ],
)
def test_requester_gives_the_name(requester: str, text: str) -> None:
    """Words of the requester's address or display name that stand in the messages are names."""
    names = names_in([text], [], requester)
    assert scrub(text, names)[1]["name"] == 1


@pytest.mark.parametrize(
    "text", ["Hello team,", "Dear Support,", "Hi there", "Dear Sir or Madam", "Hi all", "Hello Everyone"]
)
def test_greeting_without_a_name_gives_none(text: str) -> None:
    """Words that greet everybody are no names."""
    assert names_in([text], [], "") == frozenset()


def test_role_address_gives_no_name() -> None:
    """The mailbox of a team is no person: its words stay in the text."""
    assert names_in(["please ask support about billing"], [], "support@example.com") == frozenset()


LEFT = {
    "a name behind a closing on one line": [
        ("How do I export?\nThanks, Grete", "Grete"),
        ("How do I export? Best, Grete", "Grete"),
        ("How do I export?\ncheers, grete", "grete"),
    ],
    "a name in a signature with more on its line": [
        ("How do I export?\n\n-- \nGrete Olsen | Acme", "Grete"),
        ("How do I export?\nGrete Olsen (she/her)\nAcme", "Grete"),
    ],
    "a second name in a greeting, or one behind a comma": [
        ("Hi Anna and Grete,\nhow do I export?", "Grete"),
        ("Hi, Grete!\nhow do I export?", "Grete"),
        ("Dear Ms van Grete,\nhow do I export?", "Grete"),
    ],
    "a name with a capital inside, or with letters beyond Latin-1, or in one case": [
        ("Dear Mr O'Brien,\nhow do I export?", "O'Brien"),
        ("Dear Mr McDonald,\nhow do I export?", "McDonald"),
        ("Hi Michał,\nhow do I export?", "Michał"),
        ("Hi Łukasz,\nhow do I export?", "Łukasz"),
        ("Hi Иван,\nhow do I export?", "Иван"),
        ("HI GRETE,\nhow do I export?", "GRETE"),
        ("hi grete,\nhow do I export?", "grete"),
    ],
    "a name in the line above a quote": [
        ("On Mon, 5 Jan 2026 at 10:00, Grete Olsen <g@example.com> wrote:\n> Which file?\n\nThe second one.", "Grete"),
    ],
}
"""Names that stay: the message and what must not be left of it."""


@pytest.mark.parametrize(("message", "name"), [pair for pairs in LEFT.values() for pair in pairs])
def test_name_in_greeting_or_sign_off_is_gone(message: str, name: str) -> None:
    """Whoever is greeted, signs or is quoted is not named in the text, nor in an answer that repeats the name."""
    from kbgen.tickets.door import Door
    from kbgen.tickets.ticket import RawTicket

    raw = RawTicket(id="1", subject="", text=message, replies=(f"Please tell {name} to press Export.",))
    ticket = Door(b"key").admit(raw).ticket
    assert ticket
    assert name not in ticket.text
    assert name not in ticket.replies[0]


@pytest.mark.parametrize(
    ("requester", "text"),
    [
        ("bob@example.com", "Bob here, how do I export?"),
        ("amy.li@example.com", "Amy Li here, how do I export?"),
        ("anna@example.com", "anna here, how do I export?"),
        ("grete.olsen@example.com", "GRETE OLSEN asks how to export"),
    ],
)
def test_short_or_shouted_name_of_the_requester_is_gone(requester: str, text: str) -> None:
    """A whole word of the requester's address is a name however short it is, and however it is spelt."""
    scrubbed, _ = scrub(text, names_in([text], [], requester))
    assert text.partition(" ")[0] not in scrubbed


@settings(max_examples=150)
@given(st.lists(st.text(max_size=60), max_size=3), st.lists(st.text(max_size=60), max_size=2), st.text(max_size=30))
def test_looking_for_names_never_fails(texts: list[str], tails: list[str], requester: str) -> None:
    """Every conversation can be searched for names, and a name is one word of at least two letters."""
    assert all(len(name) >= 2 and " " not in name for name in names_in(texts, tails, requester))
