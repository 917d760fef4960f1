"""The acknowledgement: what customers are told of their message, and how often."""

from __future__ import annotations

import pytest
from receivers import MailBox, mail_server

from kbgen.errors import KbgenError
from kbgen.feedback.message import Message
from kbgen.service.acknowledgement import MOST_AN_HOUR, Acknowledgement, Allowance, languages, read_replies
from kbgen.service.delivery.mail_address import open_mail

ID = "5f0c4a34-6f0e-4d33-9f2c-7d8a2b1c0e4f"
CONTACT = "https://help.example.com/contact.html"


class Clock:
    """A clock that a test turns."""

    now = 1000.0

    def __call__(self) -> float:
        """The time it shows."""
        return self.now


def message(email: str = "kim@customer.example", **changes: object) -> Message:
    return Message(**{"id": ID, "email": email, "message": "Spam text", "subject": "Spam subject", **changes})  # type: ignore[arg-type]


def acknowledgement(
    port: int = 25, reply: str = "within one day", allowance: Allowance | None = None
) -> Acknowledgement:
    mail = open_mail(f"smtp://127.0.0.1:{port}?from=help@acme.example&to=support@acme.example")
    allowance = allowance or Allowance()
    return Acknowledgement(mail=mail, contact=CONTACT, replies=read_replies(reply), allowance=allowance)


def text(of: Acknowledgement, **changes: object) -> str:
    return str(of.letter(message(**changes)).get_content())


def test_it_says_when_we_answer_and_how_to_reach_us() -> None:
    """The letter has the time to answer, the way to add something, and no word of the customer's."""
    letter = acknowledgement().letter(message())
    body = letter.get_content()
    assert letter["Subject"] == "We have your message"
    assert "You hear from us within one day, at this address." in body
    assert CONTACT in body
    assert "Spam" not in letter.as_string()
    assert (letter["From"], letter["To"]) == ("help@acme.example", "kim@customer.example")


def test_other_machines_know_it_as_an_answer_of_a_machine() -> None:
    """Nothing answers it by itself, and help desks put it beside the message it is about."""
    letter = acknowledgement().letter(message())
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert letter["In-Reply-To"] == f"<{ID}@acme.example>"
    assert letter["Message-ID"] != letter["In-Reply-To"]


def test_it_is_in_the_language_of_the_page() -> None:
    """German pages get German words; a reply time can be said in each language."""
    both = acknowledgement(reply="de=innerhalb eines Werktags | en=within one working day")
    assert "Unsere Antwort kommt innerhalb eines Werktags an diese Adresse." in text(both, lang="de-at")
    assert "You hear from us within one working day" in text(both, lang="en")
    assert "innerhalb eines Werktags" in text(both, lang="fr"), "the first language is that of the help centre"
    assert "You hear from us within one day" in text(acknowledgement(), lang="fr")


@pytest.mark.parametrize("lang", sorted(languages()))
def test_without_a_time_it_promises_none(lang: str) -> None:
    """Where the settings name no time to answer, the letter says that a person reads it."""
    body = text(acknowledgement(reply=""), lang=lang)
    assert languages()[lang]["next_any"] in body
    assert "{" not in body


@pytest.mark.parametrize(
    ("setting", "replies"),
    [
        ("", {}),
        ("  ", {}),
        (" within one day ", {"": "within one day"}),
        ("en=soon|de = bald", {"en": "soon", "de": "bald"}),
        ("within {2} days", {"": "within {2} days"}),
    ],
)
def test_reply_times_are_read(setting: str, replies: dict[str, str]) -> None:
    """One text for every language, or one for each."""
    assert read_replies(setting) == replies
    acknowledgement(reply=setting).letter(message())


@pytest.mark.parametrize("setting", ["xx=soon", "en=soon | bald", "x" * 401, "soon\nBcc: all@example.com"])
def test_a_reply_time_that_cannot_be_read_is_an_error(setting: str) -> None:
    """The error names the setting."""
    with pytest.raises(KbgenError, match="contact-reply"):
        read_replies(setting)


def test_one_address_gets_one_letter_an_hour() -> None:
    """Nobody can fill the letter box of another through us, also not by writing the address another way."""
    clock = Clock()
    with mail_server(MailBox()) as box:
        send = acknowledgement(box.port, allowance=Allowance(clock)).send
        for email in ("kim@customer.example", "KIM@customer.example", "kim+more@customer.example", "lee@x.example"):
            send(message(email))
        assert [letter["To"] for letter in box.letters] == ["kim@customer.example", "lee@x.example"]
        clock.now += 3600
        send(message())
        assert len(box.letters) == 3


def test_robots_and_ourselves_get_none() -> None:
    """A held message, an address that nobody reads, and our own get no letter: nothing goes in circles."""
    with mail_server(MailBox()) as box:
        send = acknowledgement(box.port).send
        for email in ("noreply@x.example", "MAILER-DAEMON@x.example", "help@acme.example", "Support@acme.example"):
            send(message(email))
        send(message(held=True))
        assert box.letters == []


def test_all_addresses_together_have_a_limit() -> None:
    """Somebody who sends with ever new addresses comes to an end, and the next hour begins anew."""
    clock = Clock()
    allowance = Allowance(clock)
    taken = [allowance.take(f"{n}@example.com") for n in range(MOST_AN_HOUR + 5)]
    assert taken == [True] * MOST_AN_HOUR + [False] * 5
    clock.now += 3600
    assert allowance.take("0@example.com")
    assert len(allowance._last) == 1, "addresses are forgotten after the hour"
