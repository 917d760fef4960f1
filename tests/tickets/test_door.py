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
    ticket = DOOR.admit(RawTicket(**raw)).ticket
    assert ticket
    return ticket


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
    assert DOOR.admit(raw).removed == {"email": 2, "ip": 1}


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
    assert DOOR.admit(raw).ticket.requester != Door(b"another").admit(raw).ticket.requester


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


@pytest.mark.parametrize(
    ("subject", "text", "reason"),
    [
        ("Automatic reply: Export", "I am away.", "auto-reply"),
        ("Abwesenheitsnotiz", "Bis Montag.", "auto-reply"),
        ("Export", "Ich bin vom 3. bis 9. Mai im Urlaub und lese keine Mails.", "auto-reply"),
        ("Réponse automatique : export", "Absent.", "auto-reply"),
        ("", "Sono fuori ufficio fino a lunedì.", "auto-reply"),
        ("", "Estoy de vacaciones hasta el lunes.", "auto-reply"),
        ("Undeliverable: Export", "Your message was not delivered.", "bounce"),
        ("Mail delivery failed", "x", "bounce"),
        ("", "<img src='https://t.example/p.gif'>", "empty"),
    ],
)
def test_message_of_a_machine_is_dropped(subject: str, text: str, reason: str) -> None:
    """Auto-replies, bounces and messages without a word come to nothing, with the reason."""
    admission = DOOR.admit(RawTicket(id="1", subject=subject, text=text))
    assert admission.ticket is None
    assert admission.dropped == reason


def test_question_about_absence_is_kept() -> None:
    """Who asks about auto-replies is no machine."""
    text = "How do I set up a reply that says I am out of office while I travel?"
    assert DOOR.admit(RawTicket(id="1", subject="Vacation", text=text)).ticket


def test_linked_pages_are_kept_without_what_is_personal() -> None:
    """Of links in answers only pages of the help centre stay, without query; the texts keep none."""
    replies = (
        "See https://help.example.com/hc/articles/360022827413-Reset?utm=x#top or https://help.example.com/u/anna.",
        "Or https://help.example.com/articles/for-grete-olsen, https://x:y@help.example.com/articles/1-a.",
    )
    ticket = admitted(text="My name is Grete Olsen.", replies=replies)
    assert ticket.articles == ("https://help.example.com/hc/articles/360022827413-Reset",)
    assert "http" not in ticket.text + "".join(ticket.replies)


def test_links_of_other_sites_are_no_pages() -> None:
    """With the address of the help centre known, links elsewhere are not kept."""
    door = Door(b"k", sites=("https://docs.example.com/help/",))
    reply = "https://docs.example.com/help/export/ https://docs.example.com/jobs/ https://help.other.example/articles/a"
    ticket = door.admit(RawTicket(id="1", subject="", text="x", replies=(reply,))).ticket
    assert ticket
    assert ticket.articles == ("https://docs.example.com/help/export/",)


def test_address_of_the_ticket_loses_its_query() -> None:
    """The help desk's own address of a ticket is kept without query, and not at all where it may name somebody."""
    assert (
        admitted(url="https://desk.example.com/agent/tickets/42?user=anna").url
        == "https://desk.example.com/agent/tickets/42"
    )
    assert admitted(url="https://desk.example.com/u/anna@example.com").url == ""
    assert admitted(url="javascript:alert(1)").url == ""


@pytest.mark.parametrize(
    ("text", "said", "lang"),
    [
        ("How do I export all of the articles to a file?", "", "en"),
        ("Wie kann ich alle Artikel in eine Datei exportieren?", "", "de"),
        ("Comment puis-je exporter tous les articles ?", "en", "fr"),
        ("¿Cómo puedo exportar todos los artículos?", "", "es"),
        ("Come posso esportare tutti gli articoli?", "", "it"),
        ("PDF?", "de-AT", "de"),
        ("PDF?", "", ""),
        ("PDF?", "anna@example.com", ""),
    ],
)
def test_language_is_found_or_taken_from_the_export(text: str, said: str, lang: str) -> None:
    """A text says its language; one too short for that has the language that the export gives."""
    assert admitted(text=text, lang=said).lang == lang


def test_names_of_the_export_are_gone() -> None:
    """Names of the customer and of agents that the export gives are removed, also without accents and in genitive."""
    ticket = admitted(text="Ask Zoë Quistgaard. Zoe knows; Quistgaards file is there.", names=("Zoë Quistgaard",))
    assert ticket.text == "Ask [name]. [name] knows; [name] file is there."


def test_doubts_are_counted_without_text() -> None:
    """What looks personal and is not certain is counted by kind; words of the product are no doubt."""
    raw = RawTicket(id="1", subject="", text="I saw it with Zorblat Quux at @zorblat in the Export Manager today.")
    assert DOOR.admit(raw).doubts == {"capitals": 2, "sign": 1}
    assert Door(b"k", terms=frozenset({"export"})).admit(raw).doubts == {"capitals": 1, "sign": 1}


def test_ticket_without_doubt_has_none() -> None:
    """An ordinary question raises no doubt."""
    assert not DOOR.admit(
        RawTicket(id="1", subject="Export", text="How do I export 100 articles since 2026-03-05?")
    ).doubts


def test_names_found_by_others_are_removed() -> None:
    """Whoever else finds names, as Presidio does, has them removed from all texts."""
    door = Door(b"k", people=lambda text, _: frozenset({"Zorblat"}) if "Zorblat" in text else frozenset())
    ticket = door.admit(RawTicket(id="1", subject="zorblat", text="I saw Zorblat.")).ticket
    assert ticket
    assert (ticket.subject, ticket.text) == ("[name]", "I saw [name].")
