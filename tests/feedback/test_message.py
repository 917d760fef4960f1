"""Messages from the contact form, read from what was sent."""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, replace
from typing import Any

import pytest
from centres import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.feedback.message import LONGEST_MESSAGE, Message, is_email, read_message

ID = "5f0c4a34-6f0e-4d33-9f2c-7d8a2b1c0e4f"
FIELDS = [*asdict(Message(id="", email="", message="")), "website", "x"]
ANYTHING = st.one_of(st.text(), st.none(), st.integers(), st.lists(st.text()), st.sampled_from(["a@b.example", ID]))


def sent(**changes: object) -> dict[str, object]:
    return {"id": ID, "email": "kim@example.com", "message": "It does not open.", **changes}


def test_all_fields_of_the_form_are_kept() -> None:
    """What the form sends is the message, with the language of its page."""
    fields = {"subject": "Captions", "article": "Add a video", "searched": "srt", "reason": "A step is missing"}
    message = read_message(sent(**fields, lang="de_AT", website=""))
    assert message == Message(
        id=ID, email="kim@example.com", message="It does not open.", **fields, lang="de-at", held=False
    )


def test_a_field_that_people_do_not_see_marks_the_message() -> None:
    """A robot that fills every field is taken at its word, and its message is held."""
    assert read_message(sent(website="https://spam.example")).held


def test_lines_are_kept_and_control_characters_are_not() -> None:
    """The message keeps its lines; every other field is one line, so that no header can be made of it."""
    message = read_message(sent(message="  one\r\ntwo\rthree\x00\x1b[31m\x85 ", subject="a\r\nBcc: b@example.com\n\nc"))
    assert message.message == "one\ntwo\nthree[31m"
    assert message.subject == "a Bcc: b@example.com c"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": "7"}, "'id'"),
        ({"email": ""}, "'email'"),
        ({"email": None}, "'email'"),
        ({"email": "kim"}, "'email'"),
        ({"email": "kim@example.com, all@example.com"}, "'email'"),
        ({"email": "kim@example.com\nBcc: all@example.com"}, "'email'"),
        ({"email": "Kim <kim@example.com>"}, "'email'"),
        ({"email": f"{'k' * 65}@example.com"}, "'email'"),
        ({"email": f"kim@{'example.' * 40}com"}, "'email'"),
        ({"message": ""}, "'message'"),
        ({"message": " \n\x00"}, "'message'"),
        ({"message": 5}, "'message'"),
        ({"message": "x" * (LONGEST_MESSAGE + 1)}, "'message'"),
        ({"subject": "x" * 201}, "'subject'"),
        ({"article": ["a"]}, "'article'"),
        ({"searched": "x" * 301}, "'searched'"),
        ({"reason": "x" * 301}, "'reason'"),
        ({"lang": "<en>"}, "'lang'"),
        ({"order": "7"}, "'order'"),
    ],
)
def test_a_wrong_field_is_named(changes: dict[str, object], named: str) -> None:
    """The error says which field to mend."""
    with pytest.raises(KbgenError) as caught:
        read_message(sent(**changes))
    assert named in caught.value.problem


def test_the_longest_message_fits() -> None:
    """As many characters as the form takes are taken here, however the browser writes line ends."""
    text = "a\r\n" * (LONGEST_MESSAGE // 2)
    assert len(read_message(sent(message=text)).message) == LONGEST_MESSAGE - 1


def test_the_form_sends_what_is_taken() -> None:
    """Each field of the contact form is one of a message, and as long as that may be."""
    form = (ROOT / "theme/partials/kbgen/contact-form.html").read_text()
    fields = {
        name: re.search(r'maxlength="(\d+)"', tag) for tag, name in re.findall(r'(<[^>]* name="(\w+)"[^>]*>)', form)
    }
    lengths = {name: int(found[1]) for name, found in fields.items() if found}
    assert set(fields) == {"subject", "message", "email", "article", "searched", "reason", "lang", "website"}
    for name, length in lengths.items():
        longest = "x" * length if name != "email" else f"{'k' * 64}@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 6}"
        assert len(getattr(read_message(sent(**{name: longest})), name)) == length
        with pytest.raises(KbgenError, match=name):
            read_message(sent(**{name: f"{longest}x"}))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_is_sent_is_a_message_or_a_clear_error(data: dict[str, Any]) -> None:
    """No input ends in anything but a message whose lines are lines, or a `KbgenError`."""
    try:
        message = read_message(sent(**data))
    except KbgenError:
        return
    assert str(uuid.UUID(message.id)) == message.id
    assert is_email(message.email)
    for line in (message.subject, message.article, message.searched, message.reason):
        assert line == " ".join(line.split())
    again = {name: value for name, value in asdict(message).items() if name != "held"}
    assert read_message(again) == replace(message, held=False)
