"""Facts about the door: what a ticket is once it has come in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.tickets.door import Door
from kbgen.tickets.ticket import RawTicket, Ticket

DOOR = Door(b"key of this machine")


def admitted(**fields: object) -> Ticket:
    raw = {"id": "1", "subject": "", "text": "How do I export?", **fields}
    return DOOR.admit(RawTicket(**raw))[0]


def test_every_text_of_a_ticket_is_scrubbed() -> None:
    """Subject, message, answers and tags all pass privacy."""
    mail = "anna@example.com"
    ticket = admitted(
        subject=f"For {mail}", text=f"Ask {mail} now", replies=(f"We wrote to {mail} today",), tags=(mail,)
    )
    assert ticket.subject == "For [email]"
    assert ticket.text == "Ask [email] now"
    assert ticket.replies == ("We wrote to [email] today",)
    assert ticket.tags == ("[email]",)


def test_name_from_one_text_is_gone_from_all() -> None:
    """A name given away by one cue is marked wherever the conversation repeats it."""
    ticket = admitted(subject="Grete cannot", text="Grete asks.", replies=("Hi Grete,\nplease wait.",), tags=("Grete",))
    assert "Grete" not in repr(ticket)


def test_finds_are_counted_by_kind() -> None:
    """The door says how often each kind of personal data was found in a ticket."""
    raw = RawTicket(id="1", subject="a@b.example", text="from 203.0.113.7", replies=("c@d.example",))
    assert DOOR.admit(raw)[1] == {"email": 2, "ip": 1}


def test_requester_becomes_a_hash() -> None:
    """The requester is kept as a hash: equal for the same person in any spelling, different for another."""
    one, same, other = (
        admitted(requester=r).requester for r in ("Anna@example.com", " anna@EXAMPLE.com", "b@example.com")
    )
    assert one == same != other
    assert len(one) == 16


def test_requester_hash_differs_between_machines() -> None:
    """Without the key of the machine nobody can compute the hash of an address."""
    raw = RawTicket(id="1", subject="", text="x", requester="anna@example.com")
    assert DOOR.admit(raw)[0].requester != Door(b"another").admit(raw)[0].requester


def test_unknown_requester_stays_unknown() -> None:
    """A ticket without a requester has no hash, so that all of them are not taken for one person."""
    assert admitted(requester="  ").requester == ""


@pytest.mark.parametrize("id_", ["1042", "T-1042", "#1042", "zd/1042", "CASE_7:1"])
def test_number_of_a_ticket_is_kept(id_: str) -> None:
    """A ticket keeps the number that the help desk gave it."""
    assert admitted(id=id_).id == id_


@pytest.mark.parametrize("id_", ["anna@example.com", "+49 30 901820", "Anna Schmidt", "x" * 65])
def test_id_that_could_name_somebody_is_hashed(id_: str) -> None:
    """An id that is no plain number becomes a hash."""
    assert id_ not in repr(admitted(id=id_))


@pytest.mark.parametrize("id_", ["anna.schmidt", "4111-1111-1111-1111", "030-12345678", "203.0.113.7"])
def test_id_that_is_more_than_a_number_is_hashed(id_: str) -> None:
    """A login, a card, a phone number or an address in place of an id becomes a hash."""
    assert admitted(id=id_).id != id_


def test_time_of_day_is_dropped() -> None:
    """Of the moment a ticket was sent only the day is kept."""
    assert admitted(created="2026-03-05T10:30:00Z").created == "2026-03-05"


@pytest.mark.parametrize("created", ["05.03.2026 10:30", "anna@x.example", "030 901820", "3/5/2026"])
def test_created_is_a_day_or_nothing(created: str) -> None:
    """What is not a day in ISO form is not kept as one: it would sort wrongly, and could be personal."""
    assert admitted(created=created).created == ""


@pytest.mark.parametrize(
    "address",
    [f"{'word ' * 797}anna.schmidt@example.com", f"{'word ' * 797}4111 1111 1111 1111"],
    ids=["email", "card"],
)
def test_address_at_the_cut_leaves_nothing(address: str) -> None:
    """Personal data across the place where a long message is cut leaves no half of it behind."""
    text = admitted(text=f"{address} and more").text
    assert "anna" not in text
    assert "4111" not in text


def test_entities_in_a_subject_hide_nothing() -> None:
    """An address written with HTML entities is an address, in the subject as in the message."""
    assert admitted(subject="anna&#64;example.com").subject == "[email]"


def test_ticket_shows_no_raw_text() -> None:
    """Empty answers are left out, and white space in subjects is evened out."""
    ticket = admitted(subject="Two \n lines\tof it", replies=("", "> only a quote", "Done."))
    assert ticket.subject == "Two lines of it"
    assert ticket.replies[-1] == "Done."
    assert "" not in ticket.replies


TEXTS = st.text(max_size=80)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple))
def test_every_ticket_comes_in(
    id_: str, subject: str, replies: tuple[str, ...], text: str, requester: str, tags: tuple[str, ...]
) -> None:
    """No ticket is refused at the door, and the same ticket always comes out the same."""
    raw = RawTicket(id=id_, subject=subject, text=text, replies=replies, requester=requester, tags=tags)
    assert DOOR.admit(raw) == DOOR.admit(raw)
